//! `changelog-order`: a change log whose versions are out of order, or stand twice.

use groundplan_model::Severity;
use groundplan_model::document::Change;

use super::version_changelog_mismatch::{Version, version};
use super::{Check, FixKind, Rule};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "changelog-order",
    group: "documents",
    summary: "versions of the change log stand out of order, or twice",
    page: include_str!("changelog_order.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let changes = context.document.changes.iter();
    let entries: Vec<(Version, &Change)> =
        changes.filter_map(|it| Some((version(&it.version.text)?, it))).collect();
    let pairs = entries.array_windows::<2>();
    let falls = pairs.clone().filter(|[one, two]| one.0 > two.0).count();
    // The newest may stand first or last; which it is, most of the entries tell.
    let newest_first = falls * 2 > entries.len().saturating_sub(1);
    for [(earlier, before), (later, entry)] in pairs {
        let (here, there) = (entry.version.text.trim(), before.version.text.trim());
        let message = if earlier == later {
            format!("version {here} stands twice in the change log")
        } else if (earlier > later) != newest_first {
            format!("version {here} stands after {there} in the change log")
        } else {
            continue;
        };
        let finding = findings.report(entry.version.span, message);
        let finding = finding.related(before.version.span, "the entry before");
        finding
            .help("number the entries in their order: the newest one tells what the document is");
        return;
    }
}
