//! The figures for programs. Members are added, never renamed.

use groundplan_analysis::trace::{Counts, Covered, Item, Unmet};
use groundplan_model::policy::Level;
use serde_json::{Map, Value, json};

use super::View;
use super::text::title;
use crate::render::json::{SCHEMA_VERSION, printed};

/// One JSON document.
pub(super) fn coverage(view: &View<'_>) -> String {
    let coverage = view.coverage;
    let chains = coverage.chains.iter().map(|(chain, counts)| {
        json!({ "chain": chain, "title": title(view.trace, *chain), "counts": figures(counts) })
    });
    printed(&json!({
        "schema_version": SCHEMA_VERSION,
        "whole": figures(&coverage.whole),
        "chains": chains.collect::<Vec<_>>(),
        "wanted": coverage.covered.iter().filter_map(|it| wanted(view, it)).collect::<Vec<_>>(),
        "unmet": coverage.unmet.iter().filter_map(|it| unmet(view, it)).collect::<Vec<_>>(),
        "failed": view.faults,
    }))
}

fn figures(counts: &Counts) -> Value {
    let levels = Level::ALL.iter().zip(counts.levels);
    let levels: Map<String, Value> =
        levels.map(|(level, count)| (level.as_str().to_owned(), json!(count))).collect();
    json!({
        "wanted": counts.all,
        "waived": counts.waived,
        "shallow": counts.shallow,
        "shallow_percent": counts.percent(counts.shallow),
        "deep": counts.deep,
        "deep_percent": counts.percent(counts.deep),
        "stale": counts.stale,
        "passed": counts.passed,
        "failed": counts.failed,
        "levels": levels,
    })
}

fn wanted(view: &View<'_>, covered: &Covered) -> Option<Value> {
    let mut shown = named(view.trace.items.get(covered.item)?);
    let levels: Vec<&str> = covered.levels.iter().map(|it| it.as_str()).collect();
    let more = json!({
        "levels": levels,
        "shallow": covered.is_shallow(),
        "deep": covered.is_deep(),
        "stale": covered.is_stale,
        "waived": covered.waived,
        "evidence": covered.evidence.as_str(),
    });
    shown.extend(more.as_object().cloned().unwrap_or_default());
    Some(Value::Object(shown))
}

fn unmet(view: &View<'_>, unmet: &Unmet) -> Option<Value> {
    let mut shown = named(view.trace.items.get(unmet.item)?);
    let any = |it: &Vec<Level>| it.iter().map(|it| it.as_str()).collect::<Vec<_>>();
    shown.insert("lacking".to_owned(), unmet.lacking.iter().map(any).collect());
    shown.insert("waived_until".to_owned(), json!(unmet.waived_until));
    Some(Value::Object(shown))
}

fn named(item: &Item) -> Map<String, Value> {
    let named = json!({
        "key": item.key,
        "kind": item.kind.as_str(),
        "id": item.id,
        "title": item.title,
        "path": item.at.path,
        "line": item.at.line,
    });
    named.as_object().cloned().unwrap_or_default()
}
