//! One line a finding: `path:line:column: severity[rule] message`.

use std::fmt::Write;

use groundplan_model::{Diagnostic, Severity};

use super::Report;
use crate::ui::{DIM, ERROR, HELP, STRONG, WARNING, paint, printable};

/// Findings, a line each.
pub(super) fn render(report: &Report<'_>) -> String {
    let mut text = String::new();
    for finding in report.findings {
        line(&mut text, finding, report);
    }
    text
}

fn line(text: &mut String, finding: &Diagnostic, report: &Report<'_>) {
    let at = report.sources.position(&finding.path, finding.span.start);
    let style = match finding.severity {
        Severity::Error => ERROR,
        Severity::Warning => WARNING,
        Severity::Info => HELP,
    };
    let path = paint(report.styled, STRONG, &finding.path);
    let rule = format!("{}[{}]", finding.severity.as_str(), finding.rule);
    let rule = paint(report.styled, style, &rule);
    let colon = paint(report.styled, DIM, ":");
    let (line, column) = (at.line, at.column);
    let message = printable(&finding.message);
    let _ = writeln!(text, "{path}{colon}{line}{colon}{column}{colon} {rule} {message}");
}
