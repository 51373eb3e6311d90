//! JUnit XML: a suite for each document with findings, a case for each finding. Findings for
//! information pass, as they do not fail a run either.
//!
//! <https://github.com/testmoapp/junitxml>

use std::fmt::Write;

use groundplan_model::{Diagnostic, Severity};

use super::Report;

/// The report.
pub(super) fn render(report: &Report<'_>) -> String {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let counts = counts(report.findings);
    let _ = writeln!(text, "<testsuites name=\"groundplan\" {counts}>");
    for findings in report.findings.chunk_by(|one, other| one.path == other.path) {
        suite(&mut text, findings, report);
    }
    if report.findings.is_empty() {
        // Readers of these files take one without a case for a run that did not happen.
        text.push_str(
            "  <testsuite name=\"groundplan\" tests=\"1\" failures=\"0\" errors=\"0\">\n",
        );
        text.push_str("    <testcase name=\"check\" classname=\"groundplan\"/>\n  </testsuite>\n");
    }
    text.push_str("</testsuites>\n");
    text
}

fn suite(text: &mut String, findings: &[Diagnostic], report: &Report<'_>) {
    let path = findings.first().map_or("", |it| &it.path);
    let (name, counts) = (escaped(path), counts(findings));
    let _ = writeln!(text, "  <testsuite name=\"{name}\" {counts}>");
    findings.iter().for_each(|finding| case(text, finding, report));
    text.push_str("  </testsuite>\n");
}

fn case(text: &mut String, finding: &Diagnostic, report: &Report<'_>) {
    let at = report.sources.position(&finding.path, finding.span.start);
    let (file, rule) = (escaped(&finding.path), escaped(&finding.rule));
    let (line, column) = (at.line, at.column);
    let name = format!("name=\"{rule} {line}:{column}\" classname=\"{file}\"");
    let _ = writeln!(text, "    <testcase {name} file=\"{file}\" line=\"{line}\">");
    let (message, body) = (escaped(&finding.message), escaped(&body(finding, report)));
    let _ = match finding.severity {
        Severity::Info => writeln!(text, "      <system-out>{body}</system-out>"),
        _ => writeln!(
            text,
            "      <failure type=\"{}\" message=\"{message}\">{body}</failure>",
            finding.severity.as_str()
        ),
    };
    text.push_str("    </testcase>\n");
}

/// The message with place, other places and help.
fn body(finding: &Diagnostic, report: &Report<'_>) -> String {
    let at = report.sources.position(&finding.path, finding.span.start);
    let mut text = format!("{}:{}:{}: {}", finding.path, at.line, at.column, finding.message);
    for label in &finding.related {
        let at = report.sources.position(&label.path, label.span.start);
        let _ = write!(text, "\n{}:{}:{}: {}", label.path, at.line, at.column, label.message);
    }
    if let Some(help) = &finding.help {
        let _ = write!(text, "\nhelp: {help}");
    }
    text
}

fn counts(findings: &[Diagnostic]) -> String {
    let failures = findings.iter().filter(|it| it.severity > Severity::Info).count();
    format!("tests=\"{}\" failures=\"{failures}\" errors=\"0\"", findings.len().max(1))
}

/// `text` inside an attribute or an element; characters that XML 1.0 has no form for are replaced.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push_str("&#10;"),
            '\t' => escaped.push_str("&#9;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}
