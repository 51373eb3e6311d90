//! `retention-conflict`: one thing with two lifetimes.

use groundplan_model::Severity;
use groundplan_model::document::Retention;

use super::{Check, FixKind, Rule};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "retention-conflict",
    group: "data",
    summary: "one kind of data is kept for two periods",
    page: include_str!("retention_conflict.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let kept = &context.document.retention;
    for (at, later) in kept.iter().enumerate() {
        let earlier = kept.get(..at).unwrap_or_default();
        let mut same = earlier.iter().filter(|it| is_same(it, later));
        if let Some(first) = same.find(|it| it.days != later.days) {
            let (name, here, there) = (&later.data, &later.period, &first.period);
            findings
                .report(
                    later.span,
                    format!("{name}: kept for `{here}` here, for `{there}` elsewhere"),
                )
                .related(first.span, format!("`{there}` here"))
                .help("state one period, and refer to it from the other place");
        }
    }
}

/// Whether both are about the same data and give a period in days.
fn is_same(one: &Retention, other: &Retention) -> bool {
    let name = |it: &Retention| it.data.trim().to_lowercase();
    let is_named = !name(one).is_empty() && !name(one).starts_with('[');
    is_named && one.days.is_some() && other.days.is_some() && name(one) == name(other)
}
