//! Tables in an order in which each stands after those that it refers to.

use groundplan_model::schema::Table;

/// Parents before children, the document's order otherwise. In a circle somebody goes first: SQLite
/// looks a parent up when rows are written, not when the table is made.
pub(super) fn parents_first<'a>(tables: &[&'a Table]) -> Vec<&'a Table> {
    let mut waiting = tables.to_vec();
    let mut ordered = Vec::with_capacity(tables.len());
    while !waiting.is_empty() {
        let free = waiting.iter().position(|table| !waits(table, &waiting)).unwrap_or(0);
        ordered.push(waiting.remove(free));
    }
    ordered
}

/// Whether `table` refers to another table that is not placed yet.
fn waits(table: &Table, waiting: &[&Table]) -> bool {
    let is_waiting = |name: &str| waiting.iter().any(|it| it.name.eq_ignore_ascii_case(name));
    table
        .foreign_keys
        .iter()
        .any(|key| !key.table.eq_ignore_ascii_case(&table.name) && is_waiting(&key.table))
}
