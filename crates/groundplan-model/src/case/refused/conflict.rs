//! Values that another row has already, and actions that the row's state does not allow.

use crate::case::check::{Check, RowCheck};
use crate::case::request::{Item, RowId};
use crate::case::scene::{Scene, allows, bound, glance};
use crate::case::value::Size;
use crate::case::{Case, Maker, Possible};
use crate::service::{Operation, Refusal, Resource, Role};

use super::{about, because, case};

/// Each set of columns that must differ, with the values of another row.
pub(super) fn duplicate(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    let Ok(index) = bound(maker.route) else { return Vec::new() };
    let Some(resource) = maker.plan.resources.get(index) else { return Vec::new() };
    let mut sets: Vec<&Vec<String>> = Vec::new();
    let keys = std::iter::once(&resource.table.primary_key).chain(&resource.table.uniques);
    let indexes = maker.plan.unique_indexes(resource);
    let indexes = indexes.filter(|index| index.holds_for_new(&resource.table));
    for set in keys.chain(indexes.map(|index| &index.columns)) {
        if !sets.contains(&set) && members(maker, resource, set).is_some() {
            sets.push(set);
        }
    }
    let mut cases = Vec::new();
    for set in sets {
        let names = members(maker, resource, set).unwrap_or_default();
        let made = same(maker, &names);
        let column = set.iter().find_map(|name| resource.table.column(name));
        let says = format!("`{}` must differ from row to row", set.join("`, `"));
        cases.push(match column {
            Some(column) => because(made, column.span, says),
            None => made,
        });
    }
    cases
}

/// The members of a unique set that a client writes; `None` where one of the set is neither that
/// nor the same for all rows of the case.
fn members(maker: &Maker<'_, '_>, resource: &Resource, set: &[String]) -> Option<Vec<String>> {
    let mut members = Vec::new();
    for name in set {
        let column = resource.table.column_index(name)?;
        let field = resource.fields.get(column)?;
        let in_path = crate::case::fault::is_in_path(maker.route, column);
        if field.role.is_writable() && !in_path {
            members.push(field.name.clone());
        } else if !matches!(field.role, Role::Owner | Role::Tenant) && !in_path {
            return None;
        }
    }
    (!members.is_empty()).then_some(members)
}

fn same(maker: &mut Maker<'_, '_>, names: &[String]) -> Case {
    let index = maker.index;
    let name = format!("with the `{}` of another row", names.join("` and `"));
    case(maker, Refusal::Duplicate, &name, |scene, check| {
        let resource = bound(scene.route(index)?)?;
        let fields = &scene.resource(resource)?.fields;
        let is_required = |name: &String| fields.iter().any(|it| it.name == *name && it.required);
        let size = if names.iter().all(is_required) { Size::Usual } else { Size::Largest };
        let first = scene.make_sized(resource, 0, size)?;
        let taken = taken(scene, resource, first, names)?;
        let (mut request, _) = scene.valid(index, 0)?;
        request.put(taken);
        scene.test(request, check);
        Ok(())
    })
}

/// The values of a row, as it was answered. Those of secrets are not answered, but were sent.
fn taken(
    scene: &Scene<'_, '_>,
    resource: usize,
    row: RowId,
    names: &[String],
) -> Possible<Vec<(String, Item)>> {
    let sent = scene.made(row).map(|made| made.sent.clone()).unwrap_or_default();
    let table = &scene.resource(resource)?.table.name;
    let of = |name: &String| {
        let found = sent.iter().find(|(it, _)| it == name).cloned();
        found.ok_or_else(|| format!("a row of `{table}` can be made without `{name}`"))
    };
    names.iter().map(of).collect()
}

/// The action on a row that went through it already, and in each state that it may not start
/// from.
pub(super) fn transition(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    let Operation::Transition(it) = &maker.route.operation else { return Vec::new() };
    // What a rule refuses is its own case, with its own status.
    if maker.route.rule.is_some() {
        return Vec::new();
    }
    let resource = bound(maker.route).unwrap_or_default();
    let scene = Scene::new(maker.plan, maker.rows, maker.values);
    let states = match scene.states(resource) {
        Ok(states) => states,
        Err(reason) => {
            return vec![about(maker, Refusal::IllegalTransition, "").skipped(reason)];
        }
    };
    let column = maker.plan.resources.get(resource).and_then(|all| all.column(it.column));
    let mut cases = Vec::new();
    for state in states.iter().filter(|state| !allows(it, state)) {
        let made = from_state(maker, resource, state);
        cases.push(match column {
            Some(column) => because(made, column.span, "the states of a row"),
            None => made,
        });
    }
    cases
}

fn from_state(maker: &mut Maker<'_, '_>, resource: usize, state: &str) -> Case {
    let index = maker.index;
    let name = format!("on a row that is `{state}`");
    case(maker, Refusal::IllegalTransition, &name, |scene, check| {
        let row = scene.in_state(resource, 0, state)?;
        let request = scene.request(index, scene.place_of(index, row), 0)?;
        scene.test(request, check);
        unchanged(scene, resource, row, state)
    })
}

/// The row is in the state in which it was.
pub(super) fn unchanged(
    scene: &mut Scene<'_, '_>,
    resource: usize,
    row: RowId,
    state: &str,
) -> Possible<()> {
    let Some((index, route)) = scene.reader(resource) else { return Ok(()) };
    let column = scene.resource(resource)?.role_index(Role::State);
    let Some(column) = column else { return Ok(()) };
    let known = vec![(scene.member(resource, column)?, Item::Is(state.into()))];
    let request = scene.request(index, scene.place_of(index, row), 0)?;
    let check = RowCheck { known, ..glance(route)? };
    scene.after(request, Check::Row(check));
    Ok(())
}
