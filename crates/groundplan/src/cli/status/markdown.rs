//! The board as a table of Markdown: what the documents themselves say and nothing else, so that an
//! inventory changes only when a document does. The day of a commit would change with the commit
//! that brings the inventory.

use groundplan_analysis::board::Standing;
use groundplan_model::paths::{file_name, link_encode, relative};

use super::View;
use super::text::{listed, state, title, warnings};

/// Names of the header fields that say when a document was last edited, the best first.
const UPDATED: [&str; 6] =
    ["last updated", "updated", "last-updated", "updated_at", "last modified", "date"];

/// The titles of the columns; the first is that of a table's own.
const TITLES: [&str; COLUMNS] = [
    "Feature",
    "Document",
    "Kind",
    "Status",
    "Updated",
    "Boxes",
    "Open questions",
    "Placeholders",
    "Remarks",
];

const COLUMNS: usize = 9;

type Row = [String; COLUMNS];

/// The board for the Markdown file `file`, with links from there.
pub(super) fn board(view: &View<'_>, file: &str) -> String {
    let mut rows: Vec<Row> = Vec::new();
    for feature in &view.board.chains {
        let mut name = cell(&title(feature));
        for standing in &feature.documents {
            rows.push(row(&name, standing, file));
            name.clear();
        }
    }
    let others: Vec<Row> = listed(view).map(|it| row("", it, file)).collect();
    let tables: Vec<String> = [rows, others].iter().filter_map(|rows| table(rows)).collect();
    if tables.is_empty() { "No documents yet.\n".to_owned() } else { tables.join("\n") }
}

/// The rows under their titles; columns in which nothing stands are left out.
fn table(rows: &[Row]) -> Option<String> {
    let is_used = |at: &usize| rows.iter().any(|row| row.get(*at).is_some_and(|it| !it.is_empty()));
    let used: Vec<usize> = (0..COLUMNS).filter(is_used).collect();
    let line = |cells: &[&str]| format!("|{}|\n", cells.join("|"));
    let titles: Vec<String> =
        used.iter().filter_map(|at| TITLES.get(*at)).map(|it| format!(" {it} ")).collect();
    let mut text = line(&titles.iter().map(String::as_str).collect::<Vec<_>>());
    text.push_str(&line(&vec!["---"; used.len()]));
    for row in rows {
        let cells = used.iter().filter_map(|at| row.get(*at)).map(|it| match it.as_str() {
            "" => " ".to_owned(),
            it => format!(" {it} "),
        });
        let cells: Vec<String> = cells.collect();
        text.push_str(&line(&cells.iter().map(String::as_str).collect::<Vec<_>>()));
    }
    (!rows.is_empty()).then_some(text)
}

fn row(name: &str, standing: &Standing<'_>, file: &str) -> Row {
    let path = standing.document.source.path();
    let link = link_encode(&relative(file, path)).replace('|', "%7C");
    let shown = cell(file_name(path)).replace(['[', ']'], "");
    let boxes = match standing.boxes {
        (_, 0) => String::new(),
        (done, all) => format!("{done}/{all}"),
    };
    let count = |count: usize| if count == 0 { String::new() } else { count.to_string() };
    let placeholders = if standing.is_template { 0 } else { standing.document.placeholders.len() };
    [
        name.to_owned(),
        format!("[{shown}]({link})"),
        standing.kind().as_str().to_owned(),
        cell(&state(standing)),
        cell(standing.field(&UPDATED).unwrap_or("")),
        boxes,
        count(standing.questions),
        count(placeholders),
        cell(&warnings(standing).join("; ")),
    ]
}

/// A text as a cell can hold it.
fn cell(text: &str) -> String {
    text.replace(['\n', '\r'], " ").replace('|', "\\|")
}
