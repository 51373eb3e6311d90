//! Which documents a document refers to: by link, or by the name of their files.

use groundplan_model::Outline;
use groundplan_syntax::Span;

use crate::{LinkedContext, paths};

/// A place that refers to another document.
pub(crate) struct Reference<'a> {
    pub(crate) span: Span,
    pub(crate) target: &'a Outline,
}

/// Every place that refers to another document, in order, each document once.
pub(super) fn all<'a>(context: &LinkedContext<'a>) -> Vec<Reference<'a>> {
    let outline = context.outline;
    let links = outline.links.iter().filter(|it| !it.path.is_empty());
    let links = links.map(|it| (it.span, it.path.as_str()));
    let named = outline.file_mentions.iter().map(|it| (it.span, it.target.as_str()));
    let mut places: Vec<(Span, &str)> = links.chain(named).collect();
    places.sort_by_key(|(span, _)| *span);
    let mut found: Vec<Reference<'a>> = Vec::new();
    for (span, path) in places {
        let Some(target) = document(context, path) else { continue };
        let is_known = found.iter().any(|it| std::ptr::eq(it.target, target));
        if !is_known && target.path != outline.path {
            found.push(Reference { span, target });
        }
    }
    found
}

/// The document at `path` from here, or the only one with the name of its file.
fn document<'a>(context: &LinkedContext<'a>, path: &str) -> Option<&'a Outline> {
    let here = &context.outline.path;
    context.linked.outline(&paths::resolve(here, path)).or_else(|| {
        let [only] = context.index.paths(paths::file_name(path)) else { return None };
        let is_end =
            only.strip_suffix(path).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'));
        let is_meant = is_end || is_distinct(paths::file_name(path));
        is_meant.then(|| context.linked.outline(only)).flatten()
    })
}

/// Whether a file's name alone tells which document is meant: `README.md` does not.
pub(crate) fn is_distinct(name: &str) -> bool {
    name.contains(|c: char| c.is_ascii_digit()) && name.len() > "001.md".len()
}

/// Whether a span lies in the header, or in a section whose title has one of these words.
pub(crate) fn is_listed(outline: &Outline, span: Span, titles: &[&str]) -> bool {
    let holds = |it: Span| it.start <= span.start && span.start < it.end;
    if outline.header.iter().any(|field| holds(field.span)) {
        return true;
    }
    let title = outline.section_at(span.start).map(|it| it.title.text.to_lowercase());
    title.is_some_and(|title| titles.iter().any(|word| title.contains(word)))
}

/// The folder of a document and those above it, up to the workspace's own.
pub(crate) fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    let first = paths::folder(path);
    std::iter::successors(Some(first), |it| (!it.is_empty()).then(|| paths::folder(it)))
}

/// `name` in `folder`, `..` and `.` resolved.
pub(crate) fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        paths::resolve("", name)
    } else {
        paths::resolve(&format!("{folder}/_"), name)
    }
}
