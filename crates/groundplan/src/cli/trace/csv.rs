//! The matrix as CSV (RFC 4180): a row for each requirement, all levels as columns.

use groundplan_model::policy::Level;

use super::matrix::{Matrix, name};

/// The matrix.
pub(super) fn matrix(matrix: &Matrix<'_>) -> String {
    let heads = ["chain", "id", "kind", "title", "path", "line"].map(str::to_owned);
    let levels = Level::ALL.map(|it| it.as_str().to_owned());
    let ends = ["evidence", "waived"].map(str::to_owned);
    let mut text = record(heads.into_iter().chain(levels).chain(ends));
    for table in &matrix.tables {
        for covered in &table.rows {
            let Some(item) = matrix.item(covered.item) else { continue };
            let head = [&table.title, &item.id, item.kind.as_str(), &item.title, &item.at.path];
            let head = head.map(str::to_owned).into_iter().chain([item.at.line.to_string()]);
            let levels = Level::ALL.map(|level| {
                let cells = covered.row.at(level);
                let names = cells.filter_map(|it| Some(name(matrix.item(it.item)?, it)));
                names.collect::<Vec<_>>().join("; ")
            });
            let evidence = covered.evidence.as_str().to_owned();
            let ends = [evidence, covered.waived.clone().unwrap_or_default()];
            text.push_str(&record(head.chain(levels).chain(ends)));
        }
    }
    text
}

fn record(fields: impl Iterator<Item = String>) -> String {
    fields.map(|it| field(&it)).collect::<Vec<_>>().join(",") + "\r\n"
}

/// A field. One that a spreadsheet would run as a formula is told to be text.
fn field(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if is_formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) {
        return format!("\"{}\"", text.replace('"', "\"\""));
    }
    text
}
