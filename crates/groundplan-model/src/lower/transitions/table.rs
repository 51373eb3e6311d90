//! Tables with the columns `From` and `To`.

use super::super::{Reading, Table};
use super::names;
use crate::Certainty;
use crate::document::Transition;

pub(super) fn read(reading: &Reading<'_>, found: &mut Vec<Transition>) {
    for table in &reading.tables {
        rows(reading, table, found);
    }
}

fn rows(reading: &Reading<'_>, table: &Table, found: &mut Vec<Transition>) {
    let from = table.column(&["from", "from state", "from status", "current state"]);
    let to = table.column(&["to", "to state", "to status", "new state", "next state"]);
    let (Some(from), Some(to)) = (from, to) else { return };
    let action = table.column(&["action", "event", "trigger", "transition", "command"]);
    for row in &table.view.rows {
        let cells = (reading.cell(row, Some(from)), reading.cell(row, Some(to)));
        let (Some(from), Some(to)) = cells else { continue };
        let action = reading.cell(row, action).map(|cell| cell.text.to_lowercase());
        found.push(Transition {
            from: names(&from.text),
            action,
            to: to.text.to_lowercase(),
            span: row.span,
            certainty: Certainty::Stated,
        });
    }
}
