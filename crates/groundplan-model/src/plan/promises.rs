//! Headers that the document promises, bound to their routes (rule D7).
//!
//! A sentence in an endpoint's section is about that endpoint's rows. Any other is about the routes
//! whose rows it names, or about all where it names none: "Orders carry an `ETag`".

#[cfg(test)]
mod tests;

use super::{caches, names, paths};
use crate::document::{Document, Endpoint, Method, PolicyKind, PromisedHeader};
use crate::service::{Evidence, Operation, Promise, Route, ServicePlan};

/// Adds the promises to the plan's routes.
pub(super) fn settle(document: &Document, plan: &mut ServicePlan) {
    for policy in &document.policies {
        let PolicyKind::Promised { header, endpoint } = policy.kind else { continue };
        let routes = match endpoint.and_then(|at| document.endpoints.get(at)) {
            Some(endpoint) => beside(plan, header, endpoint),
            None => named(plan, header, &policy.text.text),
        };
        for at in routes {
            let Some(route) = plan.routes.get_mut(at) else { continue };
            if route.promises(header).is_none() {
                let span = policy.text.span;
                route.promises.push(Promise { header, span });
                let note = sentence(header).to_owned();
                route.evidence.push(Evidence { rule: "D7", note, span });
            }
        }
    }
}

fn sentence(header: PromisedHeader) -> &'static str {
    match header {
        PromisedHeader::ETag => "answers carry an `ETag`",
        PromisedHeader::IdempotencyKey => "requests may carry an `Idempotency-Key`",
        PromisedHeader::XCache => "answers say in `X-Cache` whether they are copies",
    }
}

/// The routes on the endpoint's rows; of a write the endpoint's own.
fn beside(plan: &ServicePlan, header: PromisedHeader, endpoint: &Endpoint) -> Vec<usize> {
    let path = paths::shape(&paths::segments(&endpoint.full_path()));
    let is_own = |it: &Route| it.method == endpoint.method && paths::shape(&it.path) == path;
    let rows = |it: &Route| it.binding.as_ref().map(|it| it.resource);
    let Some(own) = plan.routes.iter().find(|it| is_own(it)) else { return Vec::new() };
    let is_here = |at: &usize| {
        let route = plan.routes.get(*at);
        route.is_some_and(|it| match header {
            PromisedHeader::ETag => rows(it) == rows(own),
            _ => is_own(it),
        })
    };
    fitting(plan, header).into_iter().filter(is_here).collect()
}

fn named(plan: &ServicePlan, header: PromisedHeader, sentence: &str) -> Vec<usize> {
    let words = sentence.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty());
    let words: Vec<String> = words.map(|it| names::singular(&it.to_lowercase())).collect();
    let is_named = |at: &usize| plan.routes.get(*at).is_some_and(|it| names(plan, it, &words));
    let all = fitting(plan, header);
    let named: Vec<usize> = all.iter().copied().filter(is_named).collect();
    if named.is_empty() { all } else { named }
}

fn names(plan: &ServicePlan, route: &Route, words: &[String]) -> bool {
    let uploads = matches!(route.operation, Operation::Upload(_));
    let nouns = caches::nouns(plan, route);
    words.iter().any(|word| nouns.contains(word) || uploads && word == "upload")
}

/// The routes that could keep such a promise.
fn fitting(plan: &ServicePlan, header: PromisedHeader) -> Vec<usize> {
    let fits = |at: usize, route: &Route| match header {
        PromisedHeader::ETag => {
            let is_whole = route.binding.as_ref().is_some_and(|it| it.value.is_none());
            is_whole && matches!(route.operation, Operation::Read | Operation::ReadSingleton)
        }
        PromisedHeader::IdempotencyKey => route.method == Method::Post && route.makes_row(),
        PromisedHeader::XCache => plan.caches.iter().any(|it| it.route == at),
    };
    let routes = plan.routes.iter().enumerate();
    routes.filter(|(at, route)| fits(*at, route)).map(|(at, _)| at).collect()
}
