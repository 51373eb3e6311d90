//! Findings under the name of their document: `line:column  severity[rule]  message`.

use std::fmt::Write;

use groundplan_model::{Diagnostic, Severity};

use super::Report;
use crate::ui::{DIM, ERROR, HELP, STRONG, WARNING, paint, printable};

/// Findings, by document. Findings are sorted by path.
pub(super) fn render(report: &Report<'_>) -> String {
    let mut text = String::new();
    for findings in report.findings.chunk_by(|one, other| one.path == other.path) {
        group(&mut text, findings, report);
    }
    text
}

fn group(text: &mut String, findings: &[Diagnostic], report: &Report<'_>) {
    let path = findings.first().map_or("", |it| &it.path);
    let _ = writeln!(text, "{}", paint(report.styled, STRONG, path));
    let places: Vec<String> = findings.iter().map(|it| place(it, report)).collect();
    let width = places.iter().map(String::len).max().unwrap_or(0);
    for (finding, place) in findings.iter().zip(&places) {
        let place = paint(report.styled, DIM, &format!("{place:>width$}"));
        let rule = format!("{}[{}]", finding.severity.as_str(), finding.rule);
        let rule = paint(report.styled, style(finding.severity), &rule);
        let _ = writeln!(text, "  {place}  {rule} {}", printable(&finding.message));
    }
    text.push('\n');
}

fn place(finding: &Diagnostic, report: &Report<'_>) -> String {
    let at = report.sources.position(&finding.path, finding.span.start);
    format!("{}:{}", at.line, at.column)
}

fn style(severity: Severity) -> anstyle::Style {
    match severity {
        Severity::Error => ERROR,
        Severity::Warning => WARNING,
        Severity::Info => HELP,
    }
}
