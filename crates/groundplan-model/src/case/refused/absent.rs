//! Rows that are not there, or not there for the caller.

use crate::case::request::{Body, Caller, Item, Part, Request, Target};
use crate::case::scene::{self, Place, Scene};
use crate::case::{Case, Maker, Possible};
use crate::service::{Operation, Parent, Refusal, Route, Who};

use super::case;

pub(super) fn cases(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    let Some(binding) = &maker.route.binding else { return Vec::new() };
    let mut cases = Vec::new();
    let knows_no_absence = matches!(maker.route.operation, Operation::Unlink | Operation::Upsert);
    if let Some(key) = binding.key.as_ref().filter(|_| !knows_no_absence) {
        cases.push(unknown(maker, &key.parameter, binding.resource, key.column));
    }
    if let Some(parent) = &binding.parent {
        cases.push(unknown(maker, &parent.key.parameter, parent.resource, parent.key.column));
        let is_link = matches!(maker.route.operation, Operation::Link | Operation::Unlink);
        if binding.key.is_some() && !is_link {
            cases.push(wrong_parent(maker, parent));
        }
    }
    if matches!(maker.route.operation, Operation::UpdateMany(_) | Operation::DeleteMany(_)) {
        cases.extend(unknown_among_many(maker));
    }
    let through = binding.parent.as_ref().and_then(|it| it.through.as_ref());
    if maker.route.operation == Operation::ReadSingleton && through.is_none() {
        cases.push(childless(maker));
    }
    if is_guarded(maker, maker.route) {
        cases.push(foreign(maker));
    }
    let names_row = binding.key.is_some() || binding.parent.is_some();
    if names_row && maker.plan.is_of_tenants(maker.route) {
        cases.push(foreign_tenant(maker));
    }
    cases
}

/// A key that no row has, all else as it must be.
fn unknown(maker: &mut Maker<'_, '_>, parameter: &str, resource: usize, column: usize) -> Case {
    let (index, route) = (maker.index, maker.route);
    let name = format!("with an unknown `{parameter}`");
    case(maker, Refusal::NotFound, &name, |scene, check| {
        let (mut request, _) = scene.valid(index, 0)?;
        let column = scene.resource(resource)?.column(column);
        let column = column.ok_or_else(|| "there is no such column".to_owned())?;
        let value = scene.values.unknown(column);
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        replace(&mut request, route, parameter, Part::Text(text));
        scene.test(request, check);
        Ok(())
    })
}

/// Many rows, of which one is not there.
fn unknown_among_many(maker: &mut Maker<'_, '_>) -> Option<Case> {
    let index = maker.index;
    let at = maker.plan.resources.get(maker.route.binding.as_ref()?.resource)?.key_index()?;
    maker.route.operation.takes_body().then(|| {
        case(maker, Refusal::NotFound, "with an unknown row among others", |scene, check| {
            let (mut request, _) = scene.valid(index, 0)?;
            let resource = scene.resource(scene::bound(scene.route(index)?)?)?;
            let column = resource.column(at).ok_or_else(|| "there is no such column".to_owned())?;
            let unknown = Item::Is(scene.values.unknown(column));
            let member = resource.fields.get(at).map(|it| it.name.clone()).unwrap_or_default();
            if let Body::Many(many) = &mut request.body {
                many.keys.last_mut().into_iter().for_each(|it| *it = unknown.clone());
                let row = many.rows.last_mut().into_iter().flatten();
                row.filter(|(name, _)| *name == member).for_each(|(_, it)| *it = unknown.clone());
            }
            scene.test(request, check);
            Ok(())
        })
    })
}

/// A row under a parent that is not its own.
fn wrong_parent(maker: &mut Maker<'_, '_>, parent: &Parent) -> Case {
    let (index, route) = (maker.index, maker.route);
    case(maker, Refusal::NotFound, "under another parent", |scene, check| {
        let (mut request, _) = scene.valid(index, 0)?;
        let other = scene.make(parent.resource, 0)?;
        let member = scene.member(parent.resource, parent.key.column)?;
        replace(&mut request, route, &parent.key.parameter, Part::Of(other, member));
        scene.test(request, check);
        Ok(())
    })
}

/// A parent whose child nobody made.
fn childless(maker: &mut Maker<'_, '_>) -> Case {
    let (index, route) = (maker.index, maker.route);
    case(maker, Refusal::NotFound, "of a row that has none", |scene, check| {
        let binding = route.binding.as_ref().and_then(|it| it.parent.as_ref());
        let parent = binding.ok_or_else(|| "its path names no parent".to_owned())?;
        let parent = Some(scene.make(parent.resource, 0)?);
        let request = scene.request(index, Place { row: None, parent }, 0)?;
        scene.test(request, check);
        Ok(())
    })
}

/// The whole request is right, but for another caller.
fn foreign(maker: &mut Maker<'_, '_>) -> Case {
    let index = maker.index;
    case(maker, Refusal::NotFound, "on another owner's row", |scene, check| {
        let (request, _) = scene.valid(index, 0)?;
        let request = own_references(scene, index, request)?;
        scene.test(request.by(Caller::Nth(1)), check);
        Ok(())
    })
}

/// The whole request is right, but for the tenant of the token.
fn foreign_tenant(maker: &mut Maker<'_, '_>) -> Case {
    let index = maker.index;
    case(maker, Refusal::NotFound, "on another tenant's row", |scene, check| {
        let (request, _) = scene.valid(index, 0)?;
        scene.test(request.by(Caller::OtherTenant), check);
        Ok(())
    })
}

/// Lets the body name rows of the caller who makes the request: only the path is foreign.
fn own_references(scene: &mut Scene<'_, '_>, index: usize, request: Request) -> Possible<Request> {
    let route = scene.route(index)?;
    let whole = matches!(
        route.operation,
        Operation::Create | Operation::PutSingleton | Operation::Replace | Operation::Upsert
    );
    if !whole {
        return Ok(request);
    }
    let body = scene.body(route, 1, crate::case::value::Size::Usual)?;
    Ok(Request { body: Body::Object(body.sent), ..request })
}

/// Whether rows in the route's path belong to somebody.
fn is_guarded(maker: &Maker<'_, '_>, route: &Route) -> bool {
    let Some(binding) = &route.binding else { return false };
    let access = &route.access;
    if access.who == Who::Anybody || access.usual_role().is_some_and(|it| access.reaches_all(it)) {
        return false;
    }
    let scoped = |at: usize| maker.plan.resources.get(at).is_some_and(|it| it.scoped);
    let by_key = binding.key.is_some() && scoped(binding.resource);
    by_key || binding.parent.as_ref().is_some_and(|parent| scoped(parent.resource))
}

/// Puts another segment in the place of a parameter.
fn replace(request: &mut Request, route: &Route, parameter: &str, part: Part) {
    let Target::Path(parts) = &mut request.target else { return };
    let is_it = |it: &crate::service::Segment| matches!(it, crate::service::Segment::Parameter(name) if name == parameter);
    if let Some(place) =
        route.path.iter().position(is_it).and_then(|position| parts.get_mut(position))
    {
        *place = part;
    }
}
