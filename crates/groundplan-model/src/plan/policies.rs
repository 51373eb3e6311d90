//! What the service enforces beyond its schema (rule D7): limits, quotas.

use super::{names, note};
use crate::document::{Document, PolicyKind};
use crate::service::{NoteLevel, Operation, Quota, RateLimit, Refusal, Resource, ServicePlan};

/// The first stated limit of requests.
pub(super) fn rate_limit(document: &Document) -> Option<RateLimit> {
    document.policies.iter().find_map(|policy| match policy.kind {
        PolicyKind::RateLimit { count, window_s } => {
            Some(RateLimit { count, window_s, span: policy.text.span })
        }
        _ => None,
    })
}

/// Adds the quotas of resources that have an owner.
pub(super) fn quotas(document: &Document, plan: &mut ServicePlan) {
    for policy in &document.policies {
        let PolicyKind::Quota { count, resource, states } = &policy.kind else { continue };
        let span = policy.text.span;
        let Some(at) = by_noun(&plan.resources, resource) else {
            let message = format!("a quota of `{resource}` is stated, but no table is named so");
            note(&mut plan.notes, NoteLevel::Info, "D7", span, message);
            continue;
        };
        let known = known_states(plan.resources.get(at), states);
        if known.len() < states.len() {
            let message =
                format!("all rows of `{resource}` count: {} is no state", states.join(" "));
            note(&mut plan.notes, NoteLevel::Assumption, "D7", span, message);
        }
        let states = if known.len() < states.len() { Vec::new() } else { known };
        let status = status(plan, at);
        plan.quotas.push(Quota { resource: at, count: *count, states, status, span });
    }
}

fn by_noun(resources: &[Resource], noun: &str) -> Option<usize> {
    let noun = names::singular(&names::snake(noun));
    let named = |it: &Resource| names::singular(&names::snake(&it.table.name)) == noun;
    resources.iter().position(|it| named(it) && it.owner.is_some())
}

fn known_states(resource: Option<&Resource>, words: &[String]) -> Vec<String> {
    let columns = resource.map(|it| it.table.columns.as_slice()).unwrap_or_default();
    let allowed: Vec<&String> = columns.iter().flat_map(|column| &column.allowed).collect();
    let spelled = |word: &String| allowed.iter().find(|it| it.eq_ignore_ascii_case(word));
    words.iter().filter_map(spelled).map(|it| (*it).clone()).collect()
}

/// The status of a refused create: the first that fits among the create's own error rows.
fn status(plan: &ServicePlan, resource: usize) -> u16 {
    let creates = plan.routes.iter().find(|route| {
        let bound = route.binding.as_ref().is_some_and(|it| it.resource == resource);
        bound && route.operation == Operation::Create
    });
    let own = creates.and_then(|route| {
        let statuses = Refusal::QuotaReached.statuses().iter().copied();
        let mut own = statuses.filter(|status| route.errors.iter().any(|it| it.status == *status));
        own.next()
    });
    let fits = Refusal::QuotaReached.statuses();
    own.or_else(|| creates.map(|route| plan.status_for(route, fits))).unwrap_or(403)
}
