//! `outbound-limit-below-load`: a limiter below the promised rate.

use groundplan_model::Severity;
use groundplan_model::document::{Metric, TargetRole, Unit};

use super::{Check, FixKind, Rule};
use crate::lines::{is_code, with_words};
use crate::targets::with_numbers;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "outbound-limit-below-load",
    group: "performance",
    summary: "calls to a dependency are limited far below the rate that is promised",
    page: include_str!("outbound_limit_below_load.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let mut goals = with_numbers(&document.targets, TargetRole::Goal);
    let is_rate =
        |metric: &Metric, unit: Unit| *metric == Metric::Throughput && unit == Unit::PerSecond;
    let Some((_, rate)) = goals.find(|(goal, bound)| is_rate(&goal.metric, bound.unit)) else {
        return;
    };
    let limiters = with_words(document, &["RateLimiter(", "rateLimiter("]);
    for line in limiters.into_iter().filter(|it| is_code(document, *it)) {
        let Some(limit) = per_second(line.text).filter(|it| *it < rate.value) else { continue };
        findings
            .report(
                line.span,
                format!("{limit:.2} calls a second are allowed, and more requests promised"),
            )
            .related(rate.raw.span, format!("`{}` is promised", rate.raw.text))
            .help("raise the limit, or say which requests do not call");
    }
}

/// Calls a second of `RateLimiter(max_calls=100, time_window=60)`.
fn per_second(code: &str) -> Option<f64> {
    let named = |names: &[&str]| names.iter().find_map(|name| number(code.split_once(name)?.1));
    let calls = named(&["max_calls=", "max_requests=", "calls=", "maxRequests:"])?;
    let window = named(&["time_window=", "window=", "period=", "window_seconds="])?;
    (window > 0.0).then_some(calls / window)
}

fn number(text: &str) -> Option<f64> {
    let text = text.trim_start();
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text.get(..end)?.parse().ok()
}
