//! Who may do what (rule D7): how callers prove who they are, and which endpoints are for whom.

mod action;
mod cell;
#[cfg(test)]
mod tests;

use groundplan_syntax::Span;

use super::statements::Statement;
use super::{accounts, note, own_rows};
use crate::document::{Document, Grant, Policy, PolicyKind};
use crate::service::{
    Access, Auth, Evidence, Note, NoteLevel, Operation, Resource, Route, Scheme, SessionKind, Who,
};
use action::Service;

/// How callers prove who they are: by a sentence, else by a column of the endpoints' table, else
/// because there are endpoints to sign in.
pub(super) fn auth(
    document: &Document,
    statements: &[Statement],
    notes: &mut Vec<Note>,
) -> Option<Auth> {
    let mut schemes: Vec<(Scheme, Span)> = document.policies.iter().filter_map(scheme).collect();
    if schemes.is_empty()
        && let Some(span) = asked_by_cell(document, statements)
    {
        schemes.push((Scheme::Bearer, span));
    }
    if schemes.is_empty()
        && let Some(statement) = statements.iter().find(|it| accounts::signs_in(it))
    {
        let message = "endpoints ask for a bearer token: there is one to sign in".to_owned();
        note(notes, NoteLevel::Assumption, "D7", statement.span, message);
        schemes.push((Scheme::Bearer, statement.span));
    }
    let span = schemes.first()?.1;
    let mut kinds: Vec<Scheme> = Vec::new();
    for (scheme, _) in schemes {
        if !kinds.contains(&scheme) {
            kinds.push(scheme);
        }
    }
    let (audience, issuer) = (claim(document, "aud"), claim(document, "iss"));
    Some(Auth { schemes: kinds, span, audience, issuer, accounts: None })
}

fn scheme(policy: &Policy) -> Option<(Scheme, Span)> {
    let scheme = match &policy.kind {
        PolicyKind::BearerToken => Scheme::Bearer,
        PolicyKind::ApiKey { header } => Scheme::ApiKey(header.clone()),
        _ => return None,
    };
    Some((scheme, policy.text.span))
}

fn claim(document: &Document, wanted: &str) -> Option<String> {
    document.policies.iter().find_map(|policy| match &policy.kind {
        PolicyKind::Claim { name, value } if *name == wanted => Some(value.clone()),
        _ => None,
    })
}

/// The first cell that asks for a caller.
fn asked_by_cell(document: &Document, statements: &[Statement]) -> Option<Span> {
    let cells =
        statements.iter().flat_map(|it| it.stated(document)).filter_map(|it| it.access.as_ref());
    cells
        .filter(|it| cell::access(&it.text).is_some_and(|it| it.who != Who::Anybody))
        .map(|it| it.span)
        .next()
}

/// Settles who may use each route.
pub(super) fn settle(
    document: &Document,
    statements: &[Statement],
    routes: &mut [Route],
    resources: &mut [Resource],
    notes: &mut Vec<Note>,
) {
    let service = Service::new(routes, resources);
    for (at, (route, statement)) in routes.iter_mut().zip(statements).enumerate() {
        let found = stated(document, statement)
            .or_else(|| granted(document, &service, at, notes))
            .unwrap_or_else(|| by_itself(route));
        if let Some(span) = found.access.span {
            route.evidence.push(Evidence { rule: "D7", note: sentence(&found.access), span });
        }
        if found.own {
            scope(resources, route, notes);
        }
        route.access = found.access;
    }
    for policy in &document.policies {
        if let PolicyKind::SeesAll { roles } = &policy.kind {
            see_all(routes, resources, roles);
        }
    }
}

/// What was found about one route.
struct Found {
    access: Access,
    /// Whether some callers reach their own rows only.
    own: bool,
}

/// What the endpoint's own row says.
fn stated(document: &Document, statement: &Statement) -> Option<Found> {
    let mut cells = statement.stated(document).filter_map(|it| it.access.as_ref());
    cells.find_map(|text| {
        let read = cell::access(&text.text)?;
        let access = Access { who: read.who, sees_all: read.sees_all, span: Some(text.span) };
        Some(Found { access, own: read.own })
    })
}

