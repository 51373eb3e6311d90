//! GitLab's Code Quality report: a JSON array with a stable fingerprint for each finding.
//!
//! <https://docs.gitlab.com/ci/testing/code_quality/>

use groundplan_model::{Diagnostic, Severity};
use serde_json::{Value, json};

use super::Report;
use super::json::printed;
use crate::fingerprint::Fingerprints;

/// The array.
pub(super) fn render(report: &Report<'_>) -> String {
    let mut fingerprints = Fingerprints::of(report.sources);
    let issues = report.findings.iter().map(|it| issue(it, report, &mut fingerprints));
    printed(&issues.collect::<Value>())
}

fn issue(finding: &Diagnostic, report: &Report<'_>, fingerprints: &mut Fingerprints<'_>) -> Value {
    let (start, end) = report.sources.region(&finding.path, finding.span);
    json!({
        "description": finding.message,
        "check_name": finding.rule,
        "fingerprint": fingerprints.unique(finding),
        "severity": severity(finding.severity),
        "location": {
            "path": &*finding.path,
            "lines": { "begin": start.line, "end": end.line },
        },
        "content": { "body": finding.help.as_deref().unwrap_or("") },
    })
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Info => "info",
    }
}
