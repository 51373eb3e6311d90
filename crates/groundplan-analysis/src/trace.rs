//! The graph of a workspace: what is wanted, and what answers it: sections of designs, tasks, code
//! and tests.
//!
//! [`Trace::of`] makes the graph of outlines, code and test results; [`Row`]s are its matrix,
//! [`Coverage`] what it comes to, [`Trace::tree`] the way up and down from one item. Pure: which
//! files there are, and how all of it is shown, is elsewhere.

mod add;
mod cited;
mod code;
mod coverage;
mod known;
mod rows;
mod tasks;
#[cfg(test)]
mod tests;
mod tree;
mod verdicts;

use groundplan_model::code::{CodeFile, Outcome, TestResult};
use groundplan_model::policy::Level;
use groundplan_model::{Certainty, Linked};

use add::Builder;
pub use coverage::{Counts, Coverage, Covered, Evidence, KINDS, Unmet};
pub use rows::{Cell, Row};
pub use tree::{Direction, Step};

/// What a trace is made of.
pub struct Sources<'a> {
    /// The documents.
    pub linked: &'a Linked<'a>,
    /// The code.
    pub code: &'a [CodeFile],
    /// Results of tests; empty where none were given.
    pub results: &'a [TestResult],
    /// The line of a byte of a document, from 1.
    pub line: &'a dyn Fn(&str, u32) -> u32,
}

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// The file.
    pub path: String,
    /// The line, from 1.
    pub line: u32,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ItemKind {
    /// A requirement.
    Requirement,
    /// A user story, a use case, an epic.
    Story,
    /// A criterion by which something is accepted.
    Criterion,
    /// A section of a document.
    Section,
    /// An endpoint that a document states.
    Endpoint,
    /// A table that a document defines.
    Table,
    /// A task.
    Task,
    /// A file of code, or a function or type in it.
    Code,
    /// A test, or a file of tests.
    Test,
}

impl ItemKind {
    /// The kind's name in settings and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Requirement => "requirement",
            Self::Story => "story",
            Self::Criterion => "criterion",
            Self::Section => "section",
            Self::Endpoint => "endpoint",
            Self::Table => "table",
            Self::Task => "task",
            Self::Code => "code",
            Self::Test => "test",
        }
    }

    /// Whether it is something that a document asks for.
    pub fn is_wanted(self) -> bool {
        matches!(self, Self::Requirement | Self::Story | Self::Criterion)
    }
}

/// Something that is traced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it is called in the whole workspace: `docs/001_PRD.md#FR-1`.
    pub key: String,
    /// What it is.
    pub kind: ItemKind,
    /// What it is called where it stands.
    pub id: String,
    /// The words beside it.
    pub title: String,
    /// Where it stands.
    pub at: At,
    /// What it counts for where it covers something.
    pub level: Option<Level>,
    /// The index of its chain in [`Trace::chains`]; `None` for code and for documents of no chain.
    pub chain: Option<usize>,
    /// The revision of a requirement.
    pub revision: Option<u32>,
    /// Whether a task is ticked.
    pub is_done: bool,
    /// What became of a test.
    pub outcome: Option<Outcome>,
}

/// Why one item answers another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EdgeKind {
    /// It cites its id.
    Cites,
    /// It defines the same id at a later stage.
    Restates,
    /// It is a part of it by its id: `FR-1.2` of `FR-1`.
    PartOf,
    /// It stands in the section.
    StandsIn,
    /// The task names the file.
    NamedBy,
    /// A tag in the code says so.
    Tag,
    /// A comment or a test's name holds the id.
    Mention,
    /// A route of the code has the endpoint's method and path.
    Route,
    /// A table of the code has the name.
    Table,
}

impl EdgeKind {
    /// The kind in words that stand between the lower and the upper item.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cites => "cites",
            Self::Restates => "restates",
            Self::PartOf => "part of",
            Self::StandsIn => "stands in",
            Self::NamedBy => "named by",
            Self::Tag => "tag",
            Self::Mention => "mention",
            Self::Route => "same route",
            Self::Table => "same table",
        }
    }
}

/// One item answers another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The index of the one that answers.
    pub from: usize,
    /// The index of the one that is answered.
    pub to: usize,
    /// Why.
    pub kind: EdgeKind,
    /// How sure that is. What is guessed is shown and covers nothing.
    pub certainty: Certainty,
    /// The place that says so.
    pub at: At,
    /// Why it no longer holds, where it does not.
    pub stale: Option<Stale>,
}

