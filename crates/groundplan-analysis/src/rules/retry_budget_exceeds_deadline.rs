//! `retry-budget-exceeds-deadline`: retries that outlast whoever waits for them.

use groundplan_model::Severity;
use groundplan_model::document::{Dependency, Metric, TargetRole, Unit};

use super::{Check, FixKind, Rule};
use crate::lines::any;
use crate::targets::with_numbers;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "retry-budget-exceeds-deadline",
    group: "performance",
    summary: "all tries of a call take longer than the request that waits for them may",
    page: include_str!("retry_budget_exceeds_deadline.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    if document.dependencies.is_empty() {
        return;
    }
    let goals = with_numbers(&document.targets, TargetRole::Goal);
    let latencies = goals
        .filter(|(goal, bound)| goal.metric == Metric::Latency && bound.unit == Unit::Milliseconds);
    // The most patient caller: whoever waits for this may still be served in time.
    let Some((_, limit)) = latencies.max_by(|one, other| one.1.value.total_cmp(&other.1.value))
    else {
        return;
    };
    for dependency in &document.dependencies {
        let Some((tries, timeout_ms)) = tries(dependency).zip(timeout_ms(dependency)) else {
            continue;
        };
        let longest = tries * timeout_ms;
        if longest > limit.value && !is_background(dependency) {
            let name = &dependency.name;
            let message = format!("{tries} tries of {name} may take {} s", longest / 1000.0);
            findings
                .report(dependency.span, message)
                .related(limit.raw.span, format!("a request may take `{}`", limit.raw.text))
                .help("shorten the timeout, try less often, or take the call out of the request");
        }
    }
}

/// The first call and its repetitions.
fn tries(dependency: &Dependency) -> Option<f64> {
    let text = dependency.retries.as_deref()?;
    Some(leading(text)?.0 + 1.0)
}

fn timeout_ms(dependency: &Dependency) -> Option<f64> {
    let (count, unit) = leading(dependency.timeout.as_deref()?)?;
    match () {
        () if unit.starts_with("ms") || unit.starts_with("milli") => Some(count),
        () if unit.starts_with('s') => Some(count * 1000.0),
        () if unit.starts_with('m') => Some(count * 60_000.0),
        () => None,
    }
}

/// The number that a cell begins with, and what follows it.
fn leading(text: &str) -> Option<(f64, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    Some((text.get(..end)?.parse().ok()?, text.get(end..)?.trim_start()))
}

fn is_background(dependency: &Dependency) -> bool {
    let kind = dependency.kind.as_deref().unwrap_or("").to_lowercase();
    any(&kind, &["queue", "async", "batch", "job", "event", "webhook"])
}
