//! A verification as one JSON document. Members are added, never renamed.

use groundplan_live::{Outcome, Report, RowResult};
use groundplan_model::ServicePlan;
use serde_json::{Value, json};

use crate::render::Sources;
use crate::render::json::{SCHEMA_VERSION, findings, printed};

/// The document: rows with their outcomes, failures as findings, totals.
pub(crate) fn json(plan: &ServicePlan, report: &Report, url: &str, seed: u64) -> String {
    let sources = Sources::new(std::iter::once(&plan.source));
    let counts = report.counts();
    let rows: Vec<Value> = report.rows.iter().map(|it| row(plan, it)).collect();
    printed(&json!({
        "schema_version": SCHEMA_VERSION,
        "path": plan.source.path(),
        "url": url,
        "seed": seed,
        "rows": rows,
        "findings": findings(&report.diagnostics(plan), &sources),
        "counts": {
            "passed": counts.passed,
            "failed": counts.failed,
            "not_provoked": counts.not_provoked,
            "skipped": counts.skipped,
        },
    }))
}

fn row(plan: &ServicePlan, row: &RowResult) -> Value {
    let mut value = json!({
        "line": plan.source.line(row.span.start as usize),
        "endpoint": Some(&row.endpoint).filter(|endpoint| !endpoint.is_empty()),
        "status": row.status,
        "description": row.description,
        "outcome": row.outcome.as_str().replace(' ', "_"),
        "detail": row.detail,
    });
    match &row.outcome {
        Outcome::Passed => {}
        Outcome::Failed { observed, expected, request, others } => {
            value["observed"] = json!(observed);
            value["expected"] = json!(expected);
            value["request"] = json!(request);
            value["others"] = json!(others);
        }
        Outcome::NotProvoked { reason } | Outcome::Skipped { reason } => {
            value["reason"] = json!(reason);
        }
    }
    value
}
