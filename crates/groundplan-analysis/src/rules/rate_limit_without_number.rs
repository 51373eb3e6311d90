//! `rate-limit-without-number`: a 429 in a document that never says how many requests are allowed.

use groundplan_model::Severity;
use groundplan_model::document::PolicyKind;

use super::{Check, FixKind, Rule};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "rate-limit-without-number",
    group: "errors",
    summary: "429 is documented, and no rate is stated",
    page: include_str!("rate_limit_without_number.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let mut rows = document.error_rows().filter(|case| case.status == 429);
    let Some(row) = rows.find(|row| !is_of_another(document.source.slice(row.statement))) else {
        return;
    };
    let has_policy =
        document.policies.iter().any(|it| matches!(it.kind, PolicyKind::RateLimit { .. }));
    if has_policy || context.lower().lines().any(states_rate) {
        return;
    }
    findings
        .report(row.span, "429 answers too many requests, and nothing says how many are too many")
        .help("state the limit: how many requests, in what time, for whom");
}

/// Whether the row is about the limit of a service that this one calls.
fn is_of_another(row: &str) -> bool {
    let row = row.to_lowercase();
    ["upstream", "provider", "external", "third", "github", "openai", "jira", "llm", "api limit"]
        .iter()
        .any(|word| row.contains(word))
}

/// Whether the line, in lower case, bounds requests by a number: `at most 100 requests/minute`. A rate
/// that is only expected or watched is no bound.
fn states_rate(line: &str) -> bool {
    let times = [
        "/s",
        "/min",
        "/h",
        "/day",
        "per second",
        "per minute",
        "per hour",
        "per day",
        "a minute",
        "a second",
        "an hour",
        "rps",
        "req/",
        "rpm",
        "concurren",
        "parallel",
        "at once",
    ];
    let bounds = [
        "limit",
        "throttl",
        "quota",
        "max",
        "at most",
        "more than",
        "up to",
        "per user",
        "per key",
        "per ip",
        "per client",
        "per token",
        "per api",
        "concurren",
    ];
    line.bytes().any(|byte| byte.is_ascii_digit())
        && bounds.iter().any(|word| line.contains(word))
        && times.iter().any(|time| line.contains(time))
}
