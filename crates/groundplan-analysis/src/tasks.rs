//! The task list that documents imply: every fact that somebody has to build, prove or settle is
//! covered by a task, and a list that people worked on takes a changed design without loss.
//!
//! [`Facts`] is what there is to do, `outline` groups it into tasks, `write` prints a new list in
//! the form of its family, `update` brings an old one up to date, and `origin` is the comment at the
//! list's end that remembers which task stands for which facts. Pure: the date is given.

mod facts;
mod files;
mod origin;
mod outline;
mod style;
#[cfg(test)]
mod tests;
mod update;
mod write;

pub use facts::{Fact, FactKind, Facts};
pub use style::Style;
pub use update::{Update, update};
pub use write::write;

use groundplan_model::provenance::{Digest, SourceRef};

use crate::paths::relative;

/// What a list is made for.
pub struct Request<'a> {
    /// Where the list stands; links are written from there.
    pub path: &'a str,
    /// How tasks are numbered and laid out.
    pub style: Style,
    /// The date that the header names, as `YYYY-MM-DD`.
    pub date: &'a str,
}

/// A task for some facts.
struct Task {
    /// What to do, without number, files and source.
    text: String,
    /// Indexes of [`Facts::all`]; the first one names the task.
    covers: Vec<usize>,
    /// Files that are written for it.
    files: Vec<String>,
}

/// Tasks that belong together.
struct Group {
    name: String,
    tasks: Vec<Task>,
}

/// How much of what the documents state has a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// The kind of fact.
    pub kind: FactKind,
    /// How many have one.
    pub covered: usize,
    /// How many there are.
    pub all: usize,
}

/// The sections of `facts`' documents that the list at `path` rests on.
fn sources(facts: &Facts<'_>, path: &str) -> Vec<SourceRef> {
    let of = |index: usize, document: &&groundplan_model::Document| {
        let used = |span: groundplan_syntax::Span| {
            let holds = |fact: &Fact| fact.document == index && span.start <= fact.span.start;
            facts.all.iter().any(|fact| holds(fact) && fact.span.start < span.end)
        };
        let path = relative(path, document.source.path());
        let source = SourceRef::of(&path, document, |it| used(it.span));
        source.sections.iter().any(|it| it.1 != Digest::UNUSED).then_some(source)
    };
    facts.documents.iter().enumerate().filter_map(|(index, it)| of(index, it)).collect()
}
