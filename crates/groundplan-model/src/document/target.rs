//! Performance targets and alert thresholds: one reading of numbers for both, so that they compare.

use groundplan_syntax::Span;

use super::Text;

/// Whether a row promises or warns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetRole {
    /// What is promised.
    Goal,
    /// When somebody is told.
    Alert,
}

/// What is measured.
#[derive(Clone, Debug, PartialEq, Eq)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is the comparison of its name")]
pub enum Comparator {
    Less,
    AtMost,
    Greater,
    AtLeast,
    Equal,
}

/// The unit of a number; a quantity's value is always in the unit named here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// How it is compared.
    pub comparator: Comparator,
    /// The number, in `unit`.
    pub value: f64,
    /// The unit.
    pub unit: Unit,
    /// The words of the document.
    pub raw: Text,
}

/// One target or one alert threshold.
#[derive(Clone, Debug, PartialEq)]
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
}
