//! `sla-not-reachable`: a promise above the product of its parts.

use groundplan_model::Severity;
use groundplan_model::document::{Dependency, Metric, Target, TargetRole, Unit};

use super::{Check, FixKind, Rule};
use crate::targets::with_numbers;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "sla-not-reachable",
    group: "performance",
    summary: "dependencies together promise less than the document does",
    page: include_str!("sla_not_reachable.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let needed: Vec<(&Dependency, f64)> =
        document.dependencies.iter().filter_map(|it| Some((it, needed_share(it)?))).collect();
    if needed.is_empty() {
        return;
    }
    let together = needed.iter().fold(1.0, |all, (_, share)| all * share) * 100.0;
    let mut goals = with_numbers(&document.targets, TargetRole::Goal);
    let is_ours = |goal: &Target| !needed.iter().any(|(it, _)| it.span == goal.statement);
    let goal = goals.find(|(goal, bound)| {
        goal.metric == Metric::Availability && bound.unit == Unit::Percent && is_ours(goal)
    });
    let Some((_, bound)) = goal.filter(|(_, bound)| bound.value > together + 1e-6) else { return };
    let text = &bound.raw.text;
    let message =
        format!("`{text}` is promised, and the dependencies together reach {together:.2} %");
    let mut finding = findings.report(bound.raw.span, message);
    for (dependency, share) in needed {
        let note = format!("{} promises {} %", dependency.name, share * 100.0);
        finding = finding.related(dependency.span, note);
    }
    finding.help("promise less, or say what happens while a dependency is down");
}

/// What a dependency without a fallback promises, as a share of one.
pub(super) fn needed_share(dependency: &Dependency) -> Option<f64> {
    let has_fallback = dependency.fallback.as_deref().is_some_and(|it| {
        let lower = it.trim().to_lowercase();
        !lower.starts_with('[') && !matches!(lower.as_str(), "" | "none" | "no" | "n/a" | "-")
    });
    let sla = dependency.sla.as_deref()?.split('%').next()?.trim();
    let share: f64 = sla.trim_start_matches(['≥', '>', '=', '~', ' ']).parse().ok()?;
    (!has_fallback && (50.0..=100.0).contains(&share)).then_some(share / 100.0)
}
