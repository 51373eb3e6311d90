//! An endpoint with what it does, and why we believe so.

use groundplan_syntax::Span;
use serde_json::Value;

use super::{Access, Aggregate, Bulk, Export, ListShape, Query, Session};
use crate::Certainty;
use crate::document::{ErrorCase, Method};

/// One endpoint.
#[derive(Clone, Debug)]
pub struct Route {
    /// Its method.
    pub method: Method,
    /// Its whole path, base path included.
    pub path: Vec<Segment>,
    /// What it is for, in the document's words.
    pub summary: String,
    /// What it does.
    pub operation: Operation,
    /// On which rows; `None` only for [`Operation::Underived`].
    pub binding: Option<Binding>,
    /// The status of success.
    pub success: u16,
    /// Who may use it.
    pub access: Access,
    /// The form of a list answer.
    pub list: ListShape,
    /// What a request may ask for in its query string.
    pub query: Query,
    /// Error rows that belong to this endpoint alone.
    pub errors: Vec<ErrorCase>,
    /// The documented request body.
    pub request_example: Option<Value>,
    /// The documented answer.
    pub response_example: Option<Value>,
    /// Where the document states it.
    pub span: Span,
    /// The statement that holds `span`: a row, an item, a heading.
    pub statement: Span,
    /// How sure the binding is.
    pub certainty: Certainty,
    /// Why: one entry a rule.
    pub evidence: Vec<Evidence>,
}

/// A part of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// To be matched as it is.
    Literal(String),
    /// `{name}`
    Parameter(String),
}

/// What an endpoint does (rule D4).
#[derive(Clone, Debug, PartialEq)]
pub enum Operation {
    /// Rows of a collection, by pages.
    List,
    /// A new row.
    Create,
    /// One row by its key.
    Read,
    /// All writable columns of a row (PUT).
    Replace,
    /// Some columns of a row (PATCH, RFC 7396).
    Update,
    /// A row goes.
    Delete,
    /// The one child row of a parent.
    ReadSingleton,
    /// The one child row of a parent, created or replaced.
    PutSingleton,
    /// A change of state.
    Transition(Transition),
    /// Something about the caller's own account.
    Session(Session),
    /// Figures over the rows of a collection.
    Aggregate(Aggregate),
    /// The rows of a collection as a file.
    Export(Export),
    /// Several new rows.
    CreateMany(Bulk),
    /// Several rows change.
    UpdateMany(Bulk),
    /// Several rows go.
    DeleteMany(Bulk),
    /// Nothing could be derived: 501 with this reason.
    Underived(String),
}

/// A change of state (rule D6).
#[derive(Clone, Debug, PartialEq)]
pub struct Transition {
    /// Position of the state's column.
    pub column: usize,
    /// The new state.
    pub to: String,
    /// The states that it may start from; empty for any.
    pub from: Vec<String>,
}

/// The rows that an endpoint works on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// Index of the resource.
    pub resource: usize,
    /// The path parameter that picks the row.
    pub key: Option<Key>,
    /// The parent in the path.
    pub parent: Option<Parent>,
}

/// A path parameter and the column that it is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The parameter's name.
    pub parameter: String,
    /// Position of the column in its resource.
    pub column: usize,
}

/// The row that a child belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parent {
    /// Index of the parent's resource.
    pub resource: usize,
    /// The path parameter that picks the parent, and its column there.
    pub key: Key,
    /// Position of the child's column that refers to the parent.
    pub foreign_key: usize,
}

/// Why a binding was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The rule, such as `D4.1`.
    pub rule: &'static str,
    /// What it concluded.
    pub note: String,
    /// What it rests on.
    pub span: Span,
}

impl Route {
    /// The path in its usual form: `/api/v1/exports/{export_id}`.
    pub fn path_text(&self) -> String {
        let segment = |it: &Segment| match it {
            Segment::Literal(text) => format!("/{text}"),
            Segment::Parameter(name) => format!("/{{{name}}}"),
        };
        if self.path.is_empty() { "/".to_owned() } else { self.path.iter().map(segment).collect() }
    }
}
