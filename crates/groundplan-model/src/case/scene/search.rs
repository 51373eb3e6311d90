//! The body of a search: what other lists are asked in their query string, as members.

use super::Scene;
use crate::case::request::{Body, Item, Request};
use crate::service::{Operation, Query, Test};

type Members = Vec<(String, Item)>;

impl Scene<'_, '_> {
    /// Moves what a search is asked for from its query string into its body.
    pub(super) fn as_search(&self, mut request: Request) -> Request {
        let route = request.route.and_then(|at| self.plan.routes.get(at));
        let Some(route) = route.filter(|it| it.operation == Operation::Search) else {
            return request;
        };
        if let Body::Object(members) = &mut request.body {
            for (path, value) in request.query.drain(..) {
                let value =
                    if takes_many(&route.query, &path) { Item::Many(vec![value]) } else { value };
                put(members, &path, value);
            }
        }
        request
    }
}

fn takes_many(query: &Query, path: &str) -> bool {
    query.filters.iter().any(|it| it.parameter == path && it.test == Test::In)
}

/// Puts a value at its path: `filters.price.gte` is a member of a member of a member.
fn put(members: &mut Members, path: &str, value: Item) {
    let Some((outer, rest)) = path.split_once('.') else {
        return members.push((path.to_owned(), value));
    };
    let known = members.iter_mut().find(|(name, it)| name == outer && is_object(it));
    if let Some((_, Item::Object(inner))) = known {
        return put(inner, rest, value);
    }
    let mut inner = Members::new();
    put(&mut inner, rest, value);
    members.push((outer.to_owned(), Item::Object(inner)));
}

fn is_object(item: &Item) -> bool {
    matches!(item, Item::Object(_))
}
