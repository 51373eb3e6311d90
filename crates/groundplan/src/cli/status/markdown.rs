//! The board as a table of Markdown: what the documents themselves say and nothing else, so that an
//! inventory changes only when a document does. The day of a commit would change with the commit
//! that brings the inventory.

use std::fmt::Write;

use groundplan_analysis::board::Standing;
use groundplan_model::paths::{file_name, link_encode, relative};

use super::View;
use super::text::{listed, state, title, warnings};

/// Names of the header fields that say when a document was last edited, the best first.
const UPDATED: [&str; 6] =
    ["last updated", "updated", "last-updated", "updated_at", "last modified", "date"];

/// The board for the Markdown file `file`, with links from there.
pub(super) fn board(view: &View<'_>, file: &str) -> String {
    let mut text = String::new();
    if !view.board.chains.is_empty() {
        text.push_str(&head("Feature"));
    }
    for feature in &view.board.chains {
        let mut name = cell(&title(feature));
        for standing in &feature.documents {
            row(&mut text, &name, standing, file);
            name.clear();
        }
    }
    let others: Vec<&Standing<'_>> = listed(view).collect();
    if !others.is_empty() {
        let gap = if text.is_empty() { "" } else { "\n" };
        let _ = write!(text, "{gap}{}", head("Other"));
        others.into_iter().for_each(|it| row(&mut text, "", it, file));
    }
    if text.is_empty() { "No documents yet.\n".to_owned() } else { text }
}

fn head(first: &str) -> String {
    format!(
        "| {first} | Document | Kind | Status | Updated | Boxes | Open questions | Placeholders | \
         Remarks |\n|---|---|---|---|---|---|---|---|---|\n"
    )
}

fn row(text: &mut String, name: &str, standing: &Standing<'_>, file: &str) {
    let path = standing.document.source.path();
    let link = link_encode(&relative(file, path)).replace('|', "%7C");
    let shown = cell(file_name(path)).replace(['[', ']'], "");
    let boxes = match standing.boxes {
        (_, 0) => String::new(),
        (done, all) => format!("{done}/{all}"),
    };
    let count = |count: usize| if count == 0 { String::new() } else { count.to_string() };
    let placeholders = if standing.is_template { 0 } else { standing.document.placeholders.len() };
    let cells = [
        name.to_owned(),
        format!("[{shown}]({link})"),
        standing.kind().as_str().to_owned(),
        cell(&state(standing)),
        cell(standing.field(&UPDATED).unwrap_or("")),
        boxes,
        count(standing.questions),
        count(placeholders),
        cell(&warnings(standing).join("; ")),
    ];
    let cells = cells.map(|it| if it.is_empty() { " ".to_owned() } else { format!(" {it} ") });
    let _ = writeln!(text, "|{}|", cells.join("|"));
}

/// A text as a cell can hold it.
fn cell(text: &str) -> String {
    text.replace(['\n', '\r'], " ").replace('|', "\\|")
}
