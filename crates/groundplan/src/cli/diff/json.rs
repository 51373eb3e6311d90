//! Differences for programs. Members are added, never renamed.

use groundplan_analysis::difference::{Change, Difference, Stated, Verdict, stated_version};
use groundplan_model::Document;
use serde_json::{Value, json};

use super::{View, count, position};
use crate::render::json::{SCHEMA_VERSION, printed};

/// One JSON document.
pub(super) fn differences(view: &View<'_>) -> String {
    let documents: Vec<Value> = view.changes.iter().map(change).collect();
    let to = view.range.to.as_ref();
    printed(&json!({
        "schema_version": SCHEMA_VERSION,
        "from": { "revision": view.range.from.written, "commit": view.range.from.hash },
        "to": to.map(|it| json!({ "revision": it.written, "commit": it.hash })),
        "breaking": count(view.changes, Verdict::Breaking),
        "compatible": count(view.changes, Verdict::Compatible),
        "neutral": count(view.changes, Verdict::Neutral),
        "documents": documents,
    }))
}

fn change(change: &Change<'_>) -> Value {
    let version = |it: Option<&Document>| it.and_then(stated_version).map(str::to_owned);
    let path = |it: Option<&Document>| it.map(|it| it.source.path().to_owned());
    let all = change.differences.iter().map(|it| difference(change, it));
    json!({
        "path": change.path(),
        "path_before": path(change.before),
        "change": change.verb(),
        "version_before": version(change.before),
        "version_after": version(change.after),
        "major_raised_by": change.raise.as_ref().map(|it| it.as_str()),
        "unannounced": change.breaks_promise(),
        "differences": all.collect::<Vec<_>>(),
    })
}

fn difference(change: &Change<'_>, difference: &Difference) -> Value {
    json!({
        "fact": difference.noun,
        "change": difference.verb.as_str(),
        "name": difference.name,
        "verdict": difference.judgement.verdict.as_str(),
        "reason": difference.judgement.reason,
        "direction": difference.judgement.direction.map(|it| it.as_str()),
        "before": side(change.before, difference.before.as_ref()),
        "after": side(change.after, difference.after.as_ref()),
    })
}

fn side(document: Option<&Document>, stated: Option<&Stated>) -> Value {
    match (document, stated, position(document, stated)) {
        (Some(document), Some(stated), Some(place)) => json!({
            "path": document.source.path(),
            "line": place.line,
            "column": place.column,
            "value": stated.value,
        }),
        _ => Value::Null,
    }
}
