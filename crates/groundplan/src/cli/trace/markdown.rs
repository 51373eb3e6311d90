//! The matrix as Markdown: a table a chain.

use std::fmt::Write;

use super::matrix::{Matrix, name};

/// The matrix.
pub(super) fn matrix(matrix: &Matrix<'_>) -> String {
    let mut text = String::new();
    for table in &matrix.tables {
        let heads = ["Requirement", "Title"].into_iter();
        let heads = heads.chain(table.levels.iter().map(|it| it.as_str()));
        let heads: Vec<String> = heads.map(capital).collect();
        let rule = vec!["---"; heads.len()].join(" | ");
        let title = table.title.replace('\n', " ");
        let _ = writeln!(text, "## {title}\n\n| {} |\n| {rule} |", heads.join(" | "));
        for covered in &table.rows {
            let Some(item) = matrix.item(covered.item) else { continue };
            let levels = table.levels.iter().map(|level| {
                let cells = covered.row.at(*level);
                let names = cells.filter_map(|it| Some(name(matrix.item(it.item)?, it)));
                names.collect::<Vec<_>>().join(", ")
            });
            let title = match &covered.waived {
                Some(reason) => format!("{} (waived: {reason})", item.title),
                None => item.title.clone(),
            };
            let cells = [item.id.clone(), title].into_iter().chain(levels);
            let cells: Vec<String> = cells.map(|it| cell(&it)).collect();
            let _ = writeln!(text, "| {} |", cells.join(" | "));
        }
        text.push('\n');
    }
    text
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Text that stays in its cell.
pub(in crate::cli) fn cell(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.replace('|', "\\|").replace('<', "&lt;")
}
