//! Foreign keys: to rows that are not there, and on rows that must stay.

use crate::case::check::Check;
use crate::case::request::{Item, RowId};
use crate::case::scene::{Scene, bound, glance};
use crate::case::value::Size;
use crate::case::{Case, Maker, Possible};
use crate::schema::{ForeignKey, OnDelete};
use crate::service::{Operation, Refusal, Resource};

use super::{because, case};

/// Each reference that a body may hold: to nothing, and to another owner's row.
pub(super) fn unknown(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    let route = maker.route;
    let Ok(index) = bound(route) else { return Vec::new() };
    let Some(resource) = maker.plan.resources.get(index) else { return Vec::new() };
    let mut cases = Vec::new();
    for (column, field) in resource.fields.iter().enumerate() {
        let in_path = crate::case::fault::is_in_path(route, column);
        if !field.role.is_writable() || in_path {
            continue;
        }
        let Some(key) = key_of(resource, column) else { continue };
        let made = [to_nothing(maker, resource, column), to_foreign(maker, resource, column)];
        let says = format!("`{}` refers to `{}`", field.name, key.table);
        cases.extend(made.into_iter().flatten().map(|it| because(it, key.span, says.clone())));
    }
    cases
}

fn key_of(resource: &Resource, column: usize) -> Option<&ForeignKey> {
    let name = resource.column(column)?.name.as_str();
    let has = |key: &&ForeignKey| key.columns.iter().any(|it| it.eq_ignore_ascii_case(name));
    resource.table.foreign_keys.iter().find(has)
}

fn to_nothing(maker: &mut Maker<'_, '_>, resource: &Resource, column: usize) -> Option<Case> {
    let (field, it) = resource.fields.get(column).zip(resource.column(column))?;
    let name = format!("with a `{}` that no row has", field.name);
    let index = maker.index;
    Some(case(maker, Refusal::UnknownReference, &name, |scene, check| {
        let value = scene.values.unknown(it);
        refer(scene, index, check, &field.name, Item::Is(value))
    }))
}

fn to_foreign(maker: &mut Maker<'_, '_>, resource: &Resource, column: usize) -> Option<Case> {
    let field = resource.fields.get(column)?;
    let name = format!("with a `{}` of another owner", field.name);
    let scene = Scene::new(maker.plan, maker.rows, maker.values);
    let (target, referred) = scene.refers_to(resource, column)?;
    if !maker.plan.resources.get(target)?.scoped {
        return None;
    }
    let index = maker.index;
    Some(case(maker, Refusal::UnknownReference, &name, |scene, check| {
        let row = scene.make(target, 1)?;
        let item = Item::Of(row, scene.member(target, referred)?);
        refer(scene, index, check, &field.name, item)
    }))
}

fn refer(
    scene: &mut Scene<'_, '_>,
    index: usize,
    check: Check,
    name: &str,
    item: Item,
) -> Possible<()> {
    let (mut request, _) = scene.valid(index, 0)?;
    request.put(vec![(name.to_owned(), item)]);
    scene.test(request, check);
    Ok(())
}

/// A row that another row holds on to must stay.
pub(super) fn still_referred(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    let Ok(target) = bound(maker.route) else { return Vec::new() };
    let Some(table) = maker.plan.resources.get(target).map(|it| &it.table) else {
        return Vec::new();
    };
    let mut cases = Vec::new();
    for (referring, resource) in maker.plan.resources.iter().enumerate() {
        for key in &resource.table.foreign_keys {
            let holds =
                key.on_delete == OnDelete::Restrict && key.table.eq_ignore_ascii_case(&table.name);
            let column = key.columns.first().and_then(|name| resource.table.column_index(name));
            if let Some(column) = column.filter(|_| holds) {
                let says = format!("rows of `{}` hold on to it", resource.table.name);
                cases.push(because(held(maker, referring, resource, column), key.span, says));
            }
        }
    }
    cases
}

fn held(maker: &mut Maker<'_, '_>, referring: usize, resource: &Resource, column: usize) -> Case {
    let index = maker.index;
    let name = format!("while a row of `{}` refers to it", resource.table.name);
    case(maker, Refusal::StillReferred, &name, |scene, check| {
        let held = holding(scene, referring, column)?;
        let request = scene.request(index, scene.place_of(index, held), 0)?;
        scene.test(request, check);
        stays(scene, held)
    })
}

/// The row that a new row of `referring` names in `column`, at the latest with all its members.
fn holding(scene: &mut Scene<'_, '_>, referring: usize, column: usize) -> Possible<RowId> {
    let holder = scene.make(referring, 0)?;
    if let Some(held) = named(scene, holder, column) {
        return Ok(held);
    }
    let field = scene.resource(referring)?.fields.get(column);
    let nothing = || "no endpoint makes a row refer to it".to_owned();
    field.filter(|it| it.role.is_writable()).ok_or_else(nothing)?;
    let holder = scene.make_sized(referring, 0, Size::Largest)?;
    named(scene, holder, column).ok_or_else(nothing)
}

fn named(scene: &Scene<'_, '_>, holder: RowId, column: usize) -> Option<RowId> {
    let links = &scene.made(holder)?.links;
    links.iter().find(|(it, _)| *it == column).map(|(_, row)| *row)
}

/// The row that was to go is still there.
fn stays(scene: &mut Scene<'_, '_>, row: RowId) -> Possible<()> {
    let Some(resource) = scene.made(row).map(|made| made.resource) else { return Ok(()) };
    let Some((index, route)) = scene.route_of(resource, |it| *it == Operation::Read) else {
        return Ok(());
    };
    let request = scene.request(index, scene.place_of(index, row), 0)?;
    scene.after(request, Check::Row(glance(route)?));
    Ok(())
}
