//! What else must change, for programs. Members are added, never renamed.

use groundplan_analysis::impact::{Impact, Touched};
use groundplan_model::Certainty;
use serde_json::{Value, json};

use super::{View, line, subject_line};
use crate::render::json::{SCHEMA_VERSION, printed};

/// One JSON document.
pub(super) fn impacts(view: &View<'_>) -> String {
    let impacts: Vec<Value> = view.impacts.iter().map(|it| impact(it, view)).collect();
    printed(&json!({ "schema_version": SCHEMA_VERSION, "impacts": impacts }))
}

fn impact(impact: &Impact, view: &View<'_>) -> Value {
    let subject = &impact.subject;
    let all: Vec<Value> = impact.touched.iter().map(|it| touched(it, view)).collect();
    json!({
        "subject": subject.title,
        "path": Some(&subject.path).filter(|it| !it.is_empty()),
        "line": subject_line(view, subject),
        "anchor": subject.anchor,
        "touched": all,
    })
}

fn touched(touched: &Touched, view: &View<'_>) -> Value {
    let certainty = match touched.certainty {
        Certainty::Stated => "stated",
        Certainty::Inferred => "inferred",
        Certainty::Guessed => "guessed",
    };
    json!({
        "kind": touched.kind.as_str(),
        "path": touched.path,
        "line": line(view, touched),
        "reason": touched.reason,
        "certainty": certainty,
        "distance": touched.distance,
    })
}
