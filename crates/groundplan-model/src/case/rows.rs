//! The document's rows that a verification is about.

use groundplan_syntax::Span;

use crate::ServicePlan;
use crate::service::{Refusal, Route, Who};

/// A row of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it states.
    pub kind: RowKind,
    /// Where.
    pub span: Span,
    /// `POST /api/v1/exports`; empty for a row that holds for all endpoints.
    pub endpoint: String,
    /// The status that it documents.
    pub status: u16,
    /// What it says, in the document's words.
    pub description: String,
}

/// What a row states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// An endpoint's success; the route's position.
    Success(usize),
    /// A status among an endpoint's own errors; the route's position.
    EndpointError(usize),
    /// A row of the errors of all endpoints.
    Error,
    /// A sentence that asks for a token or sets a limit, where no row has its status.
    Policy,
    /// What HTTP asks for whatever the document says.
    Protocol,
}

/// All rows, and where to find which.
pub(super) struct Rows {
    pub(super) list: Vec<Row>,
}

impl Rows {
    pub(super) fn of(plan: &ServicePlan) -> Self {
        let mut list = Vec::new();
        for (index, route) in plan.routes.iter().enumerate() {
            list.push(success(index, route));
            list.extend(own_errors(index, route));
        }
        list.extend(general(plan));
        list.extend(policies(plan));
        list.extend(method_not_allowed(plan));
        list.sort_by_key(|row: &Row| row.span.start);
        Self { list }
    }

    /// The row of the route's success.
    pub(super) fn success(&self, route: usize) -> Option<usize> {
        self.position(|row| row.kind == RowKind::Success(route))
    }

    /// The rows that document `status` for a route: its own and the general one.
    pub(super) fn documenting(&self, route: usize, status: u16) -> Vec<usize> {
        let own =
            self.position(|row| row.kind == RowKind::EndpointError(route) && row.status == status);
        own.into_iter().chain(self.general(status)).collect()
    }

    /// The row that documents `status` for all endpoints.
    pub(super) fn general(&self, status: u16) -> Option<usize> {
        let is_general =
            |row: &Row| matches!(row.kind, RowKind::Error | RowKind::Policy | RowKind::Protocol);
        self.position(|row| is_general(row) && row.status == status)
    }

    fn position(&self, is_it: impl Fn(&Row) -> bool) -> Option<usize> {
        self.list.iter().position(is_it)
    }
}

fn endpoint(route: &Route) -> String {
    format!("{} {}", route.method.as_str(), route.path_text())
}

fn success(index: usize, route: &Route) -> Row {
    Row {
        kind: RowKind::Success(index),
        span: route.span,
        endpoint: endpoint(route),
        status: route.success,
        description: route.summary.clone(),
    }
}

fn own_errors(index: usize, route: &Route) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for case in &route.errors {
        if rows.iter().all(|row| row.status != case.status) {
            rows.push(Row {
                kind: RowKind::EndpointError(index),
                span: case.span,
                endpoint: endpoint(route),
                status: case.status,
                description: case.meaning.text.clone(),
            });
        }
    }
    rows
}

fn general(plan: &ServicePlan) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for case in &plan.error_cases {
        if rows.iter().all(|row| row.status != case.status) {
            rows.push(all(RowKind::Error, case.span, case.status, &case.meaning.text));
        }
    }
    rows
}

/// Sentences that make a refusal for which no row has the status.
fn policies(plan: &ServicePlan) -> Vec<Row> {
    let mut rows = Vec::new();
    let undocumented = |status: u16| {
        let knows = |route: &Route| plan.documents(route, status);
        !plan.routes.iter().any(knows)
    };
    if let Some(auth) = plan.auth.as_ref().filter(|_| undocumented(401)) {
        rows.push(all(RowKind::Policy, auth.span, 401, "who calls is asked for"));
    }
    if let Some(span) = for_some(plan).filter(|_| undocumented(403)) {
        rows.push(all(RowKind::Policy, span, 403, "some callers only"));
    }
    let limited = Refusal::RateLimited.statuses();
    if let Some(limit) = &plan.rate_limit
        && limited.iter().all(|status| undocumented(*status))
    {
        rows.push(all(RowKind::Policy, limit.span, 429, "requests are limited"));
    }
    for quota in &plan.quotas {
        if undocumented(quota.status) {
            rows.push(all(RowKind::Policy, quota.span, quota.status, "rows are limited"));
        }
    }
    rows
}

/// The first place that lets some callers in only.
fn for_some(plan: &ServicePlan) -> Option<Span> {
    let limited = plan.routes.iter().filter(|it| matches!(it.access.who, Who::Roles(_)));
    limited.filter_map(|it| it.access.span).next()
}

/// The one row that is nowhere in the document: it stands with the first endpoint.
fn method_not_allowed(plan: &ServicePlan) -> Option<Row> {
    let route = plan.routes.first()?;
    let known = plan.error_cases.iter().any(|case| case.status == 405);
    let says = "a method that the path does not have (RFC 9110, 15.5.6)";
    (!known).then(|| all(RowKind::Protocol, route.span, 405, says))
}

fn all(kind: RowKind, span: Span, status: u16, description: &str) -> Row {
    Row { kind, span, endpoint: String::new(), status, description: description.to_owned() }
}
