//! What the binding of one endpoint looks at and writes down.

use groundplan_syntax::Span;

use super::note;
use super::statements::Statement;
use crate::document::Document;
use crate::service::{Evidence, Note, NoteLevel, Resource};

/// What the binding of one endpoint looks at.
pub(super) struct Scope<'a> {
    pub(super) resources: &'a [Resource],
    pub(super) document: &'a Document,
    pub(super) statement: &'a Statement,
    pub(super) evidence: Vec<Evidence>,
    pub(super) notes: &'a mut Vec<Note>,
    /// Word of a path and resource, where one of each was left (rule D3.7).
    pub(super) leftover: Option<(String, usize)>,
}

impl Scope<'_> {
    pub(super) fn because(&mut self, rule: &'static str, span: Span, note: String) {
        self.evidence.push(Evidence { rule, note, span });
    }

    /// What the endpoint's row says besides its path, in one text.
    pub(super) fn said(&self) -> String {
        let stated = self.statement.stated(self.document);
        let cells = stated.flat_map(|it| [&it.purpose, &it.request, &it.response]).flatten();
        cells.map(|it| it.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    pub(super) fn assume(&mut self, rule: &'static str, message: String) {
        note(self.notes, NoteLevel::Assumption, rule, self.statement.span, message);
    }
}

/// Why an endpoint has no handler.
pub(super) type Reason = String;
