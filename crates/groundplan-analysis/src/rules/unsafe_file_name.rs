//! `unsafe-file-name`: a name of a file that a shell or Windows cannot take.

use groundplan_model::Severity;

use super::{Check, FixKind, Rule};
use crate::text::{counted, shortened};
use crate::{Findings, LinkedContext};

pub(super) static RULE: Rule = Rule {
    name: "unsafe-file-name",
    group: "documents",
    summary: "a file is named with a character that Windows refuses and shells read as their own",
    page: include_str!("unsafe_file_name.md"),
    severity: Severity::Info,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Linked(check),
};

const SHOWN: usize = 2;

/// One finding for a family, at its first document: a way to name files is settled once.
fn check(context: &LinkedContext<'_>, findings: &mut Findings<'_>) {
    let outline = context.outline;
    let Some(first) = outline.barred_names.first() else { return };
    let family = context.index.with_barred_names(&outline.profile);
    if family.first().is_none_or(|it| it.path != outline.path) {
        return;
    }
    let all: usize = family.iter().map(|it| it.barred_names.len()).sum();
    let inside = match family.len() {
        1 => String::new(),
        many => format!(" in {many} documents"),
    };
    let more = match all - 1 {
        0 => String::new(),
        more => format!(", and so {}{inside}", counted(more, "more does", "more do")),
    };
    let message = format!("the file name `{}` holds `|`{more}", shortened(&first.text));
    let others = family.iter().flat_map(|it| it.barred_names.iter().map(move |name| (it, name)));
    let mut finding = findings.report(first.span, message);
    for (document, name) in others.skip(1).take(SHOWN) {
        finding = finding.related_in(&document.path, name.span, "another one");
    }
    finding
        .help("write `-` or `_` instead: Windows has no such files, and a shell runs what follows");
}
