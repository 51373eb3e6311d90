//! What the binding of one endpoint looks at and writes down.

use groundplan_syntax::Span;

use super::statements::Statement;
use super::{examples, note, paths};
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
    /// A word before the collection that names no table of its own.
    pub(super) namespace: Option<String>,
}

/// How much was written down at some moment.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    evidence: usize,
    notes: usize,
}

impl Scope<'_> {
    /// How much is written down so far.
    pub(super) fn mark(&self) -> Mark {
        Mark { evidence: self.evidence.len(), notes: self.notes.len() }
    }

    /// Forgets what was assumed since, on a way that led nowhere; what is ambiguous stays so.
    pub(super) fn back_to(&mut self, mark: Mark) {
        self.evidence.truncate(mark.evidence);
        let later = self.notes.split_off(mark.notes.min(self.notes.len()));
        self.notes.extend(later.into_iter().filter(|note| note.level == NoteLevel::Error));
    }

    /// Forgets everything since: it was only tried.
    pub(super) fn forget(&mut self, mark: Mark) {
        self.evidence.truncate(mark.evidence);
        self.notes.truncate(mark.notes);
    }

    /// Whether a rule block names this endpoint.
    pub(super) fn has_rule(&self) -> bool {
        let own = paths::shape(&self.statement.path);
        self.document.rule_blocks.iter().any(|block| {
            let (method, path) = block.endpoint.text.split_once(' ').unwrap_or_default();
            let shape = paths::shape(&paths::segments(path.trim()));
            method.eq_ignore_ascii_case(self.statement.method.as_str()) && own.ends_with(&shape)
        })
    }

    /// Whether the endpoint's row or an example of it shows this status.
    pub(super) fn states_success(&self, status: u16) -> bool {
        let cells = self.statement.stated(self.document).filter_map(|it| it.response.as_ref());
        let shown = examples::statuses(self.document, self.statement);
        let mut words = cells.flat_map(|cell| cell.text.split(|c: char| !c.is_ascii_digit()));
        words.any(|word| word.parse() == Ok(status)) || shown.iter().any(|(it, _)| *it == status)
    }

    /// Two candidates of equal rank: a finding at the endpoint.
    pub(super) fn ambiguous(&mut self, rule: &'static str, message: &str) {
        note(self.notes, NoteLevel::Error, rule, self.statement.span, message.to_owned());
    }

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
