//! Changing, acting on and removing rows.

use serde_json::Value;

use crate::case::check::{Check, RowCheck};
use crate::case::request::{Body, Item, RowId};
use crate::case::scene::{Scene, allows, bound, row_check};
use crate::case::value::Size;
use crate::case::{Case, Maker, Possible};
use crate::service::{Role, Route, Transition};

use super::about;
use super::create::known;

/// PATCH: all that may change, then one member emptied.
pub(super) fn update(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    if maker.route.binding.as_ref().is_some_and(|it| it.value.is_some()) {
        return replace(maker);
    }
    let (about, index, route) = (about(maker, ""), maker.index, maker.route);
    let update = maker.case(about, |scene| {
        let row = scene.make(bound(route)?, 0)?;
        let changes = scene.changes(route)?;
        patch(scene, index, route, row, changes)?;
        if let Some(name) = emptiable(scene, route)? {
            patch(scene, index, route, row, vec![(name, Item::Is(Value::Null))])?;
        }
        Ok(())
    });
    vec![update]
}

fn patch<'p>(
    scene: &mut Scene<'_, 'p>,
    index: usize,
    route: &'p Route,
    row: RowId,
    changes: Vec<(String, Item)>,
) -> Possible<()> {
    let mut request = scene.request(index, scene.place_of(index, row), 0)?;
    request.body = Body::Object(changes.clone());
    let mut except = scene.changing(bound(route)?)?;
    except.extend(changes.iter().map(|(name, _)| name.clone()));
    let filled = crate::case::scene::Filled { sent: changes, links: Vec::new() };
    let known = known(scene, route, &filled)?;
    let check =
        RowCheck { known, same_as: Some(row), except, keep: Some(row), ..row_check(route)? };
    scene.test(request, Check::Row(check));
    scene.shows(row)
}

/// A member that may be null and has no default to go back to.
fn emptiable(scene: &Scene<'_, '_>, route: &Route) -> Possible<Option<String>> {
    let resource = scene.resource(bound(route)?)?;
    let mut fields = resource.fields.iter().enumerate().filter(|(column, field)| {
        let it = resource.column(*column);
        let is_plain = field.role == Role::Plain && !field.required;
        let refers = scene.refers_to(resource, *column).is_some();
        is_plain && !refers && it.is_some_and(|it| !it.not_null && it.default.is_none())
    });
    Ok(fields.next().map(|(_, field)| field.name.clone()))
}

/// PUT on a key: all members, then the required ones, so that the others go back to their
/// defaults.
pub(super) fn replace(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    let (about, index, route) = (about(maker, ""), maker.index, maker.route);
    let replace = maker.case(about, |scene| {
        let row = scene.make(bound(route)?, 0)?;
        for size in [Size::Largest, Size::Usual] {
            put(scene, index, route, row, size)?;
        }
        Ok(())
    });
    vec![replace]
}

fn put<'p>(
    scene: &mut Scene<'_, 'p>,
    index: usize,
    route: &'p Route,
    row: RowId,
    size: Size,
) -> Possible<()> {
    let filled = scene.body(route, 0, size)?;
    let mut request = scene.request(index, scene.place_of(index, row), 0)?;
    request.body = Body::Object(filled.sent.clone());
    let known = known(scene, route, &filled)?;
    if route.binding.as_ref().is_some_and(|it| it.value.is_some()) {
        let check = RowCheck { known, whole: false, ..row_check(route)? };
        scene.test(request, Check::Row(check));
        return Ok(());
    }
    let check = RowCheck { known, keep: Some(row), ..row_check(route)? };
    scene.test(request, Check::Row(check));
    scene.shows(row)
}

/// DELETE: what was there is there no more.
pub(super) fn delete(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    let (about, index, route) = (about(maker, ""), maker.index, maker.route);
    let delete = maker.case(about, |scene| {
        let row = scene.make(bound(route)?, 0)?;
        let request = scene.request(index, scene.place_of(index, row), 0)?;
        scene.test(request, Check::Empty(route.success));
        scene.gone(row)
    });
    vec![delete]
}

