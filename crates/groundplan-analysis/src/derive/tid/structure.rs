//! Part 2: the tree of files, and the key types.

use super::{Context, Page, classes, gap};
use crate::derive::layout::{Entry, drawn};
use crate::derive::naming::kebab;

pub(super) fn write(context: &Context<'_>, page: &mut Page<'_>) {
    page.heading(3, "Directory Structure");
    if !context.layout.is_known {
        page.say(&gap("which language and which layout of folders does the code have?"));
    }
    let is_empty = context.files.is_empty();
    if is_empty {
        page.say(&gap("which files does the work create or change?"));
    } else {
        page.fence("", &drawn(&kebab(&context.design.feature()), &context.files));
        sources(context, page);
    }
    page.heading(3, "Key Class Definitions");
    classes::write(context, page);
}

/// What in the design asks for each file.
fn sources(context: &Context<'_>, page: &mut Page<'_>) {
    let row = |entry: &Entry| {
        let Some(source) = entry.source else {
            let by = "usual for such a project".to_owned();
            let is_package = entry.comment.is_empty();
            return (!is_package).then(|| vec![format!("`{}`", entry.path), by, String::new()]);
        };
        let by = if entry.is_stated { "named there" } else { "follows from it" };
        Some(vec![format!("`{}`", entry.path), by.to_owned(), page.cite(source.start)])
    };
    let rows: Vec<Vec<String>> = context.files.iter().filter_map(row).collect();
    page.say("What in the design asks for each file:");
    page.table(&["File", "Because", "Source"], &rows);
}
