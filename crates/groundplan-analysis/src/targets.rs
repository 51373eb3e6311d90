//! When a target and an alert are about the same thing, and how their numbers compare.

use groundplan_model::document::{Comparator, Metric, Quantity, Target, TargetRole, Unit};

/// Words of a metric's name that do not say what is measured of whom.
const GENERIC: &[&str] = &[
    "a",
    "alert",
    "and",
    "api",
    "at",
    "average",
    "avg",
    "error",
    "errors",
    "failure",
    "for",
    "goal",
    "high",
    "in",
    "latency",
    "low",
    "max",
    "maximum",
    "mean",
    "median",
    "memory",
    "cpu",
    "min",
    "of",
    "per",
    "percentile",
    "rate",
    "ratio",
    "request",
    "requests",
    "response",
    "second",
    "seconds",
    "server",
    "service",
    "system",
    "target",
    "the",
    "throughput",
    "time",
    "times",
    "usage",
    "use",
    "utilization",
    "availability",
    "uptime",
    "5xx",
    "rps",
    "duration",
];

/// Which way a number may not be crossed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// The measured value stays below it.
    Upper,
    /// The measured value stays above it.
    Lower,
}

/// Targets of one role that have a number.
pub(crate) fn with_numbers(
    targets: &[Target],
    role: TargetRole,
) -> impl Iterator<Item = (&Target, &Quantity)> {
    let of_role = targets.iter().filter(move |target| target.role == role);
    of_role.filter_map(|target| Some((target, target.quantity.as_ref()?)))
}

/// Whether the words bound anything: a bare number among words may count pages.
pub(crate) fn is_bound(quantity: &Quantity) -> bool {
    quantity.unit != Unit::Count || quantity.comparator != Comparator::Equal
}

/// Whether both are about the same metric of the same thing, at the same percentile as far as both
/// say one.
pub(crate) fn is_same_metric(one: &Target, other: &Target) -> bool {
    let percentiles = match (one.percentile, other.percentile) {
        (Some(one), Some(other)) => (one - other).abs() < f64::EPSILON,
        _ => true,
    };
    one.metric == other.metric && percentiles && subject(one) == subject(other)
}

/// The same for two goals. Without a percentile "Response time" is any step of any request, so only
/// goals that both state one are the same promise.
pub(crate) fn is_same_goal(one: &Target, other: &Target) -> bool {
    one.percentile.is_some() && other.percentile.is_some() && is_same_metric(one, other)
}

/// Words that say what is measured of whom, sorted: `search` of "Search latency (p95)".
fn subject(target: &Target) -> Vec<String> {
    let condition = target.quantity.as_ref().map_or("", |it| condition(&it.raw.text));
    let of_condition = words(condition);
    // An alert has a name of its own ("Slow answers"); its condition names the metric.
    let is_named = target.role == TargetRole::Alert && !of_condition.is_empty();
    let all = if is_named { of_condition } else { words(&target.name.text) };
    let mut own: Vec<String> =
        all.into_iter().filter(|word| !GENERIC.contains(&word.as_str())).collect();
    own.sort();
    own.dedup();
    own
}

/// What stands before the comparison: "Response time p95" of "Response time p95 > 2 s".
fn condition(text: &str) -> &str {
    let end = text.find(['<', '>', '≤', '≥']).unwrap_or(0);
    text.get(..end).unwrap_or("")
}

/// Words in lower case without numbers and percentiles.
fn words(text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_number = |word: &str| {
        let digits = word.strip_prefix('p').unwrap_or(word).trim_end_matches("th");
        digits.chars().all(|c| c.is_ascii_digit())
    };
    words.filter(|word| !is_number(word)).map(str::to_owned).collect()
}

/// The side on which a goal bounds its metric.
pub(crate) fn goal_side(goal: &Target, quantity: &Quantity) -> Option<Side> {
    match quantity.comparator {
        Comparator::Less | Comparator::AtMost => Some(Side::Upper),
        Comparator::Greater | Comparator::AtLeast => Some(Side::Lower),
        // "p95: 200 ms" and "1000 RPS" are bounds whose side everybody knows.
        Comparator::Equal => match goal.metric {
            Metric::Latency | Metric::ErrorRate | Metric::Cpu | Metric::Memory => Some(Side::Upper),
            Metric::Throughput | Metric::Availability => Some(Side::Lower),
            Metric::Other(_) => None,
        },
    }
}

/// The side on which an alert watches for its metric to leave the good range.
pub(crate) fn alert_side(quantity: &Quantity) -> Option<Side> {
    match quantity.comparator {
        Comparator::Greater | Comparator::AtLeast => Some(Side::Upper),
        Comparator::Less | Comparator::AtMost => Some(Side::Lower),
        Comparator::Equal => None,
    }
}

#[cfg(test)]
mod tests;