/// An action, from every state that it may start from and that can be reached.
pub(super) fn transition(maker: &mut Maker<'_, '_>, transition: &Transition) -> Vec<Case> {
    let resource = bound(maker.route).unwrap_or_default();
    let scene = Scene::new(maker.plan, maker.rows, maker.values);
    let state = maker.plan.resources.get(resource).and_then(|it| it.role_index(Role::State));
    if state != Some(transition.column) {
        return vec![mark(maker, transition)];
    }
    let states = match scene.states(resource) {
        Ok(states) => states,
        Err(reason) => return vec![about(maker, "").skipped(reason)],
    };
    let starts: Vec<&String> = states.iter().filter(|state| allows(transition, state)).collect();
    if starts.is_empty() {
        let reason = format!("no documented action leads to a state before `{}`", transition.to);
        return vec![about(maker, "").skipped(reason)];
    }
    starts.into_iter().map(|state| act(maker, transition, state)).collect()
}

fn act(maker: &mut Maker<'_, '_>, transition: &Transition, state: &str) -> Case {
    let (index, route) = (maker.index, maker.route);
    let about = about(maker, &format!("on a row that is `{state}`"));
    maker.case(about, |scene| {
        let resource = bound(route)?;
        let row = scene.in_state(resource, 0, state)?;
        let (request, kept) = acting(scene, index, route, row)?;
        let state = scene.member(resource, transition.column)?;
        let mut except = scene.changing(resource)?;
        except.push(state.clone());
        except.extend(effects(scene, route, transition)?);
        except.extend(kept.iter().map(|(name, _)| name.clone()));
        let mut known = vec![(state, Item::Is(Value::String(transition.to.clone())))];
        known.extend(kept);
        let check =
            RowCheck { known, same_as: Some(row), except, keep: Some(row), ..row_check(route)? };
        scene.test(request, Check::Row(check));
        scene.shows(row)
    })
}

/// An action that a boolean or a time marks, on a fresh row.
fn mark(maker: &mut Maker<'_, '_>, transition: &Transition) -> Case {
    let (about, index, route) = (about(maker, ""), maker.index, maker.route);
    maker.case(about, |scene| {
        let resource = bound(route)?;
        let row = scene.make(resource, 0)?;
        let (request, kept) = acting(scene, index, route, row)?;
        let name = scene.member(resource, transition.column)?;
        let mut except = scene.changing(resource)?;
        except.push(name.clone());
        except.extend(effects(scene, route, transition)?);
        except.extend(kept.iter().map(|(name, _)| name.clone()));
        let value = match transition.to.as_str() {
            Transition::NOTHING => Some(Value::Null),
            to => to.parse::<bool>().ok().map(Value::Bool),
        };
        let mut known: Vec<_> = value.map(|value| (name, Item::Is(value))).into_iter().collect();
        known.extend(kept);
        let check =
            RowCheck { known, same_as: Some(row), except, keep: Some(row), ..row_check(route)? };
        scene.test(request, Check::Row(check));
        scene.shows(row)
    })
}

/// The request of an action, and what of its body the row keeps.
fn acting<'p>(
    scene: &mut Scene<'_, 'p>,
    index: usize,
    route: &'p Route,
    row: RowId,
) -> Possible<(crate::case::Request, Vec<(String, Item)>)> {
    scene.meet(route, row)?;
    let mut request = scene.request(index, scene.place_of(index, row), 0)?;
    if !route.takes_body() {
        return Ok((request, Vec::new()));
    }
    let size = if route.rule.is_some() { Size::Usual } else { Size::Largest };
    let sent = scene.body(route, 0, size)?.sent;
    let mut kept = Vec::new();
    for member in &route.members {
        let value = sent.iter().find(|(name, _)| *name == member.name).map(|(_, it)| it.clone());
        if let (Some(column), Some(value)) = (member.kept_in, value) {
            kept.push((scene.member(bound(route)?, column)?, value));
        }
    }
    request.body = Body::Object(sent);
    Ok((request, kept))
}

/// Members that an action changes besides the state.
fn effects(scene: &Scene<'_, '_>, route: &Route, transition: &Transition) -> Possible<Vec<String>> {
    let resource = bound(route)?;
    let own = route.rule.iter().flat_map(|it| it.own_changes()).map(|it| it.column);
    let columns = transition.also.iter().map(|it| it.column).chain(own);
    columns.map(|column| scene.member(resource, column)).collect()
}
