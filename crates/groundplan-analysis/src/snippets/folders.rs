//! The trees of folders that a document draws.

use groundplan_syntax::Span;

use super::{Code, Language};

/// A file or a folder of a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// From the root of the tree, without the root: `services/orders.py`.
    pub(crate) path: String,
    pub(crate) span: Span,
}

/// A tree of folders.
pub(crate) struct Folders {
    /// What the tree hangs on, as written: `src/orders/`.
    pub(crate) root: String,
    pub(crate) entries: Vec<Entry>,
    /// Whether it says that it leaves something out.
    pub(crate) is_partial: bool,
}

impl Folders {
    /// Every tree in the blocks without a language.
    pub(crate) fn of(code: &Code<'_>) -> Vec<Self> {
        let blocks = code.snippets.iter().filter(|it| it.language == Language::Plain);
        let drawn =
            blocks.filter(|it| ["├", "└", "â”œ", "|--"].iter().any(|arm| it.text.contains(arm)));
        drawn.flat_map(|it| read(it.text, |from, to| it.span(from, to))).collect()
    }

    /// Files right below `folder`.
    pub(crate) fn files_of<'f>(&'f self, folder: &'f str) -> impl Iterator<Item = &'f Entry> {
        self.entries.iter().filter(move |it| {
            let name = it.path.strip_prefix(folder).and_then(|it| it.strip_prefix('/'));
            name.is_some_and(|it| !it.contains('/') && it.contains('.'))
        })
    }
}

/// Depth is the column of the name: whatever the branches are drawn with, broken encodings too,
/// deeper names stand further right.
fn read(text: &str, span: impl Fn(usize, usize) -> Span) -> Vec<Folders> {
    let mut open: Vec<(usize, String)> = Vec::new();
    let mut found: Vec<Folders> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let Some((from, name)) = name(line) else { continue };
        let column = line.get(..from).map_or(0, |it| it.chars().count());
        if from == 0 || found.is_empty() {
            open.clear();
            let root = if from == 0 { name } else { "" };
            found.push(Folders { root: root.to_owned(), entries: Vec::new(), is_partial: false });
        }
        let Some(tree) = found.last_mut().filter(|_| from > 0) else { continue };
        tree.is_partial |= name.contains("...") || name.contains('*');
        open.retain(|(outer, _)| *outer < column);
        let above = open.iter().map(|(_, it)| it.as_str()).chain([name.trim_end_matches('/')]);
        let path = above.collect::<Vec<_>>().join("/");
        open.push((column, name.trim_end_matches('/').to_owned()));
        tree.entries.push(Entry { path, span: span(start + from, start + from + name.len()) });
    }
    found.retain(|tree| tree.entries.iter().filter(|it| it.path.contains('.')).count() >= 2);
    found
}

/// The first word behind the branches, where one is drawn or the line begins with it.
fn name(line: &str) -> Option<(usize, &str)> {
    let is_first = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '[' | '{' | '@');
    let from = line.find(is_first)?;
    let arm = line.get(..from)?;
    let is_drawn = !arm.trim().is_empty() && !arm.contains("──┬") && !arm.contains('┐');
    let rest = line.get(from..)?;
    let len = rest.find(|c: char| c.is_whitespace()).unwrap_or(rest.len());
    let name = rest.get(..len)?;
    let is_name = name.chars().all(|c| c.is_alphanumeric() || "/_-.[]{}@()*".contains(c));
    (is_name && (from == 0 || is_drawn)).then_some((from, name))
}