/// Why an edge no longer holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stale {
    /// The code knows another revision of the requirement than the document has.
    Revision {
        /// The one that the code knows.
        code: u32,
        /// The document's.
        document: u32,
    },
    /// The section of the requirement changed since the document was made from it.
    Changed,
}

/// An id that is cited and leads to no item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unresolved {
    /// The id as written.
    pub id: String,
    /// Where it stands.
    pub at: At,
    /// The items that it may mean; empty where nothing has the id.
    pub candidates: Vec<usize>,
    /// The chain of the document that cites it.
    pub chain: Option<usize>,
}

/// A chain of documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TracedChain {
    /// Its number.
    pub number: Option<String>,
    /// Its name.
    pub name: String,
    /// Its documents with what each counts for, from what is wanted to the tasks.
    pub documents: Vec<(String, Option<Level>)>,
}

impl TracedChain {
    /// `001 Data export`
    pub fn title(&self) -> String {
        let number = self.number.as_deref().unwrap_or("");
        format!("{number} {}", self.name).trim().to_owned()
    }
}

/// The graph.
#[derive(Debug, Default)]
pub struct Trace {
    /// The items: those of documents, then those of code.
    pub items: Vec<Item>,
    /// The edges.
    pub edges: Vec<Edge>,
    /// The chains.
    pub chains: Vec<TracedChain>,
    /// What is cited and is not there, or may mean several.
    pub unresolved: Vec<Unresolved>,
    /// Whether any code was read.
    pub has_code: bool,
    /// Whether results of tests were given.
    pub has_results: bool,
    /// The edges to each item.
    below: Vec<Vec<usize>>,
    /// The edges from each item.
    above: Vec<Vec<usize>>,
}

impl Trace {
    /// The graph of a workspace.
    pub fn of(sources: &Sources<'_>) -> Self {
        let mut builder = Builder::new(sources);
        let known = known::Known::define(&mut builder);
        let tasks = tasks::Tasks::find(&mut builder);
        cited::read(&mut builder, &known, &tasks);
        code::read(&mut builder, &known, &tasks);
        verdicts::read(&mut builder);
        builder.finish()
    }

    /// The edges to an item: what answers it.
    pub fn below(&self, item: usize) -> impl Iterator<Item = &Edge> {
        let edges = self.below.get(item).into_iter().flatten();
        edges.filter_map(|it| self.edges.get(*it))
    }

    /// The edges from an item: what it answers.
    pub fn above(&self, item: usize) -> impl Iterator<Item = &Edge> {
        let edges = self.above.get(item).into_iter().flatten();
        edges.filter_map(|it| self.edges.get(*it))
    }

    /// Requirements, stories and criteria.
    pub fn wanted(&self) -> impl Iterator<Item = usize> + '_ {
        let items = self.items.iter().enumerate();
        items.filter(|(_, it)| it.kind.is_wanted()).map(|it| it.0)
    }

    /// The levels at which something that is wanted can be covered: those of which its chain has
    /// another document, and code and tests where there is any code.
    pub fn expected(&self, item: usize) -> Vec<Level> {
        let item = self.items.get(item);
        let chain = item.and_then(|it| self.chains.get(it.chain?));
        let documents = chain.map(|it| it.documents.as_slice()).unwrap_or_default();
        let is_own = |path: &str| item.is_some_and(|it| it.at.path == path);
        let own = documents.iter().find(|it| is_own(&it.0)).and_then(|it| it.1);
        let others = documents.iter().filter(|it| !is_own(&it.0)).filter_map(|it| it.1);
        let mut levels: Vec<Level> = others.filter(|it| own.is_none_or(|own| *it > own)).collect();
        if self.has_code {
            levels.extend([Level::Code, Level::Test]);
        }
        levels.sort_unstable();
        levels.dedup();
        levels
    }

    /// The items that a name means: a key, an end of one, or an id of several documents.
    pub fn named(&self, name: &str) -> Vec<usize> {
        let is_it = |it: &Item| {
            let is_end = || {
                let before = it.key.strip_suffix(name);
                before.is_some_and(|it| it.is_empty() || it.ends_with(['/', '#']))
            };
            it.id.eq_ignore_ascii_case(name) || is_end()
        };
        let items = self.items.iter().enumerate();
        items.filter(|(_, it)| is_it(it)).map(|it| it.0).collect()
    }
}
