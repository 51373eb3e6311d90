//! `drift --format json`. Members are added, never renamed.

use groundplan_analysis::drift::{DocumentDrift, Tally, Topic};
use serde_json::{Value, json};

use super::Compared;
use crate::render::json::{findings, printed};

/// Raised when a member changes its meaning.
const SCHEMA_VERSION: u32 = 1;

/// The document.
pub(super) fn render(compared: &Compared<'_>) -> String {
    let documents: Value = compared.drift.documents.iter().map(document).collect();
    let strangers = compared.drift.strangers.iter();
    let strangers: Value =
        strangers.map(|(topic, count)| json!({ "what": what(*topic), "count": count })).collect();
    printed(&json!({
        "schema_version": SCHEMA_VERSION,
        "documents": documents,
        "findings": findings(&compared.findings, compared.sources),
        "accepted": compared.known.count,
        "suppressed": compared.suppressed.len(),
        "strangers": strangers,
        "code_files": compared.files,
    }))
}

fn document(document: &DocumentDrift) -> Value {
    let tallies: Value = document.tallies.iter().map(tally).collect();
    json!({ "path": document.path, "claim": document.claim.as_str(), "compared": tallies })
}

fn tally(tally: &Tally) -> Value {
    json!({
        "what": what(tally.topic),
        "stated": tally.stated,
        "found": tally.found,
        "unstated": tally.unstated,
    })
}

/// The topic as `--only` calls it.
fn what(topic: Topic) -> &'static str {
    match topic {
        Topic::Routes => "routes",
        Topic::Tables => "tables",
        Topic::Variables => "env",
        Topic::Contracts => "openapi",
    }
}
