//! Requests about many rows.

use crate::case::Possible;
use crate::case::request::{Body, Item, Many, Request, RowId};
use crate::case::value::Size;
use crate::service::{Bulk, BulkSource, Operation, Route, Test};

use super::{Filled, Place, Scene, bound};

/// What a request about many rows writes.
pub(in crate::case) enum Written {
    /// New rows of these bodies.
    New(Vec<Filled>),
    /// Rows that are there, and what of each changes.
    Changed(Vec<(RowId, Vec<(String, Item)>)>),
    /// Rows that go.
    Gone(Vec<RowId>),
}

impl<'p> Scene<'_, 'p> {
    /// The request of `route` about two rows of `caller`, and what it writes.
    pub(in crate::case) fn bulk(
        &mut self,
        index: usize,
        bulk: &Bulk,
        caller: usize,
    ) -> Possible<(Request, Place, Written)> {
        let route = self.route(index)?;
        if let Operation::CreateMany(_) = route.operation {
            return self.bulk_create(index, route, bulk, caller);
        }
        let resource = bound(route)?;
        let rows = [self.make(resource, caller)?, self.make(resource, caller)?];
        let place = Place { row: None, ..self.place_of(index, rows[0]) };
        let mut request = self.request(index, place, caller)?;
        let key = self.resource(resource)?.key_index();
        let key = key.ok_or_else(|| "its rows have no single key".to_owned())?;
        let member = self.member(resource, key)?;
        if bulk.source == BulkSource::Query {
            request.query.push(self.by_query(route, rows[0])?);
            return Ok((request, place, Written::Gone(vec![rows[0]])));
        }
        let changes = match route.operation {
            Operation::UpdateMany(_) => self.one_change(route)?,
            _ => Vec::new(),
        };
        let key_of = |row: RowId| Item::Of(row, member.clone());
        let many = match &bulk.source {
            BulkSource::Keys { member, changes: beside_in } => Many {
                member: member.clone(),
                keys: rows.map(key_of).into(),
                beside: changes.clone(),
                beside_in: beside_in.clone(),
                ..Many::default()
            },
            BulkSource::Rows(member_) => {
                let row = |row: RowId| {
                    std::iter::once((member.clone(), key_of(row))).chain(changes.clone()).collect()
                };
                Many { member: member_.clone(), rows: rows.map(row).into(), ..Many::default() }
            }
            BulkSource::Query => Many::default(),
        };
        request.body = Body::Many(many);
        let written = match route.operation {
            Operation::UpdateMany(_) => {
                Written::Changed(rows.map(|row| (row, changes.clone())).into())
            }
            _ => Written::Gone(rows.into()),
        };
        Ok((request, place, written))
    }

    fn bulk_create(
        &mut self,
        index: usize,
        route: &'p Route,
        bulk: &Bulk,
        caller: usize,
    ) -> Possible<(Request, Place, Written)> {
        let parent = self.parent(route, caller)?;
        let mut bodies = Vec::new();
        for size in [Size::Usual, Size::Largest] {
            let mut filled = self.body(route, caller, size)?;
            filled.links.extend(parent);
            bodies.push(filled);
        }
        let place = Place { row: None, parent: parent.map(|(_, row)| row) };
        let mut request = self.request(index, place, caller)?;
        let member = match &bulk.source {
            BulkSource::Rows(member) => member.clone(),
            _ => None,
        };
        let rows = bodies.iter().map(|it| it.sent.clone()).collect();
        request.body = Body::Many(Many { member, rows, ..Many::default() });
        Ok((request, place, Written::New(bodies)))
    }

    /// One member that may change and that no other row has to differ in.
    fn one_change(&mut self, route: &'p Route) -> Possible<Vec<(String, Item)>> {
        let resource = self.resource(bound(route)?)?;
        let changes = self.changes(route)?;
        let is_unique = |name: &str| {
            let at = resource.fields.iter().position(|it| it.name == name);
            let column = at.and_then(|at| resource.column(at));
            column.is_some_and(|it| self.is_in_unique(resource, &it.name))
        };
        let free = changes.into_iter().find(|(name, _)| !is_unique(name));
        free.map(|it| vec![it]).ok_or_else(|| "none of its members may change".to_owned())
    }

    /// A filter that only this row passes, as far as the case knows.
    fn by_query(&self, route: &Route, row: RowId) -> Possible<(String, Item)> {
        let resource = bound(route)?;
        let key = self.resource(resource)?.key_index();
        let tells = |test: Test| matches!(test, Test::Equal | Test::In);
        let mut filters = route.query.filters.iter().filter(|it| tells(it.test));
        let found = filters.find(|it| Some(it.column) == key);
        let found = found.ok_or_else(|| "no parameter of it names one row".to_owned())?;
        Ok((found.parameter.clone(), Item::Of(row, self.member(resource, found.column)?)))
    }
}
