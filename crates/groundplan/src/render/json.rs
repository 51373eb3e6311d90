//! One JSON document: `schema_version` and `findings`. Members are added, never renamed.

use groundplan_model::{Certainty, Diagnostic, Fix, Label};
use serde_json::{Value, json};

use super::{Report, Sources};

/// Raised when a member changes its meaning.
pub(crate) const SCHEMA_VERSION: u32 = 1;

/// The document.
pub(super) fn render(report: &Report<'_>) -> String {
    let findings = findings(report.findings, report.sources);
    printed(&json!({ "schema_version": SCHEMA_VERSION, "findings": findings }))
}

/// Findings as an array.
pub(crate) fn findings(findings: &[Diagnostic], sources: &Sources<'_>) -> Value {
    findings.iter().map(|it| finding(it, sources)).collect()
}

/// A value as it is written to a file: indented, with a line break at the end.
pub(crate) fn printed(value: &Value) -> String {
    format!("{value:#}\n")
}

fn finding(finding: &Diagnostic, sources: &Sources<'_>) -> Value {
    let (start, end) = sources.region(&finding.path, finding.span);
    let related: Vec<Value> = finding.related.iter().map(|it| label(it, sources)).collect();
    json!({
        "rule": finding.rule,
        "severity": finding.severity.as_str(),
        "path": &*finding.path,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "message": finding.message,
        "help": finding.help,
        "related": related,
        "fix": finding.fix.as_ref().map(|it| fix(it, &finding.path, sources)),
    })
}

fn label(label: &Label, sources: &Sources<'_>) -> Value {
    let (start, end) = sources.region(&label.path, label.span);
    json!({
        "path": &*label.path,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "message": label.message,
    })
}

fn fix(fix: &Fix, path: &str, sources: &Sources<'_>) -> Value {
    let edit = |it: &groundplan_syntax::Edit| {
        let (start, end) = sources.region(path, it.span);
        json!({
            "line": start.line,
            "column": start.column,
            "end_line": end.line,
            "end_column": end.column,
            "text": it.text,
        })
    };
    json!({
        "title": fix.title,
        "safe": fix.certainty == Certainty::Stated,
        "edits": fix.edits.iter().map(edit).collect::<Vec<Value>>(),
    })
}
