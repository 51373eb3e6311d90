//! Rows that are tied to each other by a table between them.

use crate::case::Possible;
use crate::case::check::Check;
use crate::case::request::{Body, Item, RowId};
use crate::case::value::Size;
use crate::service::{Binding, Operation, Parent, Route, Through};

use super::{Place, Scene};

impl Scene<'_, '_> {
    /// The place of a row behind another table: both rows made, and tied.
    pub(super) fn place_through(
        &mut self,
        binding: &Binding,
        parent: &Parent,
        through: &Through,
        caller: usize,
    ) -> Possible<Place> {
        let above = self.make_sized(parent.resource, caller, Size::Largest)?;
        if through.resource == parent.resource {
            let links = self.made(above).map_or(&[][..], |made| &made.links);
            let row = links.iter().find(|(column, _)| *column == through.to_child);
            let row = row.map(|(_, row)| *row);
            let row = row.ok_or_else(|| "no request makes a row that refers to one".to_owned())?;
            return Ok(Place { row: Some(row), parent: Some(above) });
        }
        if binding.key.is_none() {
            return Ok(Place { row: None, parent: Some(above) });
        }
        let row = self.make(binding.resource, caller)?;
        self.tie(through, above, row, caller)?;
        Ok(Place { row: Some(row), parent: Some(above) })
    }

    /// Two rows that are not tied yet.
    pub(super) fn ends(
        &mut self,
        binding: &Binding,
        parent: &Parent,
        caller: usize,
    ) -> Possible<Place> {
        let above = self.make(parent.resource, caller)?;
        let junction = self.resource(binding.resource)?;
        let key = binding.key.as_ref().ok_or_else(|| "its path has no key".to_owned())?;
        let target = self.refers_to(junction, key.column).map(|(target, _)| target);
        let target = target.ok_or_else(|| "its key refers to no table".to_owned())?;
        let row = self.make(target, caller)?;
        Ok(Place { row: Some(row), parent: Some(above) })
    }

    /// Two rows that are tied.
    pub(super) fn linked_ends(
        &mut self,
        binding: &Binding,
        parent: &Parent,
        caller: usize,
    ) -> Possible<Place> {
        let place = self.ends(binding, parent, caller)?;
        let key = binding.key.as_ref().map_or(0, |key| key.column);
        let through =
            Through { resource: binding.resource, to_parent: parent.foreign_key, to_child: key };
        if let (Some(above), Some(row)) = (place.parent, place.row) {
            self.tie(&through, above, row, caller)?;
        }
        Ok(place)
    }

    /// Ties two rows by a junction table: with its link endpoint, or with one that creates a row of
    /// it.
    pub(in crate::case) fn tie(
        &mut self,
        through: &Through,
        parent: RowId,
        row: RowId,
        caller: usize,
    ) -> Possible<()> {
        if let Some((index, route)) = self.route_of(through.resource, |it| *it == Operation::Link) {
            let place = ends_of(route, through, parent, row);
            let request = self.request(index, place, caller)?;
            self.setup(request, Check::Done);
            return Ok(());
        }
        let create = self.route_of(through.resource, |it| *it == Operation::Create);
        let (index, route) = create.ok_or_else(|| "no endpoint ties two such rows".to_owned())?;
        let junction = self.resource(through.resource)?;
        let place = ends_of(route, through, parent, row);
        let (above, row) = (place.parent.unwrap_or(parent), place.row.unwrap_or(row));
        let column = if above == parent { through.to_child } else { through.to_parent };
        let reference = self.refers_to(junction, column);
        let (target, referred) = reference.ok_or_else(|| "no column ties them".to_owned())?;
        let item = Item::Of(row, self.member(target, referred)?);
        let name = self.member(through.resource, column)?;
        let mut request = self.request(index, Place { row: None, ..place }, caller)?;
        request.body = Body::Object(vec![(name, item)]);
        self.setup(request, Check::Done);
        Ok(())
    }
}

/// Which of two rows stands first in the path of a route that ties them.
fn ends_of(route: &Route, through: &Through, parent: RowId, row: RowId) -> Place {
    let first = route.binding.as_ref().and_then(|it| it.parent.as_ref());
    match first.is_some_and(|it| it.foreign_key == through.to_child) {
        true => Place { row: Some(parent), parent: Some(row) },
        false => Place { row: Some(row), parent: Some(parent) },
    }
}
