//! Workflow commands of GitHub Actions: annotations on the lines of a pull request.
//!
//! <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>

use std::fmt::Write;

use groundplan_model::{Diagnostic, Severity};

use super::Report;

/// One workflow command a finding.
pub(super) fn render(report: &Report<'_>) -> String {
    let mut text = String::new();
    for finding in report.findings {
        command(&mut text, finding, report);
    }
    text
}

fn command(text: &mut String, finding: &Diagnostic, report: &Report<'_>) {
    let (start, end) = report.sources.region(&finding.path, finding.span);
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let (file, rule) = (property(&finding.path), property(&finding.rule));
    let _ = write!(text, "::{level} file={file},line={},col={}", start.line, start.column);
    // GitHub refuses an end column on another line.
    let _ = match end.line == start.line && end.column > start.column {
        true => write!(text, ",endColumn={}", end.column),
        false => write!(text, ",endLine={}", end.line.max(start.line)),
    };
    let _ = writeln!(text, ",title={rule}::{}", data(&message(finding, report)));
}

/// The message with the other places and the help, which annotations have no fields for.
fn message(finding: &Diagnostic, report: &Report<'_>) -> String {
    let mut text = finding.message.clone();
    for label in &finding.related {
        let at = report.sources.position(&label.path, label.span.start);
        let _ = write!(text, "\n{}:{}: {}", label.path, at.line, label.message);
    }
    if let Some(help) = &finding.help {
        let _ = write!(text, "\nhelp: {help}");
    }
    text
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
