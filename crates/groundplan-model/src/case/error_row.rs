//! What is left: the method that a path does not have, and rows that no request can prove.

use crate::ServicePlan;
use crate::document::Method;
use crate::service::{Operation, Route, Segment, Who};

use super::check::Check;
use super::request::{Body, Caller, Headers, Part, Request, Target};
use super::rows::{Row, RowKind, Rows};
use super::scene::About;
use super::value::Values;
use super::{Case, Purpose, Step, Work};

/// The methods that are tried on a path that does not have them.
const TRIED: [Method; 4] = [Method::Delete, Method::Put, Method::Patch, Method::Post];

/// The case of 405.
pub(super) fn method(plan: &ServicePlan, rows: &Rows, values: &mut Values) -> Option<Case> {
    let row = rows.general(405)?;
    let (path, has) = plan.routes.iter().find_map(|route| lacking(plan, route))?;
    let method = TRIED.into_iter().find(|method| !has.contains(method))?;
    let name = format!("with a method that the path does not have: {}", method.as_str());
    let request = Request {
        route: None,
        method,
        target: Target::Path(path.iter().map(|it| part(it, values)).collect()),
        query: Vec::new(),
        caller: Caller::Nth(0),
        headers: Headers::default(),
        media_type: None,
        body: Body::None,
    };
    let check = Check::MethodNotAllowed(has);
    let step = Step { purpose: Purpose::Test, request, check, row: None, says: None };
    let (because, cleanup) = Default::default();
    Some(Case { name, rows: vec![row], because, work: Work::Steps(vec![step]), cleanup })
}

/// A path that lacks one of the methods, with those that it has.
fn lacking<'p>(plan: &'p ServicePlan, route: &'p Route) -> Option<(&'p [Segment], Vec<Method>)> {
    let same = plan.routes.iter().filter(|it| shape(it) == shape(route));
    let has: Vec<Method> = same.map(|it| it.method).collect();
    TRIED.iter().any(|method| !has.contains(method)).then_some((route.path.as_slice(), has))
}

/// A path with its parameters' names left out.
fn shape(route: &Route) -> Vec<Option<&str>> {
    let segments = route.path.iter();
    let literals = segments.map(|it| match it {
        Segment::Literal(text) => Some(text.as_str()),
        Segment::Parameter(_) => None,
    });
    literals.collect()
}

fn part(segment: &Segment, values: &mut Values) -> Part {
    match segment {
        Segment::Literal(text) => Part::Text(text.clone()),
        Segment::Parameter(_) => Part::Text(values.uuid()),
    }
}

/// Rows that no case is about, each with the reason.
pub(super) fn unproved(plan: &ServicePlan, rows: &Rows, cases: &[Case]) -> Vec<Case> {
    let proved = |at: usize| cases.iter().any(|case| case.rows.contains(&at));
    let left = rows.list.iter().enumerate().filter(|(at, _)| !proved(*at));
    left.map(|(at, row)| reason(plan, row, at)).collect()
}

fn reason(plan: &ServicePlan, row: &Row, at: usize) -> Case {
    let about = About { name: String::new(), rows: vec![at], because: Vec::new() };
    if let RowKind::EndpointError(index) = row.kind
        && let Some(Operation::Underived(reason)) =
            plan.routes.get(index).map(|route| &route.operation)
    {
        return about.skipped(format!("not derivable: {reason}"));
    }
    about.not_provoked(why(plan, row.status).to_owned())
}

fn why(plan: &ServicePlan, status: u16) -> &'static str {
    match status {
        401 if plan.auth.is_none() => "the document asks for no token",
        403 if !plan.routes.iter().any(|it| matches!(it.access.who, Who::Roles(_))) => {
            "the document says of no endpoint that it is for some roles only"
        }
        429 if plan.rate_limit.is_none() => "the document states no limit",
        500 => "500 has no request that should cause it",
        502 | 504 => "it needs another service to be down or slow",
        503 => "503 needs the database to be down or busy",
        _ => "no rule that could be read from the document leads to this status here",
    }
}
