//! Which reads are kept for a while (rule D7): keys bound to routes by their nouns.
//!
//! `feature:{id}` is the read of a feature, `user_features:{user_id}` the list of features. A time
//! that a sentence tells without a key holds for the keys that have none of their own.

#[cfg(test)]
mod tests;

use groundplan_syntax::Span;

use super::{names, note};
use crate::document::{Document, PolicyKind};
use crate::service::{NoteLevel, Operation, Route, RouteCache, Segment, ServicePlan};

/// A stated key.
struct Entry<'d> {
    key: &'d str,
    ttl_s: Option<u32>,
    span: Span,
}

/// Adds the kept reads to the plan.
pub(super) fn settle(document: &Document, plan: &mut ServicePlan) {
    let (entries, general) = stated(document);
    for entry in entries {
        let Some(ttl_s) = entry.ttl_s.or(general) else {
            let message = format!("`{}` is cached, but no time to live is stated", entry.key);
            note(&mut plan.notes, NoteLevel::Info, "D7", entry.span, message);
            continue;
        };
        let routes = routes(plan, entry.key);
        if routes.is_empty() {
            let message = format!("`{}` is cached, but no read is named so", entry.key);
            note(&mut plan.notes, NoteLevel::Info, "D7", entry.span, message);
        }
        for route in routes {
            if !plan.caches.iter().any(|it| it.route == route) {
                plan.caches.push(RouteCache { route, ttl_s, span: entry.span });
            }
        }
    }
}

/// The keys, those with a time first, and the time that holds for the others.
fn stated(document: &Document) -> (Vec<Entry<'_>>, Option<u32>) {
    let (mut entries, mut general) = (Vec::new(), None);
    for policy in &document.policies {
        let PolicyKind::Cached { key, ttl_s } = &policy.kind else { continue };
        match key {
            Some(key) => entries.push(Entry { key, ttl_s: *ttl_s, span: policy.text.span }),
            None => general = general.or(*ttl_s),
        }
    }
    entries.sort_by_key(|it| it.ttl_s.is_none());
    let general = general.or_else(|| entries.iter().find_map(|it| it.ttl_s));
    (entries, general)
}

/// The reads that a key's noun names: one row in the singular, lists in the plural.
fn routes(plan: &ServicePlan, key: &str) -> Vec<usize> {
    let name = names::snake(key.split(':').next().unwrap_or(key));
    let bare = name.strip_suffix("_list").unwrap_or(&name);
    let singular = names::singular(bare);
    let is_list = bare != name || singular != bare;
    let is_it = |route: &Route| {
        let fits = match route.operation {
            Operation::Read | Operation::ReadSingleton => !is_list,
            Operation::List => is_list,
            _ => false,
        };
        fits && nouns(plan, route).iter().any(|noun| named(&singular, noun))
    };
    let routes = plan.routes.iter().enumerate();
    routes.filter(|(_, route)| is_it(route)).map(|(at, _)| at).collect()
}

/// What a route's rows are called, in the singular: by their table and by the path.
pub(super) fn nouns(plan: &ServicePlan, route: &Route) -> Vec<String> {
    let resource = route.binding.as_ref().and_then(|it| plan.resources.get(it.resource));
    let literal = route.path.iter().rev().find_map(|segment| match segment {
        Segment::Literal(text) => Some(text.as_str()),
        Segment::Parameter(_) => None,
    });
    let names = resource.map(|it| it.name.as_str()).into_iter().chain(literal);
    names.map(|name| names::singular(&names::snake(name))).collect()
}

/// Whether `name` is `noun`, or ends with it: `user_feature` is a feature.
fn named(name: &str, noun: &str) -> bool {
    let lead = name.strip_suffix(noun);
    !noun.is_empty() && lead.is_some_and(|lead| lead.is_empty() || lead.ends_with('_'))
}
