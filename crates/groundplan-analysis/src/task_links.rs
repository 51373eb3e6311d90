//! Tasks under headings of their own, and what they say they depend on.

use groundplan_model::Document;
use groundplan_model::document::{Form, Text};
use groundplan_syntax::Span;
use memchr::memmem;

/// A task that says which others come first.
pub(crate) struct Dependent {
    /// The id in its heading.
    pub(crate) id: String,
    /// The ids that it names, each with its place.
    pub(crate) needs: Vec<Text>,
}

/// The ids of all tasks: those of headings, and those of items with a box.
pub(crate) fn ids(document: &Document) -> Vec<&str> {
    let titles = document.sections.iter().filter_map(|it| leading_id(&it.title.text));
    let items = document.checklist.iter().filter_map(|it| it.id.as_deref());
    titles.chain(items).collect()
}

/// Every heading of a task with a line `Dependencies: …` in its own text.
pub(crate) fn dependents(document: &Document) -> Vec<Dependent> {
    let text = document.source.text();
    let found = memmem::find_iter(text.as_bytes(), "epend").filter_map(|at| {
        let line = document.source.line_of(at);
        let (offset, after) = labelled(document.source.slice(line))?;
        let section = document.section_at(line.start)?;
        let id = leading_id(&section.title.text)?.to_owned();
        let start = line.start as usize + offset;
        let is_code = document.form_of(line) == Form::Fence;
        (!is_code).then(|| Dependent { id, needs: all_ids(after, start) })
    });
    let mut all: Vec<Dependent> = found.collect();
    all.dedup_by(|one, other| one.needs == other.needs && one.id == other.id);
    all
}

/// What follows `Dependencies:` or `Depends on:` at the start of a line, and where it stands there.
fn labelled(line: &str) -> Option<(usize, &str)> {
    const LABELS: [&str; 4] = ["Dependencies", "Dependency", "Depends on", "Depends On"];
    let body = line.trim_start().trim_start_matches(['-', '*', ' ']);
    let rest = LABELS.iter().find_map(|label| body.strip_prefix(label))?;
    let after = rest
        .trim_start_matches(['*', ' '])
        .strip_prefix(':')
        .or_else(|| rest.trim_start().strip_prefix("**"))?;
    // What follows in brackets or behind a dash is a remark: "T-004 (T-009 helps)".
    let end = after.find([';', '—', '(']).unwrap_or(after.len());
    Some((line.len() - after.len(), after.get(..end)?))
}

/// `T-012` of "T-012: Title", "✅ T012 Title".
pub(crate) fn leading_id(title: &str) -> Option<&str> {
    let start = title.find(|c: char| c.is_alphanumeric())?;
    let title = title.get(start..)?;
    let title = title.strip_prefix("Task ").unwrap_or(title);
    token(title)
}

/// The id that a text begins with: `T-012`, `T012`, `TASK-3`.
fn token(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("TASK-").or_else(|| text.strip_prefix("T-"));
    let rest = rest.or_else(|| text.strip_prefix('T'))?;
    let len = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let end = text.len() - rest.len() + len;
    let next = text.get(end..)?.chars().next();
    let ends = !next.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    (len > 0 && ends).then(|| text.get(..end)).flatten()
}

fn all_ids(text: &str, base: usize) -> Vec<Text> {
    let mut found = Vec::new();
    let starts = text.match_indices('T').filter(|(at, _)| {
        let before = text.get(..*at).and_then(|it| it.chars().next_back());
        !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '#'))
    });
    for (at, _) in starts {
        let Some(id) = text.get(at..).and_then(token) else { continue };
        let span = Span::new(base + at, base + at + id.len());
        found.push(Text { text: id.to_owned(), span });
    }
    found
}

#[cfg(test)]
mod tests;
