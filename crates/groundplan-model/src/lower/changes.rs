//! Entries of the change log: rows of a table with versions.

use super::Reading;
use crate::document::{Change, Concept};

pub(super) fn read(reading: &mut Reading<'_>) {
    let mut found = Vec::new();
    for table in &reading.tables {
        let Some(version) = table.column(&["version", "ver", "rev", "revision", "버전"]) else {
            continue;
        };
        let date = table.column(&["date", "released", "when", "날짜"]);
        let at = table.view.span.start;
        if date.is_none() || !reading.is_under(at, &[Concept::Changes]) {
            continue;
        }
        for row in &table.view.rows {
            let Some(version) = reading.cell(row, Some(version)) else { continue };
            found.push(Change { version, date: reading.cell(row, date) });
        }
    }
    reading.document.changes = found;
}
