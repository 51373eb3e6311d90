//! Statements of one endpoint, from all forms, as one (rule D1).

use groundplan_syntax::Span;

use super::{note, paths};
use crate::Certainty;
use crate::document::{Document, Endpoint, Method};
use crate::service::{Note, NoteLevel, Segment};

/// An endpoint with everything that states it.
pub(super) struct Statement {
    pub(super) method: Method,
    pub(super) path: Vec<Segment>,
    /// Indexes of [`Document::endpoints`], in the document's order.
    pub(super) endpoints: Vec<usize>,
    /// Indexes of [`Document::operations`].
    pub(super) operations: Vec<usize>,
    /// Where it is first stated.
    pub(super) span: Span,
    /// The row, item or heading of that.
    pub(super) statement: Span,
    pub(super) certainty: Certainty,
}

impl Statement {
    /// The endpoint's statements in the document.
    pub(super) fn stated<'a>(
        &'a self,
        document: &'a Document,
    ) -> impl Iterator<Item = &'a Endpoint> {
        self.endpoints.iter().filter_map(|at| document.endpoints.get(*at))
    }
}

/// Every endpoint once, in the document's order. Rows of a template that nobody filled in are noted
/// and left out.
pub(super) fn merge(document: &Document, notes: &mut Vec<Note>) -> Vec<Statement> {
    let mut found: Vec<Statement> = Vec::new();
    for (index, endpoint) in document.endpoints.iter().enumerate() {
        if is_unfilled(&endpoint.path) {
            let message =
                format!("`{}` is a template that nobody filled in: no route", endpoint.path);
            note(notes, NoteLevel::Error, "D1", endpoint.span, message);
            continue;
        }
        match find(&mut found, endpoint.method, &endpoint.full_path()) {
            Some(statement) => statement.endpoints.push(index),
            None => found.push(first(index, endpoint)),
        }
    }
    for (index, operation) in document.operations.iter().enumerate() {
        let statement = find(&mut found, operation.method, &operation.path);
        statement.into_iter().for_each(|statement| statement.operations.push(index));
    }
    found
}

fn find<'a>(found: &'a mut [Statement], method: Method, path: &str) -> Option<&'a mut Statement> {
    let shape = paths::shape(&paths::segments(path));
    found.iter_mut().find(|it| it.method == method && paths::shape(&it.path) == shape)
}

fn first(index: usize, endpoint: &Endpoint) -> Statement {
    Statement {
        method: endpoint.method,
        path: paths::segments(&endpoint.full_path()),
        endpoints: vec![index],
        operations: Vec::new(),
        span: endpoint.span,
        statement: endpoint.statement,
        certainty: endpoint.certainty,
    }
}

fn is_unfilled(path: &str) -> bool {
    path.contains("[") || path.contains("{{") || path.contains("...") || path.contains('*')
}
