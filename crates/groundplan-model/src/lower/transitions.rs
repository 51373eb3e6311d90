//! Allowed changes of state: tables with the columns `From` and `To`.

use super::{Reading, Table};
use crate::Certainty;
use crate::document::Transition;

pub(super) fn read(reading: &mut Reading<'_>) {
    let mut found = Vec::new();
    for table in &reading.tables {
        rows(reading, table, &mut found);
    }
    reading.document.transitions = found;
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
            from: states(&from.text),
            action,
            to: to.text.to_lowercase(),
            span: row.span,
            certainty: Certainty::Stated,
        });
    }
}

/// Names of states in a cell: `queued, running` or "queued or running"; none for "any".
fn states(text: &str) -> Vec<String> {
    let text = text.to_lowercase().replace(" or ", ",").replace(" and ", ",");
    let names = text.split([',', '/', '|']).map(str::trim);
    names.filter(|name| !matches!(*name, "" | "any" | "*")).map(str::to_owned).collect()
}
