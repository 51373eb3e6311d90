//! `approval-void`: what was approved is not what stands there.

use groundplan_model::approval::{Approval, ApprovalReport, SectionApproval};
use groundplan_model::staleness::ChangeKind;
use groundplan_model::{Outline, Severity};
use groundplan_syntax::Span;

use super::{Check, FixKind, Rule};
use crate::{Findings, LinkedContext};

pub(super) static RULE: Rule = Rule {
    name: "approval-void",
    group: "documents",
    summary: "a section was edited after it had been approved",
    page: include_str!("approval_void.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Linked(check),
};

fn check(context: &LinkedContext<'_>, findings: &mut Findings<'_>) {
    let Outline { path, title, .. } = context.outline;
    let Some(approvals) = context.linked.approvals.of(path) else { return };
    let Some(sections) = context.linked.sections.get(path) else { return };
    let approvable: Vec<_> = sections.iter().filter(|it| !it.is_log).cloned().collect();
    let top = title.as_ref().map_or(Span::default(), |title| title.span);
    let path = quoted(path);
    for (section, kind) in ApprovalReport::of_sections(&approvable, approvals).void() {
        let place = section.place.unwrap_or(top);
        findings.report(place, message(section, kind)).help(help(&path, section, kind));
    }
}

fn message(section: &SectionApproval, kind: ChangeKind) -> String {
    let title = &section.title;
    let when = approvers(&section.approvals);
    match kind {
        ChangeKind::Changed => format!("\"{title}\" was edited after {when} had approved it"),
        ChangeKind::Removed => format!("the section `{title}` is gone, which {when} had approved"),
        ChangeKind::New => format!("\"{title}\" was added after the document had been approved"),
    }
}

/// "Ada (2026-01-31) and Grace (2026-02-01)".
fn approvers(approvals: &[Approval]) -> String {
    let names: Vec<String> =
        approvals.iter().map(|it| format!("{} ({})", it.by, it.date)).collect();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => "somebody".to_owned(),
    }
}

fn help(path: &str, section: &SectionApproval, kind: ChangeKind) -> String {
    let again = format!("have it approved: `groundplan approve {path}");
    match kind {
        ChangeKind::Removed => format!("{again}`, or bring the section back"),
        ChangeKind::Changed | ChangeKind::New => {
            format!("{again} --section {}`", quoted(&section.anchor))
        }
    }
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./".contains(c);
    match !word.is_empty() && word.chars().all(is_plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}
