//! The words that `inspect` uses for the model's choices. They are part of its JSON: add, never
//! rename.

use groundplan_model::Certainty;
use groundplan_model::document::{
    Comparator, ExampleRole, Mark, Metric, PolicyKind, TargetRole, Unit,
};

pub(super) const CERTAINTIES: [Certainty; 3] =
    [Certainty::Stated, Certainty::Inferred, Certainty::Guessed];

pub(super) const COMPARATORS: [Comparator; 5] = [
    Comparator::Less,
    Comparator::AtMost,
    Comparator::Greater,
    Comparator::AtLeast,
    Comparator::Equal,
];

pub(super) const UNITS: [Unit; 6] =
    [Unit::Milliseconds, Unit::PerSecond, Unit::PerMinute, Unit::Percent, Unit::Bytes, Unit::Count];

pub(super) const TARGET_ROLES: [TargetRole; 2] = [TargetRole::Goal, TargetRole::Alert];

pub(super) const EXAMPLE_ROLES: [ExampleRole; 3] =
    [ExampleRole::Request, ExampleRole::Response(None), ExampleRole::Unknown];

pub(in crate::cli) fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Stated => "stated",
        Certainty::Inferred => "inferred",
        Certainty::Guessed => "guessed",
    }
}

pub(super) fn mark(mark: Mark) -> char {
    match mark {
        Mark::Open => ' ',
        Mark::Done => 'x',
        Mark::Other(mark) => mark,
    }
}

pub(super) fn metric(metric: &Metric) -> &str {
    match metric {
        Metric::Latency => "latency",
        Metric::Throughput => "throughput",
        Metric::ErrorRate => "error_rate",
        Metric::Cpu => "cpu",
        Metric::Memory => "memory",
        Metric::Availability => "availability",
        Metric::Other(name) => name,
    }
}

pub(super) fn target_role(role: TargetRole) -> &'static str {
    match role {
        TargetRole::Goal => "goal",
        TargetRole::Alert => "alert",
    }
}

pub(super) fn comparator(comparator: Comparator) -> &'static str {
    match comparator {
        Comparator::Less => "<",
        Comparator::AtMost => "<=",
        Comparator::Greater => ">",
        Comparator::AtLeast => ">=",
        Comparator::Equal => "=",
    }
}

pub(super) fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Milliseconds => "ms",
        Unit::PerSecond => "1/s",
        Unit::PerMinute => "1/min",
        Unit::Percent => "%",
        Unit::Bytes => "bytes",
        Unit::Count => "count",
    }
}

pub(super) fn example_role(role: ExampleRole) -> &'static str {
    match role {
        ExampleRole::Request => "request",
        ExampleRole::Response(_) => "response",
        ExampleRole::Unknown => "unknown",
    }
}

pub(super) fn policy(kind: &PolicyKind) -> &'static str {
    match kind {
        PolicyKind::BearerToken => "bearer_token",
        PolicyKind::OwnRows => "own_rows",
        PolicyKind::ApiKey { .. } => "api_key",
        PolicyKind::Grant(_) => "grant",
        PolicyKind::Public { .. } => "public",
        PolicyKind::SeesAll { .. } => "sees_all",
        PolicyKind::OwnTenant => "own_tenant",
        PolicyKind::Claim { .. } => "claim",
        PolicyKind::RateLimit { .. } => "rate_limit",
        PolicyKind::Quota { .. } => "quota",
        PolicyKind::PageSize { .. } => "page_size",
        PolicyKind::Cached { .. } => "cached",
        PolicyKind::AuditLog { .. } => "audit_log",
        PolicyKind::Promised { .. } => "promised_header",
    }
}
