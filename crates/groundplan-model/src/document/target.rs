//! Performance targets and alert thresholds: one reading of numbers for both, so that they compare.

use groundplan_syntax::Span;

use super::Text;
use crate::Certainty;

/// Whether a row promises or warns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum TargetRole {
    /// What is promised.
    Goal,
    /// When somebody is told.
    Alert,
}

/// What is measured.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Metric {
    /// Time to answer.
    Latency,
    /// Requests a second.
    Throughput,
    /// Share or rate of failures.
    ErrorRate,
    /// Processor use.
    Cpu,
    /// Memory use.
    Memory,
    /// Share of time or requests served.
    Availability,
    /// Anything else, lower case.
    Other(String),
}

/// `<`, `≤`, `>`, `≥`, or nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[expect(missing_docs, reason = "each variant is the comparison of its name")]
pub enum Comparator {
    Less,
    AtMost,
    Greater,
    AtLeast,
    Equal,
}

/// The unit of a number; a quantity's value is always in the unit named here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Unit {
    /// Milliseconds.
    Milliseconds,
    /// Requests a second.
    PerSecond,
    /// Events a minute.
    PerMinute,
    /// Percent.
    Percent,
    /// Bytes.
    Bytes,
    /// A bare number.
    Count,
}

/// A number with its comparison: `< 200 ms`.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Quantity {
    /// How it is compared.
    pub comparator: Comparator,
    /// The number, in `unit`.
    pub value: f64,
    /// The unit.
    pub unit: Unit,
    /// What the number as written was multiplied by: 1000 for "2 seconds".
    pub factor: f64,
    /// The words of the document.
    pub raw: Text,
}

impl Quantity {
    /// The number as the document writes it, with its unit: 2 and `s` for "2 seconds".
    pub fn written(&self) -> (f64, &'static str) {
        let unit = match self.unit {
            Unit::Milliseconds => name_of(self.factor, &TIMES, "ms"),
            Unit::Bytes => name_of(self.factor, &SIZES, "bytes"),
            Unit::PerSecond => "rps",
            Unit::PerMinute => "/min",
            Unit::Percent => "%",
            Unit::Count => "count",
        };
        // Rounded: multiplying and dividing again leaves 0.1 at 0.10000000000000001.
        ((self.value / self.factor * 1e6).round() / 1e6, unit)
    }
}

/// Units of time by their factor to milliseconds.
const TIMES: [(f64, &str); 5] =
    [(0.001, "µs"), (1_000.0, "s"), (60_000.0, "min"), (3_600_000.0, "h"), (86_400_000.0, "d")];

/// Units of size by their factor to bytes.
const SIZES: [(f64, &str); 8] = [
    (1e3, "KB"),
    (1e6, "MB"),
    (1e9, "GB"),
    (1e12, "TB"),
    (1_024.0, "KiB"),
    (1_048_576.0, "MiB"),
    (1_073_741_824.0, "GiB"),
    (1_099_511_627_776.0, "TiB"),
];

fn name_of(factor: f64, names: &[(f64, &'static str)], own: &'static str) -> &'static str {
    let is_it = |(known, _): &&(f64, &str)| (known - factor).abs() < known * 1e-9;
    names.iter().find(is_it).map_or(own, |(_, name)| name)
}

/// One target or one alert threshold.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Target {
    /// Promise or alert.
    pub role: TargetRole,
    /// What is measured.
    pub metric: Metric,
    /// The metric as written.
    pub name: Text,
    /// The percentile, where one is stated: 95 for p95.
    pub percentile: Option<f64>,
    /// The bound; `None` where no number can be read.
    pub quantity: Option<Quantity>,
    /// The whole row or item.
    pub statement: Span,
    /// How sure the reading is: inferred where nothing compares the number.
    pub certainty: Certainty,
}
