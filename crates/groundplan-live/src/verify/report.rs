//! What a verification found out, by row of the document.

use std::collections::BTreeMap;

use groundplan_model::case::{Because, RowKind};
use groundplan_model::{Diagnostic, ServicePlan, Severity};
use groundplan_syntax::Span;

/// The name of findings about rows that a service contradicts.
const RULE: &str = "verify-failed";

/// What a verification found out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The document's rows, in its order.
    pub rows: Vec<RowResult>,
}

/// What was found out about one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowResult {
    /// What the row states.
    pub kind: RowKind,
    /// Where.
    pub span: Span,
    /// `POST /api/v1/exports`; empty for a row that holds for all endpoints.
    pub endpoint: String,
    /// The status that it documents.
    pub status: u16,
    /// What it says, in the document's words.
    pub description: String,
    /// The verdict.
    pub outcome: Outcome,
    /// What was observed, in a few words.
    pub detail: String,
    /// Places that make the rule that was broken.
    pub because: Vec<Because>,
}

/// The verdict on a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Observed as documented.
    Passed,
    /// Observed otherwise.
    Failed {
        /// What was requested and what came.
        observed: String,
        /// What should have come.
        expected: String,
        /// The request as a command.
        request: String,
        /// How many other requests contradict the row as well.
        others: usize,
    },
    /// No request of ours causes it.
    NotProvoked {
        /// Why.
        reason: String,
    },
    /// Nothing was tried.
    Skipped {
        /// Why.
        reason: String,
    },
}

/// How many rows have which verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Observed as documented.
    pub passed: usize,
    /// Observed otherwise.
    pub failed: usize,
    /// Not caused by any request.
    pub not_provoked: usize,
    /// Not tried.
    pub skipped: usize,
}

impl Outcome {
    /// `passed`, `failed`, `not provoked` or `skipped`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed { .. } => "failed",
            Self::NotProvoked { .. } => "not provoked",
            Self::Skipped { .. } => "skipped",
        }
    }
}

impl Report {
    /// How many rows have which verdict.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for row in &self.rows {
            let count = match row.outcome {
                Outcome::Passed => &mut counts.passed,
                Outcome::Failed { .. } => &mut counts.failed,
                Outcome::NotProvoked { .. } => &mut counts.not_provoked,
                Outcome::Skipped { .. } => &mut counts.skipped,
            };
            *count += 1;
        }
        counts
    }

    /// Whether the service contradicts a row.
    pub fn has_failed(&self) -> bool {
        self.counts().failed > 0
    }

    /// One finding for each row that the service contradicts, at the row's own place.
    pub fn diagnostics(&self, plan: &ServicePlan) -> Vec<Diagnostic> {
        let general = self.general();
        let found = self.rows.iter().filter_map(|row| diagnostic(plan, row, &general));
        found.collect()
    }

    /// The rows of all endpoints' errors, by status.
    fn general(&self) -> BTreeMap<u16, &RowResult> {
        let general = self.rows.iter().filter(|row| row.kind == RowKind::Error);
        general.map(|row| (row.status, row)).collect()
    }
}

fn diagnostic(
    plan: &ServicePlan,
    row: &RowResult,
    general: &BTreeMap<u16, &RowResult>,
) -> Option<Diagnostic> {
    let Outcome::Failed { observed, expected, request, others } = &row.outcome else {
        return None;
    };
    let mut message = format!("{observed}, {expected}");
    match others {
        0 => {}
        1 => message.push_str("; one other request contradicts this row as well"),
        _ => message.push_str(&format!("; {others} other requests contradict this row as well")),
    }
    let path = plan.source.path();
    let mut found = Diagnostic::new(RULE, Severity::Error, path, row.span, message);
    for place in &row.because {
        found.related(path, place.span, &*place.message);
    }
    if let (RowKind::EndpointError(_), Some(all)) = (row.kind, general.get(&row.status)) {
        found.related(path, all.span, format!("{} is described here", row.status));
    }
    if !request.is_empty() {
        found.help(format!("see it with: {request}"));
    }
    Some(found)
}
