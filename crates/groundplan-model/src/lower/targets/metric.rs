//! What a target measures, from its words.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::super::prose;
use crate::document::{Metric, Unit};

/// Words by metric; the first metric with a word in the text wins. The order matters: "error rate"
/// before "rate", "5xx" before "response".
const WORDS: &[(Metric, &[&str])] = &[
    (Metric::ErrorRate, &["error rate", "errors", "5xx", "failure rate", "error budget"]),
    (
        Metric::Throughput,
        &["throughput", "requests/second", "requests per second", "rps", "req/s", "qps"],
    ),
    (
        Metric::Latency,
        &["latency", "response time", "p50", "p95", "p99", "percentile", "api response"],
    ),
    (Metric::Availability, &["availability", "uptime"]),
    (Metric::Cpu, &["cpu"]),
    (Metric::Memory, &["memory", "ram", "rss"]),
];

/// All words, found in one look.
static FINDER: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::new(WORDS.iter().flat_map(|(_, words)| *words)).ok());

/// The metric that `text` (lower case) names.
pub(super) fn metric(text: &str) -> Option<Metric> {
    let found = FINDER.as_ref()?.find_overlapping_iter(text);
    let mut first = found.map(|it| it.pattern().as_usize()).min()?;
    let metric = WORDS.iter().find(|(_, words)| {
        let is_own = first < words.len();
        first = first.saturating_sub(words.len());
        is_own
    });
    metric.map(|(metric, _)| metric.clone())
}

/// What a number of `unit` measures where the words say `metric`: a line that names a load and a
/// time has words of both.
pub(super) fn of_unit(metric: Metric, unit: Unit) -> Metric {
    match (&metric, unit) {
        (Metric::Throughput, Unit::Milliseconds) => Metric::Latency,
        (Metric::Latency, Unit::PerSecond | Unit::PerMinute) => Metric::Throughput,
        _ => metric,
    }
}

/// A metric of its own name.
pub(super) fn other(name: &str) -> Metric {
    Metric::Other(name.trim().to_lowercase())
}

/// The percentile that `text` (lower case) names: 95 for `p95`, "95th percentile" and
/// "95-percentile".
pub(super) fn percentile(text: &str) -> Option<f64> {
    let short = text.match_indices('p').find_map(|(at, _)| {
        let before = text.get(..at)?.chars().next_back();
        let rest = text.get(at + 1..)?;
        let is_part = |c: char| c.is_ascii_digit() || c == '.';
        let len = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
        let number: f64 = rest.get(..len)?.trim_end_matches('.').parse().ok()?;
        let alone = !before.is_some_and(char::is_alphanumeric);
        // p999 is the customary way to write 99.9.
        let value = if number >= 100.0 { number / 10.0 } else { number };
        (alone && (1.0..100.0).contains(&value) && len >= 2).then_some(value)
    });
    short.or_else(|| {
        let at = prose::find(text, "percentile")?;
        let before = text.get(..at)?.trim_end_matches([' ', '-']);
        let before = before.strip_suffix("th").unwrap_or(before);
        let start = before.rfind(|c: char| !c.is_ascii_digit() && c != '.').map_or(0, |it| it + 1);
        before.get(start..)?.parse().ok()
    })
}
