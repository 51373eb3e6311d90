//! The change log, drafted: what happened to a document's facts between its revisions, as rows of
//! its own change log.
//!
//! Revisions come from the caller; what a repository is, nobody here knows.

mod insert;
mod sentence;
pub(crate) mod version;

use groundplan_model::Document;

pub use insert::{NoTable, insert};
pub use sentence::sentence;

use crate::difference::differences;
use version::next;

/// A document as it was at one time.
pub struct Revision {
    /// The document.
    pub document: Document,
    /// The day: `2026-01-31`.
    pub date: String,
    /// Who made it so.
    pub author: Option<String>,
}

/// A row of the change log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The version, by the document's own scheme.
    pub version: String,
    /// The day: `2026-01-31`.
    pub date: String,
    /// Who.
    pub author: Option<String>,
    /// What changed.
    pub text: String,
}

/// The versions of a document's header.
const VERSION_KEYS: [&str; 4] = ["version", "document version", "doc version", "spec version"];

/// The rows that the change log of the last revision lacks. `revisions` are from the oldest on. What
/// happened up to the revision that brought the newest row is that row's matter, so nothing is
/// drafted twice.
pub fn draft(revisions: &[Revision]) -> Vec<Entry> {
    let Some(current) = revisions.last() else { return Vec::new() };
    let log = rows(&current.document);
    let since = revisions.iter().rposition(|it| rows(&it.document) != log).map_or(0, |at| at + 1);
    let Some((base, later)) = revisions.get(since..).and_then(<[Revision]>::split_first) else {
        return Vec::new();
    };
    let mut known = log
        .iter()
        .map(|row| row.0.clone())
        .max_by(|one, other| version::numbers(one).cmp(&version::numbers(other)));
    let mut entries = Vec::new();
    if log.is_empty() {
        let version = header_version(&base.document).unwrap_or("1.0").to_owned();
        known = Some(version.clone());
        let (date, author) = (base.date.clone(), base.author.clone());
        entries.push(Entry { version, date, author, text: "First version".to_owned() });
    }
    let mut before = base;
    for group in later
        .chunk_by(|one, other| header_version(&one.document) == header_version(&other.document))
    {
        let Some(after) = group.last() else { continue };
        let found = differences(&before.document, &after.document);
        if !found.is_empty() {
            let stated = header_version(&after.document);
            let version = next(known.as_deref(), stated, &found);
            known = Some(version.clone());
            let (date, author) = (after.date.clone(), authors(group));
            entries.push(Entry { version, date, author, text: sentence(&found) });
        }
        before = after;
    }
    entries
}

/// Versions and dates of a change log: what tells whether two revisions have the same one.
pub fn rows(document: &Document) -> Vec<(String, String)> {
    let date = |it: &groundplan_model::document::Change| {
        it.date.as_ref().map_or_else(String::new, |date| date.text.clone())
    };
    document.changes.iter().map(|it| (it.version.text.trim().to_owned(), date(it))).collect()
}

pub(crate) fn header_version(document: &Document) -> Option<&str> {
    let field = VERSION_KEYS.iter().find_map(|key| document.field(key))?;
    let text = field.value.text.trim();
    version::numbers(text).map(|_| text)
}

/// Everybody who made one of these revisions, in order, each once.
fn authors(revisions: &[Revision]) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    for name in revisions.iter().filter_map(|it| it.author.as_deref()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    (!names.is_empty()).then(|| names.join(", "))
}

#[cfg(test)]
mod tests;
