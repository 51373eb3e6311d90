//! The graph and its matrix for programs. Members are added, never renamed.

use groundplan_analysis::trace::{Cell, Covered, Edge, Item, Stale, Trace, Unresolved};
use groundplan_model::Certainty;
use groundplan_model::code::Outcome;
use serde_json::{Value, json};

use super::matrix::Matrix;
use crate::render::json::{SCHEMA_VERSION, printed};

/// One JSON document.
pub(super) fn matrix(matrix: &Matrix<'_>) -> String {
    let trace = matrix.trace;
    let rows = matrix.tables.iter().flat_map(|it| &it.rows);
    let chains = trace.chains.iter().map(|it| {
        let documents: Vec<&str> = it.documents.iter().map(|it| it.0.as_str()).collect();
        json!({ "number": it.number, "name": it.name, "documents": documents })
    });
    printed(&json!({
        "schema_version": SCHEMA_VERSION,
        "chains": chains.collect::<Vec<_>>(),
        "items": trace.items.iter().map(item).collect::<Vec<_>>(),
        "edges": trace.edges.iter().map(|it| edge(trace, it)).collect::<Vec<_>>(),
        "rows": rows.map(|it| row(trace, it)).collect::<Vec<_>>(),
        "unresolved": trace.unresolved.iter().map(|it| unresolved(trace, it)).collect::<Vec<_>>(),
    }))
}

pub(super) fn item(item: &Item) -> Value {
    json!({
        "key": item.key,
        "kind": item.kind.as_str(),
        "id": item.id,
        "title": item.title,
        "path": item.at.path,
        "line": item.at.line,
        "level": item.level.map(|it| it.as_str()),
        "chain": item.chain,
        "revision": item.revision,
        "done": item.is_done,
        "outcome": item.outcome.map(outcome),
    })
}

pub(super) fn edge(trace: &Trace, edge: &Edge) -> Value {
    json!({
        "from": key(trace, edge.from),
        "to": key(trace, edge.to),
        "kind": edge.kind.as_str(),
        "certainty": certainty(edge.certainty),
        "path": edge.at.path,
        "line": edge.at.line,
        "stale": edge.stale.as_ref().map(stale),
    })
}

fn row(trace: &Trace, covered: &Covered) -> Value {
    let cell = |it: &Cell| {
        json!({
            "item": key(trace, it.item),
            "level": it.level.as_str(),
            "certainty": certainty(it.certainty),
            "covers": it.covers(),
            "stale": it.stale.as_ref().map(stale),
        })
    };
    json!({
        "item": key(trace, covered.item),
        "levels": covered.levels.iter().map(|it| it.as_str()).collect::<Vec<_>>(),
        "stale": covered.is_stale,
        "waived": covered.waived,
        "evidence": covered.evidence.as_str(),
        "answers": covered.row.cells.iter().map(cell).collect::<Vec<_>>(),
    })
}

fn unresolved(trace: &Trace, it: &Unresolved) -> Value {
    let candidates: Vec<_> = it.candidates.iter().map(|it| key(trace, *it)).collect();
    json!({ "id": it.id, "path": it.at.path, "line": it.at.line, "candidates": candidates })
}

fn key(trace: &Trace, item: usize) -> Option<&str> {
    trace.items.get(item).map(|it| it.key.as_str())
}

fn stale(stale: &Stale) -> Value {
    match stale {
        Stale::Revision { code, document } => json!({ "code": code, "document": document }),
        Stale::Changed => json!("changed"),
    }
}

/// The certainty in a word.
pub(super) fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Guessed => "guessed",
        Certainty::Inferred => "inferred",
        Certainty::Stated => "stated",
    }
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Passed => "passed",
        Outcome::Failed => "failed",
        Outcome::Skipped => "skipped",
    }
}
