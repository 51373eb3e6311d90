//! What else must change: for a fact or a section, the documents that rest on it, the tasks that
//! cover it, the code that implements it, and its tests.
//!
//! Every answer has its reason, how sure it is, and how near. Pure: outlines and facts of code in,
//! places out.

mod code;
mod documents;
mod subject;
mod tasks;

use groundplan_model::code::{
    CodeFile, LinkedOperation, LinkedRoute, LinkedTable, link_operations, link_routes, link_tables,
};
use groundplan_model::{Certainty, Linked, Outline};
use groundplan_syntax::Span;

pub use subject::{Fact, Subject, names, of_differences, of_name, of_section};

/// Something that may have to change.
#[derive(Clone, Debug, PartialEq)]
pub struct Touched {
    /// What it is.
    pub kind: TouchedKind,
    /// Its file.
    pub path: String,
    /// Where in it.
    pub place: Place,
    /// Why: a clause about it.
    pub reason: String,
    /// How sure that is.
    pub certainty: Certainty,
    /// How near it is: 1 says the same thing, 2 names it, 3 is only about it.
    pub distance: u8,
}

/// What may have to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TouchedKind {
    /// A place of a document.
    Document,
    /// An item with a box.
    Task,
    /// A place of the code.
    Code,
    /// A test.
    Test,
}

impl TouchedKind {
    /// `document`, `task`, `code` or `test`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Task => "task",
            Self::Code => "code",
            Self::Test => "test",
        }
    }
}

/// A place of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Bytes of a document.
    Text(Span),
    /// A line of code, from 1.
    Line(u32),
    /// The file as a whole.
    File,
}

/// A subject with all that rests on it, the nearest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Impact {
    /// What changed, or is about to.
    pub subject: Subject,
    /// What may have to change with it.
    pub touched: Vec<Touched>,
}

/// Finds what rests on a subject in one way.
type Relation = fn(&Search<'_>, &Subject, &mut Vec<Touched>);

/// Every way.
static RELATIONS: &[Relation] = &[
    documents::made_from,
    documents::linked_to,
    documents::citing,
    documents::naming,
    tasks::covering,
    code::answering,
    code::storing,
    code::reading,
    code::tagged,
    code::defining,
    code::named_files,
];

/// Where is looked.
struct Search<'a> {
    linked: &'a Linked<'a>,
    code: &'a [CodeFile],
    routes: Vec<LinkedRoute>,
    operations: Vec<LinkedOperation<'a>>,
    tables: Vec<LinkedTable>,
}

impl<'a> Search<'a> {
    /// The documents that speak of the same thing as the one at `path` when they use the same name:
    /// itself and its chain; all of them for a subject of no document.
    fn scope(&self, path: &str) -> Vec<&'a Outline> {
        match self.linked.outline(path) {
            Some(own) => std::iter::once(own).chain(self.linked.chain_mates(own)).collect(),
            None => self.linked.outlines.iter().collect(),
        }
    }
}

/// What rests on each of `subjects`. Subjects that nothing rests on are among the answers.
pub fn impact(subjects: Vec<Subject>, linked: &Linked<'_>, code: &[CodeFile]) -> Vec<Impact> {
    let search = Search {
        linked,
        code,
        routes: link_routes(code),
        operations: link_operations(code),
        tables: link_tables(code),
    };
    subjects.into_iter().map(|subject| of_subject(&search, subject)).collect()
}

fn of_subject(search: &Search<'_>, subject: Subject) -> Impact {
    let mut touched = Vec::new();
    for relation in RELATIONS {
        relation(search, &subject, &mut touched);
    }
    touched.retain(|it| !is_itself(&subject, it));
    // The nearest reason for a place counts; a surer one before one that is less sure.
    let nearness = |it: &Touched| (it.distance, std::cmp::Reverse(it.certainty));
    touched.sort_by(|one, other| {
        let place = |it: &Touched| (it.kind, it.path.clone(), it.place);
        place(one).cmp(&place(other)).then_with(|| nearness(one).cmp(&nearness(other)))
    });
    touched.dedup_by(|later, first| {
        (later.kind, &later.path, later.place) == (first.kind, &first.path, first.place)
    });
    touched.sort_by(|one, other| {
        let key = |it: &Touched| (it.distance, it.kind, std::cmp::Reverse(it.certainty));
        key(one)
            .cmp(&key(other))
            .then_with(|| (&one.path, one.place).cmp(&(&other.path, other.place)))
    });
    Impact { subject, touched }
}

/// The place that is asked about.
fn is_itself(subject: &Subject, touched: &Touched) -> bool {
    let inside = |span: Span| match touched.place {
        Place::Text(place) => span.contains(place),
        _ => false,
    };
    touched.kind == TouchedKind::Document
        && touched.path == subject.path
        && subject.span.is_some_and(inside)
}

#[cfg(test)]
mod tests;
