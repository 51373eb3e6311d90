//! Names of Markdown files with a bar in them: Windows has no such files.

use groundplan_syntax::Span;
use memchr::memmem;

use crate::Document;
use crate::document::{Form, Text};

/// The names in a document, in order.
pub(super) fn barred(document: &Document) -> Vec<Text> {
    let text = document.source.text();
    let names = memmem::find_iter(text.as_bytes(), ".md").filter_map(|at| name(text, at));
    let names = names.filter(|span| is_meant(document, *span));
    names.map(|span| Text { text: document.source.slice(span).to_owned(), span }).collect()
}

/// The name that ends at `at`: up to white space, a backtick or a bracket of a link.
fn name(text: &str, at: usize) -> Option<Span> {
    let end = at + ".md".len();
    let ends = text.get(end..)?.chars().next().is_none_or(|c| !c.is_alphanumeric() && c != '(');
    let before = text.get(..at)?;
    let start = before.rfind(|c: char| c.is_whitespace() || "`\"'(<".contains(c));
    let start = start.map_or(0, |it| it + 1);
    let name = before.get(start..)?.trim_start_matches('|');
    (ends && name.contains('|')).then(|| Span::new(at - name.len(), end))
}

/// Whether the bar is a part of a name. In a table a bar ends the cell, unless a backslash stands
/// before it; in code it may be a pipe.
fn is_meant(document: &Document, span: Span) -> bool {
    let name = document.source.slice(span);
    let form = document.form_of(span);
    let is_cell = form == Form::Table && !name.contains("\\|");
    let is_pipe = form == Form::Fence && !name.split('|').next().unwrap_or("").contains('/');
    !is_cell && !is_pipe && !name.contains("||") && !name.contains("](")
}
