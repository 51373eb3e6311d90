//! A verification's result: a table by row of the document, then what failed as findings.

mod json;

use std::fmt::Write;

use groundplan_live::{Outcome as Verdict, Report as Verification, RowResult};
use groundplan_model::ServicePlan;

pub(crate) use json::json;

use crate::render::{Report, Sources, TEXT, plural};
use crate::ui::{DIM, ERROR, GOOD, STRONG, Ui, WARNING, paint, printable};

/// A text longer than this is cut in the table.
const LONGEST_CHARS: usize = 60;

/// The table, the failures at the document's lines, and the totals.
pub(crate) fn text(plan: &ServicePlan, verification: &Verification, ui: &Ui) -> String {
    let mut text = table(plan, verification, ui.styled());
    text.push('\n');
    let findings = verification.diagnostics(plan);
    let sources = Sources::new(std::iter::once(&plan.source));
    let report = Report {
        findings: &findings,
        suppressed: &[],
        sources: &sources,
        styled: ui.styled(),
        width: ui.width(),
    };
    text.push_str(&(TEXT.render)(&report));
    text.push_str(&totals(verification, ui.styled()));
    text
}

/// "40 rows of the document: 36 passed, 0 failed, 3 not provoked, 1 skipped."
pub(crate) fn totals(verification: &Verification, styled: bool) -> String {
    let counts = verification.counts();
    let style = if counts.failed > 0 { ERROR } else { GOOD };
    let judged = format!("{} passed, {} failed", counts.passed, counts.failed);
    let judged = paint(styled, style, &judged);
    let rows = plural(verification.rows.len(), "row");
    let open = format!("{} not provoked, {} skipped", counts.not_provoked, counts.skipped);
    format!("{rows} of the document: {judged}, {open}.\n")
}

fn table(plan: &ServicePlan, verification: &Verification, styled: bool) -> String {
    let rows = &verification.rows;
    let names: Vec<String> = rows.iter().map(name).collect();
    let width = names.iter().map(|name| name.chars().count()).max().unwrap_or(0);
    let head = format!("  line  {:<width$}  status  outcome", "endpoint");
    let mut text = format!("{}\n", paint(styled, STRONG, &head));
    let mut before = "";
    for (row, name) in rows.iter().zip(&names) {
        let line = plan.source.line(row.span.start as usize);
        // An endpoint's name stands at its first row only: the eye finds the next one sooner.
        let shown = if before == name { "" } else { name };
        before = name;
        let (outcome, status) = (outcome(row, styled), row.status);
        let _ = writeln!(text, "{line:>6}  {shown:<width$}  {status:>6}  {outcome}");
    }
    text
}

/// The endpoint; for a row of all endpoints, what it says.
fn name(row: &RowResult) -> String {
    match row.endpoint.is_empty() {
        true => format!("any: {}", cut(&row.description)),
        false => row.endpoint.clone(),
    }
}

fn outcome(row: &RowResult, styled: bool) -> String {
    let (style, reason) = match &row.outcome {
        Verdict::Passed => (GOOD, &row.detail),
        Verdict::Failed { .. } => (ERROR, &row.detail),
        Verdict::NotProvoked { reason } | Verdict::Skipped { reason } => (WARNING, reason),
    };
    let word = paint(styled, style, row.outcome.as_str());
    match reason.is_empty() {
        true => word,
        false => format!("{word}{}", paint(styled, DIM, &format!(": {}", printable(reason)))),
    }
}

fn cut(text: &str) -> String {
    let text = printable(text);
    match text.char_indices().nth(LONGEST_CHARS) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or(&text)),
        None => text.into_owned(),
    }
}
