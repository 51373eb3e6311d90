//! Changes of rows that are there.

use serde_json::Value;

use super::{Scene, bound};
use crate::case::Possible;
use crate::case::check::Check;
use crate::case::request::{Body, Item, Request, RowId};
use crate::case::value::Size;
use crate::service::{Operation, Route};

impl<'p> Scene<'_, 'p> {
    /// Adds a request that changes `row`; `false` where the document has none that surely does.
    pub(in crate::case) fn change(&mut self, row: RowId) -> Possible<bool> {
        let Some(resource) = self.made(row).map(|made| made.resource) else { return Ok(false) };
        let changes = |route: &Route| {
            let is_whole = route.binding.as_ref().is_some_and(|it| it.value.is_none());
            let writes = matches!(route.operation, Operation::Update | Operation::Replace);
            is_whole && writes && bound(route) == Ok(resource) && self.needs(route).is_ok()
        };
        let found = self.plan.routes.iter().enumerate().find(|(_, route)| changes(route));
        let Some((index, route)) = found else { return Ok(false) };
        let Ok(request) = self.changing_request(index, route, row) else { return Ok(false) };
        let answers = route.success != 204;
        self.setup(request, if answers { Check::Made(row) } else { Check::Done });
        Ok(answers)
    }

    /// The request of `route` with which `row` gets other values.
    pub(in crate::case) fn changing_request(
        &mut self,
        index: usize,
        route: &'p Route,
        row: RowId,
    ) -> Possible<Request> {
        let mut request = self.request(index, self.place_of(index, row), 0)?;
        let sent = match route.operation {
            Operation::Update => self.changes(route)?,
            _ => self.body(route, 0, Size::Largest)?.sent,
        };
        // Texts are made anew for each request; a flag may be what it was.
        let differs = |(_, item): &(String, Item)| matches!(item, Item::Is(Value::String(_)));
        if !sent.iter().any(differs) {
            return Err("none of its members surely gets another value".to_owned());
        }
        request.body = Body::Object(sent);
        Ok(request)
    }

    /// The rows of `resource` that the case has made.
    pub(in crate::case) fn all_made(&self, resource: usize) -> Vec<RowId> {
        let made = self.made.iter().enumerate().filter(|(_, made)| made.resource == resource);
        made.map(|(at, _)| RowId(at)).collect()
    }
}
