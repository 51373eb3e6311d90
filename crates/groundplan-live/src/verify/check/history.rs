//! Whether entries are about a row.

use groundplan_model::case::HistoryCheck;
use groundplan_model::service::EntryPart;
use serde_json::{Map, Value};

use super::page::items;
use super::{json, shown, status};
use crate::verify::client::Answer;
use crate::verify::stop::Mismatch;

/// `row` is the row as it was made.
pub(in crate::verify) fn history(
    check: &HistoryCheck,
    row: &Map<String, Value>,
    answer: &Answer,
) -> Result<(), Mismatch> {
    status(answer, check.status)?;
    let body = json(answer, "application/json")?;
    let entries = items(&check.shape, &body)?;
    if entries.is_empty() {
        let expected = "that the row was made must stand in its history";
        return Err(Mismatch::new("answered no entry", expected));
    }
    entries.iter().try_for_each(|it| entry(check, row, it))
}

fn entry(check: &HistoryCheck, row: &Map<String, Value>, entry: &Value) -> Result<(), Mismatch> {
    for (name, part) in &check.history.members {
        let Some(value) = entry.get(name) else {
            let observed = format!("answered an entry without `{name}`");
            return Err(Mismatch::new(observed, "the document shows that member"));
        };
        let key = row.get(&check.key).filter(|_| *part == EntryPart::Key);
        if key.is_some_and(|key| text(key) != text(value)) {
            let observed = format!("answered an entry about {}", shown(value));
            return Err(Mismatch::new(observed, "entries must be about the row of the path"));
        }
    }
    Ok(())
}

/// A key as a text: the log has no numbers.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
