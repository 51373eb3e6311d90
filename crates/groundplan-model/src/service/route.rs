//! An endpoint with what it does, and why we believe so.

use groundplan_syntax::Span;
use serde_json::Value;

use super::rule::Rule;
use super::{
    Access, Aggregate, Bulk, Deferral, Export, History, ListShape, Query, Session, Upload,
};
use crate::Certainty;
use crate::document::{ErrorCase, Method, PromisedHeader};
use crate::schema::Column;

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
    /// What is answered where the work is done later.
    pub deferral: Option<Deferral>,
    /// Who may use it.
    pub access: Access,
    /// The form of a list answer.
    pub list: ListShape,
    /// What a request may ask for in its query string; of a search, in its body.
    pub query: Query,
    /// Members of the body that an action takes; none for operations on a resource's fields.
    pub members: Vec<Member>,
    /// Conditions and effects that a rule block adds.
    pub rule: Option<Rule>,
    /// Headers that the document promises.
    pub promises: Vec<Promise>,
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
    /// The same, where the request's body says which (POST).
    Search,
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
    /// A file for a new row, or for the row of the path.
    Upload(Upload),
    /// The bytes of a row's file.
    Download,
    /// Something about the caller's own account.
    Session(Session),
    /// Entries of the audit log about one row, by pages, the newest first.
    History(History),
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
    /// One row of a collection, replaced, or made where there is none with this key (PUT).
    Upsert,
    /// A row of a junction table, made where it is not there yet.
    Link,
    /// A row of a junction table goes, if it is there.
    Unlink,
    /// What the route's rule block says, and nothing else.
    Act,
    /// What every service has, whatever its document says.
    Builtin(Builtin),
    /// Nothing could be derived: 501 with this reason.
    Underived(String),
}

/// A change of state (rule D6).
#[derive(Clone, Debug, PartialEq)]
pub struct Transition {
    /// Position of the state's column: an enumeration, a boolean, or the time at which the state
    /// was reached.
    pub column: usize,
    /// The new state; `true` or `false` of a boolean, the column's name of a time.
    pub to: String,
    /// The states that it may start from; empty for any.
    pub from: Vec<String>,
    /// Other columns that say the same and change with it.
    pub also: Vec<Assignment>,
}

/// What an action gives a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    /// Position of the column.
    pub column: usize,
    /// What it gets.
    pub value: Assigned,
}

impl Transition {
    /// Where an action leads that empties the time that marks a state: `unarchive`.
    pub const NOTHING: &str = "null";
}

/// A value that no request carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assigned {
    /// True or false.
    Boolean(bool),
    /// The time of the request.
    Now,
    /// Nothing: NULL.
    Null,
}

/// What every service has, whatever its document says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Builtin {
    /// Whether the process runs.
    Live,
    /// Whether requests can be answered.
    Ready,
    /// Figures for monitoring.
    Metrics,
    /// The OpenAPI description.
    OpenApi,
    /// The API page.
    Docs,
}

/// A member of an action's body.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// What it may hold, as a column would.
    pub column: Column,
    /// Whether a request must have it.
    pub required: bool,
    /// Position of the row's column that keeps it.
    pub kept_in: Option<usize>,
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
    /// Position of the one column that the path names: bodies and answers hold it alone.
    pub value: Option<usize>,
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
    /// Position of the child's column that refers to the parent; with `through`, to the table
    /// between them.
    pub foreign_key: usize,
    /// The table between the two, where the child does not refer to the parent itself.
    pub through: Option<Through>,
}

/// A table between a child and its parent: a junction, one hop on the way, or the parent's own row
/// that refers to the child. The child's rows are those whose `foreign_key` is among the values of
/// `to_child` in the rows whose `to_parent` is the parent's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Through {
    /// Index of its resource.
    pub resource: usize,
    /// Position of its column that equals the parent's key.
    pub to_parent: usize,
    /// Position of its column that equals the child's `foreign_key`.
    pub to_child: usize,
}

/// A header that the document promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promise {
    /// Which one.
    pub header: PromisedHeader,
    /// The sentence.
    pub span: Span,
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
    /// Whether the request carries a JSON object.
    pub fn takes_body(&self) -> bool {
        self.operation.has_body() || !self.members.is_empty()
    }

    /// Where the document promises `header` of it.
    pub fn promises(&self, header: PromisedHeader) -> Option<Span> {
        self.promises.iter().find(|it| it.header == header).map(|it| it.span)
    }

    /// Whether the path's parent fills the column at `index` of a new row.
    pub fn is_from_path(&self, index: usize) -> bool {
        let parent = self.binding.as_ref().and_then(|it| it.parent.as_ref());
        parent.is_some_and(|it| it.through.is_none() && it.foreign_key == index)
    }

    /// The path in its usual form: `/api/v1/exports/{export_id}`.
    pub fn path_text(&self) -> String {
        let segment = |it: &Segment| match it {
            Segment::Literal(text) => format!("/{text}"),
            Segment::Parameter(name) => format!("/{{{name}}}"),
        };
        if self.path.is_empty() { "/".to_owned() } else { self.path.iter().map(segment).collect() }
    }
}
