//! [`ServicePlan`]: the one resolved view of the service that a document describes.
//!
//! The OpenAPI file, the migration, the running server and the verifier are readers of it, so they
//! cannot disagree. Rule numbers (`D4.1`) are those of `docs/mapping.md`.

mod attempts;
mod auth;
mod deferral;
mod error_shape;
mod file;
mod handler;
mod history;
mod list_shape;
mod many;
mod outside;
mod query;
mod refusal;
mod resource;
mod route;
mod rule;
mod unique;

pub use attempts::{Attempts, Growth};
pub use auth::{Access, Accounts, Auth, Given, SESSIONS, Scheme, Session, SessionKind, Who};
pub use deferral::{Deferral, JobSlot};
pub use error_shape::{ErrorShape, Slot};
pub use file::{FileColumns, Upload};
pub use handler::Handler;
pub use history::{EntryPart, History};
pub use list_shape::{ListShape, PageSlot};
pub use many::{Aggregate, Bulk, BulkAnswer, BulkSlot, BulkSource, Export, ExportFormat, Figure};
pub use outside::{Breaker, CallLimit, Outside};
pub use query::{Deleted, Filter, Include, Included, PageForm, Paging, Query, Search, Sort, Test};
pub use refusal::Refusal;
pub use resource::{Field, Resource, Role, SoftDelete};
pub use route::{
    Assigned, Assignment, Binding, Builtin, Evidence, Key, Member, Operation, Parent, Promise,
    Route, Segment, Through, Transition,
};
pub use rule::{
    Alias, AliasKind, AnswerMember, Binary, Change, Expression, Otherwise, OutsideCall, Piece,
    Rule, Step, Tally, TallyKind, ValueKind,
};

use groundplan_syntax::{Source, Span};

use crate::document::ErrorCase;
use crate::schema::{Index, Rename, Table};

/// What a document's service does, route by route. Plain data; every reference is an index that
/// holds.
#[derive(Clone, Debug)]
pub struct ServicePlan {
    /// The document itself: spans below lie in it.
    pub source: Source,
    /// The document's title.
    pub title: String,
    /// The document's version, or `0.0.0`.
    pub version: String,
    /// The longest prefix that all paths share and that names no resource: `/api/v1`, or nothing.
    pub base_path: String,
    /// Tables with what their columns mean.
    pub resources: Vec<Resource>,
    /// Tables that the service keeps for itself; no route shows their rows.
    pub own_tables: Vec<Table>,
    /// Indexes of those tables.
    pub indexes: Vec<Index>,
    /// Endpoints, each once, in the document's order.
    pub routes: Vec<Route>,
    /// The form of error bodies.
    pub error_shape: ErrorShape,
    /// Error rows that hold for all endpoints, in the document's order.
    pub error_cases: Vec<ErrorCase>,
    /// How callers prove who they are; `None` for an open service.
    pub auth: Option<Auth>,
    /// Requests that one caller may make.
    pub rate_limit: Option<RateLimit>,
    /// Rows that one owner may have.
    pub quotas: Vec<Quota>,
    /// Rows that go after a time.
    pub retention: Vec<Keep>,
    /// What tables and columns were called in earlier documents.
    pub renames: Vec<Rename>,
    /// Whether every write is recorded.
    pub audit: Option<AuditLog>,
    /// Reads whose answers are kept for a while.
    pub caches: Vec<RouteCache>,
    /// Other services that the document names.
    pub outside: Vec<Outside>,
    /// What was assumed, and what could not be derived.
    pub notes: Vec<Note>,
}

/// At most `count` requests in `window_s` seconds for each caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// How many requests.
    pub count: u32,
    /// In how many seconds.
    pub window_s: u32,
    /// The sentence.
    pub span: Span,
}

/// At most `count` rows of a resource for each owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Index of the resource.
    pub resource: usize,
    /// How many rows.
    pub count: u32,
    /// States that count; empty for all.
    pub states: Vec<String>,
    /// The status of a refused create.
    pub status: u16,
    /// The sentence.
    pub span: Span,
}

/// Rows of a resource are kept for `days`, and then deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keep {
    /// Index of the resource.
    pub resource: usize,
    /// How many days.
    pub days: u32,
    /// Position of the column that tells since when.
    pub since: usize,
    /// States of rows that go; empty for all.
    pub states: Vec<String>,
    /// The row or the sentence.
    pub span: Span,
}

/// Every write is recorded, with who, what and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditLog {
    /// For how many days; `None` for ever.
    pub days: Option<u32>,
    /// The sentence or the row.
    pub span: Span,
}

/// A read whose answer is kept until it is too old, or a write changes what it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteCache {
    /// Index of the route.
    pub route: usize,
    /// For how many seconds.
    pub ttl_s: u32,
    /// What the document states it with.
    pub span: Span,
}

/// How much a note matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoteLevel {
    /// Worth knowing.
    Info,
    /// The handler works on an assumption.
    Assumption,
    /// There is no handler: the endpoint answers 501.
    Error,
}

/// Something that the plan assumed or could not derive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// How much it matters.
    pub level: NoteLevel,
    /// The rule, such as `D3.7`.
    pub rule: &'static str,
    /// What was assumed, or what is missing.
    pub message: String,
    /// Where in the document.
    pub span: Span,
}

impl ServicePlan {
    /// Whether a request to `route` must prove who calls.
    pub fn asks_who_calls(&self, route: &Route) -> bool {
        self.auth.is_some() && route.access.who != Who::Anybody
    }

    /// The statuses that the document knows for a route: its own errors, then those for all.
    pub fn documents(&self, route: &Route, status: u16) -> bool {
        route.errors.iter().any(|case| case.status == status)
            || self.error_cases.iter().any(|case| case.status == status)
    }

    /// Leaves endpoints that are not derived without the document's example of their answer.
    pub fn forget_examples(&mut self) {
        let underived = |it: &&mut Route| matches!(it.operation, Operation::Underived(_));
        self.routes.iter_mut().filter(underived).for_each(|it| it.response_example = None);
    }

    /// The first of `wanted` that the document documents for `route`, or the first of all: rule D8.
    pub fn status_for(&self, route: &Route, wanted: &[u16]) -> u16 {
        let known = wanted.iter().copied().find(|status| self.documents(route, *status));
        known.or(wanted.first().copied()).unwrap_or(500)
    }

    /// The row of the document that documents `status` for `route`; the endpoint's own row first.
    pub fn error_case<'a>(&'a self, route: &'a Route, status: u16) -> Option<&'a ErrorCase> {
        let is_it = |case: &&ErrorCase| case.status == status;
        let case = route.errors.iter().find(is_it);
        case.or_else(|| self.error_cases.iter().find(is_it))
    }
}