/// What sentences and matrices say: those that name the endpoint before those that speak of its
/// resource, and these before those of a verb alone.
fn granted(
    document: &Document,
    service: &Service,
    at: usize,
    notes: &mut Vec<Note>,
) -> Option<Found> {
    let fits =
        document.policies.iter().filter_map(|policy| Some((fit(policy, service, at)?, policy)));
    let mut fits: Vec<_> = fits.collect();
    fits.sort_by_key(|(fit, _)| *fit);
    let (best, policy) = *fits.first()?;
    let found = found(policy)?;
    let equals = fits.iter().skip(1).take_while(|(fit, _)| *fit == best);
    for (_, other) in equals {
        if self::found(other).is_some_and(|it| it.access.who != found.access.who) {
            let message = "two statements say who may do this: the first counts".to_owned();
            note(notes, NoteLevel::Assumption, "D7", other.text.span, message);
        }
    }
    Some(found)
}

fn fit(policy: &Policy, service: &Service, at: usize) -> Option<action::Fit> {
    match &policy.kind {
        PolicyKind::Grant(grant) => service.fit(&grant.action, at),
        // "Reads are public" of no resource in particular opens nothing.
        PolicyKind::Public { action } => {
            service.fit(action, at).filter(|fit| *fit < action::Fit::Verb)
        }
        _ => None,
    }
}

fn found(policy: &Policy) -> Option<Found> {
    let span = Some(policy.text.span);
    match &policy.kind {
        PolicyKind::Grant(grant) => Some(by_grant(grant, span)),
        PolicyKind::Public { .. } => {
            let access = Access { who: Who::Anybody, sees_all: Vec::new(), span };
            Some(Found { access, own: false })
        }
        _ => None,
    }
}

fn by_grant(grant: &Grant, span: Option<Span>) -> Found {
    let everyone = grant.own.iter().any(|it| it == "owner");
    let who = match everyone {
        true => Who::AnyCaller,
        false => Who::Roles(grant.roles.iter().chain(&grant.own).cloned().collect()),
    };
    let own = !grant.own.is_empty();
    let sees_all = if own { grant.roles.clone() } else { Vec::new() };
    Found { access: Access { who, sees_all, span }, own }
}

/// Endpoints to sign in, and those that are built in, need no proof; all others do.
fn by_itself(route: &Route) -> Found {
    let is_open = match &route.operation {
        Operation::Builtin(_) => true,
        Operation::Session(it) => !matches!(it.kind, SessionKind::Logout | SessionKind::Me),
        _ => accounts::is_registration(route),
    };
    let who = if is_open { Who::Anybody } else { Who::AnyCaller };
    Found { access: Access { who, ..Access::default() }, own: false }
}

/// Rows that some callers reach only as their owners are scoped for all. A collection below a row
/// that has an owner belongs to that row: who may comment on own tickets sees all comments there.
fn scope(resources: &mut [Resource], route: &Route, notes: &mut Vec<Note>) {
    let Some(binding) = &route.binding else { return };
    let has_owner = |at: &usize| resources.get(*at).is_some_and(|it| it.owner.is_some());
    let parent = binding.parent.as_ref().filter(|_| binding.key.is_none()).map(|it| it.resource);
    let at = parent.filter(has_owner).unwrap_or(binding.resource);
    let resource = resources.get_mut(at).filter(|it| it.owner.is_some() && !it.scoped);
    if let Some(resource) = resource {
        resource.scoped = true;
        own_rows::forget_open(&resource.table.name, notes);
    }
}

/// Lets roles reach the rows of every owner wherever rows belong to some.
fn see_all(routes: &mut [Route], resources: &[Resource], roles: &[String]) {
    for route in routes {
        let Some(binding) = &route.binding else { continue };
        let parent = binding.parent.as_ref().map(|it| it.resource);
        let mut touched = std::iter::once(binding.resource).chain(parent);
        if !touched.any(|at| resources.get(at).is_some_and(|it| it.scoped)) {
            continue;
        }
        for role in roles {
            if !route.access.sees_all.contains(role) {
                route.access.sees_all.push(role.clone());
            }
        }
    }
}

fn sentence(access: &Access) -> String {
    let all = match access.sees_all.as_slice() {
        [] => String::new(),
        roles => format!("; {} reaches the rows of every owner", roles.join(" or ")),
    };
    match &access.who {
        Who::Anybody => "public: no proof of who calls".to_owned(),
        Who::AnyCaller => format!("every caller who proves who they are{all}"),
        Who::Roles(roles) => format!("only with the role {}{all}", roles.join(" or ")),
    }
}
