//! `version-changelog-mismatch`: the header's version is not the newest of the change log.

use groundplan_model::Severity;
use groundplan_model::document::{Change, HeaderField};
use groundplan_syntax::Edit;

use super::{Check, FixKind, Rule};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "version-changelog-mismatch",
    group: "documents",
    summary: "the header's version is not the newest one of the change log",
    page: include_str!("version_changelog_mismatch.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::Safe,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

/// The numbers of a version, without zeros at the end: 1.0 is 1.
pub(super) type Version = Vec<u32>;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let keys = ["version", "document version", "doc version", "spec version"];
    let Some(field) = keys.iter().find_map(|key| document.field(key)) else { return };
    let Some(stated) = version(&field.value.text) else { return };
    let entries = document.changes.iter();
    let versions = entries.filter_map(|change| Some((version(&change.version.text)?, change)));
    let Some((newest, change)) = versions.max_by(|one, other| one.0.cmp(&other.0)) else { return };
    if stated != newest {
        report(field, change, stated < newest, findings);
    }
}

fn report(field: &HeaderField, change: &Change, behind: bool, findings: &mut Findings<'_>) {
    let (stated, newest) = (field.value.text.trim(), change.version.text.trim());
    let message = format!("the version is {stated}, but the change log ends at {newest}");
    let finding =
        findings.report(field.value.span, message).related(change.version.span, "the newest entry");
    let edits = vec![Edit::replace(field.value.span, newest)];
    let title = format!("set the version to {newest}");
    if behind {
        finding.help(format!("set the version to {newest}")).safe_fix(title, edits);
    } else {
        // The change may be missing in the log as well as the version be wrong. In documents made
        // from a template it mostly is the template's own version.
        let help = format!("add an entry for {stated}, or set the version to {newest}");
        finding.help(help).unsafe_fix(title, edits);
    }
}

/// `4.0`, `v1.2.3`; nothing for anything else.
pub(super) fn version(text: &str) -> Option<Version> {
    let text = text.trim();
    let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
    let mut numbers = text.split('.').map(|part| part.parse().ok()).collect::<Option<Version>>()?;
    while numbers.len() > 1 && numbers.last() == Some(&0) {
        numbers.pop();
    }
    Some(numbers)
}
