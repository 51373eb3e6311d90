//! Bodies that fit: the smallest, and the largest.

use serde_json::Value;

use crate::schema::DefaultValue;
use crate::service::{Field, Resource, Role, Route};

use super::{Filled, Scene, bound};
use crate::case::Possible;
use crate::case::fault::is_in_path;
use crate::case::request::{Item, RowId};
use crate::case::value::Size;

impl<'p> Scene<'_, 'p> {
    /// A whole body for `route`: required members only, or all of them.
    pub(in crate::case) fn body(
        &mut self,
        route: &'p Route,
        caller: usize,
        size: Size,
    ) -> Possible<Filled> {
        if !route.members.is_empty() {
            return self.members(route, caller, size);
        }
        let index = bound(route)?;
        let resource = self.resource(index)?;
        let value = route.binding.as_ref().and_then(|it| it.value);
        let mut filled = Filled::default();
        for (column, field) in resource.fields.iter().enumerate() {
            let wanted = field.role.is_writable() && !is_in_path(route, column);
            let example = route.request_example.as_ref();
            let is_shown = || example.is_some_and(|it| it.get(&field.name).is_some());
            let sent = match (value, size) {
                (Some(value), _) => value == column,
                (None, Size::Shown) => field.required || is_shown(),
                (None, _) => field.required || size == Size::Largest,
            };
            if !wanted || !sent {
                continue;
            }
            match self.reference(resource, column, caller) {
                None => {
                    let usual = if size == Size::Shown { Size::Usual } else { size };
                    let value = self.value(route, resource, column, usual);
                    filled.sent.push((field.name.clone(), Item::Is(value)));
                }
                Some(Ok((row, member))) => {
                    filled.links.push((column, row));
                    filled.sent.push((field.name.clone(), Item::Of(row, member)));
                }
                Some(Err(reason)) if field.required => return Err(reason),
                Some(Err(_)) => {}
            }
        }
        Ok(filled)
    }

    /// The body of an action.
    fn members(&mut self, route: &'p Route, caller: usize, size: Size) -> Possible<Filled> {
        let resource = self.resource(bound(route)?)?;
        let example = route.request_example.as_ref();
        let mut filled = Filled::default();
        for member in route.members.iter().filter(|it| it.required || size == Size::Largest) {
            let shown = example.and_then(|example| example.get(&member.name));
            let reference = member.kept_in.and_then(|at| self.reference(resource, at, caller));
            match reference {
                Some(Ok((row, name))) => {
                    filled.sent.push((member.name.clone(), Item::Of(row, name)));
                    continue;
                }
                Some(Err(reason)) if member.required => return Err(reason),
                Some(Err(_)) => continue,
                None => {}
            }
            let value = self.values.of(&member.column, size, shown, false);
            filled.sent.push((member.name.clone(), Item::Is(value)));
        }
        Ok(filled)
    }

    /// Other values for the writable members of a row, references left as they are.
    pub(in crate::case) fn changes(&mut self, route: &'p Route) -> Possible<Vec<(String, Item)>> {
        let resource = self.resource(bound(route)?)?;
        let mut sent = Vec::new();
        for (column, field) in resource.fields.iter().enumerate() {
            if is_changeable(route, resource, column, field) {
                let value = self.value(route, resource, column, Size::Largest);
                sent.push((field.name.clone(), Item::Is(value)));
            }
        }
        Ok(sent)
    }

    /// A value that fits a column.
    pub(in crate::case) fn value(
        &mut self,
        route: &Route,
        resource: &Resource,
        column: usize,
        size: Size,
    ) -> Value {
        let Some((field, it)) = resource.fields.get(column).zip(resource.column(column)) else {
            return Value::Null;
        };
        let example = route.request_example.as_ref();
        let shown = example.and_then(|example| example.get(&field.name));
        // Conditions over several columns are not understood: the example is known to meet them.
        let size = match resource.table.checks.is_empty() {
            true => size,
            false => Size::Usual,
        };
        let unique = self.is_in_unique(resource, &it.name);
        self.values.of(it, size, shown, unique)
    }

    /// The row and its member that a column refers to, made if need be; `None` for a column that
    /// refers to nothing.
    fn reference(
        &mut self,
        resource: &Resource,
        column: usize,
        caller: usize,
    ) -> Option<Possible<(RowId, String)>> {
        let (target, referred) = self.refers_to(resource, column)?;
        let made = match self.needs_own(resource, column) {
            true => self.make(target, caller),
            false => self.any(target, caller),
        };
        Some(made.and_then(|row| Ok((row, self.member(target, referred)?))))
    }

    /// The resource and the column there that a column refers to.
    pub(in crate::case) fn refers_to(
        &self,
        resource: &Resource,
        column: usize,
    ) -> Option<(usize, usize)> {
        let name = resource.column(column)?.name.as_str();
        let keys = resource.table.foreign_keys.iter();
        let (key, at) = keys
            .filter_map(|key| {
                let at = key.columns.iter().position(|it| it.eq_ignore_ascii_case(name))?;
                Some((key, at))
            })
            .next()?;
        let is_it = |it: &Resource| it.table.name.eq_ignore_ascii_case(&key.table);
        let target = self.plan.resources.iter().position(is_it)?;
        let table = &self.plan.resources.get(target)?.table;
        let referred = if key.referred.is_empty() { &table.primary_key } else { &key.referred };
        Some((target, table.column_index(referred.get(at)?)?))
    }

    /// What a row must show besides what was sent: its owner, its parent, and defaults.
    pub(in crate::case) fn implied(
        &self,
        route: &Route,
        caller: usize,
        filled: &Filled,
    ) -> Possible<Vec<(String, Item)>> {
        let resource = self.resource(bound(route)?)?;
        let mut known = Vec::new();
        for (column, field) in resource.fields.iter().enumerate() {
            if filled.sent.iter().any(|(name, _)| *name == field.name) {
                continue;
            }
            let link = filled.links.iter().find(|(it, _)| *it == column);
            let item = match (link, field.role) {
                (Some((_, row)), _) => self.linked(resource, column, *row),
                (None, Role::Owner) => Some(Item::Caller(caller)),
                (None, Role::Plain | Role::State) => default(resource, column).map(Item::Is),
                _ => None,
            };
            known.extend(item.map(|item| (field.name.clone(), item)));
        }
        Ok(known)
    }

    fn linked(&self, resource: &Resource, column: usize, row: RowId) -> Option<Item> {
        let (target, referred) = self.refers_to(resource, column)?;
        Some(Item::Of(row, self.member(target, referred).ok()?))
    }
}

/// Whether a request to `route` may give the column another value without naming other rows.
pub(in crate::case) fn is_changeable(
    route: &Route,
    resource: &Resource,
    column: usize,
    field: &Field,
) -> bool {
    let Some(it) = resource.column(column) else { return false };
    let mut names = resource.table.foreign_keys.iter().flat_map(|key| &key.columns);
    let refers = names.any(|name| name.eq_ignore_ascii_case(&it.name));
    let value = route.binding.as_ref().and_then(|it| it.value);
    if value.is_some_and(|value| value != column) {
        return false;
    }
    field.role.is_writable() && !refers && !is_in_path(route, column)
}

/// What a column has that nobody gave a value: only where that is sure.
fn default(resource: &Resource, column: usize) -> Option<Value> {
    let it = resource.column(column)?;
    match &it.default {
        Some(DefaultValue::Constant(value)) => Some(value.clone()),
        Some(_) => None,
        None if it.not_null => None,
        None => Some(Value::Null),
    }
}
