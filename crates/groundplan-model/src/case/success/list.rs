//! Lists: the caller's rows, all of them, page by page, and nobody else's.

use crate::case::check::{Check, ListCheck, Only};
use crate::case::request::{Item, RowId};
use crate::case::scene::{Place, Scene, bound, is_unique_alone, list_check};
use crate::case::{Case, Maker, Possible};
use crate::service::{Route, Through, Who};

use super::about;

/// Rows that are made for a list: enough for a page in the middle.
const ROWS: u32 = 3;

pub(super) fn cases(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    let mut cases = vec![pages(maker)];
    let binding = maker.route.binding.as_ref();
    let is_flat = binding.is_some_and(|it| it.parent.is_none());
    let resource = binding.and_then(|it| maker.plan.resources.get(it.resource));
    let access = &maker.route.access;
    let sees_all = access.usual_role().is_some_and(|role| access.reaches_all(role));
    if is_flat && !sees_all && resource.is_some_and(|it| it.scoped) {
        cases.push(foreign(maker));
    }
    cases.extend(super::query::cases(maker));
    cases
}

/// One page with everything, then pages of one row.
fn pages(maker: &mut Maker<'_, '_>) -> Case {
    let (about, index, route) = (about(maker, ""), maker.index, maker.route);
    maker.case(about, |scene| {
        let (place, contains) = rows(scene, index, route)?;
        let only = only(scene, route)?;
        let max = route.query.paging.as_ref().map_or(100, |it| it.max);
        let max = usize::try_from(max).unwrap_or(usize::MAX);
        let all = ListCheck { contains, only, ..list_check(route, max)? };
        ask(scene, index, place, all.clone(), false)?;
        ask(scene, index, place, ListCheck { page: 1, ..all }, true)
    })
}

fn ask(
    scene: &mut Scene<'_, '_>,
    index: usize,
    place: Place,
    check: ListCheck,
    limited: bool,
) -> Possible<()> {
    let mut request = scene.request(index, place, 0)?;
    if limited {
        let limit = check.paging.as_ref().map_or("limit", |it| &it.limit).to_owned();
        request.query.push((limit, Item::Is(check.page.into())));
    }
    scene.test(request, Check::List(check));
    Ok(())
}

/// Rows in the list, where rows can be made at all.
pub(super) fn rows(
    scene: &mut Scene<'_, '_>,
    index: usize,
    route: &Route,
) -> Possible<(Place, Vec<RowId>)> {
    let resource = bound(route)?;
    let parent = route.binding.as_ref().and_then(|it| it.parent.as_ref());
    if let Some(through) = parent.and_then(|it| it.through.as_ref()) {
        return tied(scene, index, resource, through);
    }
    let mut contains = Vec::new();
    for _ in 0..most_rows(scene, route)? {
        match scene.make(resource, 0) {
            Ok(row) => contains.push(row),
            // A list that nothing can be added to is looked at as it is.
            Err(_) => break,
        }
    }
    match contains.first() {
        // A row that could have a parent was made without one.
        Some(row) if parent.is_some() && scene.place_of(index, *row).parent.is_none() => {
            Ok((scene.place(index, 0)?, Vec::new()))
        }
        Some(row) => Ok((scene.place_of(index, *row), contains)),
        None => Ok((scene.place(index, 0)?, contains)),
    }
}

/// Rows behind another table: tied where an endpoint ties them.
fn tied(
    scene: &mut Scene<'_, '_>,
    index: usize,
    resource: usize,
    through: &Through,
) -> Possible<(Place, Vec<RowId>)> {
    let place = scene.place(index, 0)?;
    let parent = place.parent.ok_or_else(|| "its path names no parent".to_owned())?;
    let mut contains = Vec::new();
    for _ in 0..ROWS {
        let Ok(row) = scene.make(resource, 0) else { break };
        if scene.tie(through, parent, row, 0).is_err() {
            break;
        }
        contains.push(row);
    }
    Ok((place, contains))
}

pub(super) fn most_rows(scene: &Scene<'_, '_>, route: &Route) -> Possible<u32> {
    let index = bound(route)?;
    let resource = scene.resource(index)?;
    let parent = route.binding.as_ref().and_then(|it| it.parent.as_ref());
    if parent.is_some_and(|it| is_unique_alone(resource, it.foreign_key)) {
        return Ok(1);
    }
    let quotas = scene.plan.quotas.iter().filter(|quota| quota.resource == index);
    Ok(quotas.map(|quota| quota.count).chain([ROWS]).min().unwrap_or(ROWS))
}

pub(super) fn only(scene: &Scene<'_, '_>, route: &Route) -> Possible<Only> {
    let has_parent = route.binding.as_ref().is_some_and(|it| it.parent.is_some());
    // Who has the role that the endpoint asks for may see the rows of all.
    let sees_all = matches!(route.access.who, Who::Roles(_)) && !route.access.sees_all.is_empty();
    Ok(match scene.resource(bound(route)?)?.scoped {
        _ if has_parent => Only::Always,
        _ if sees_all => Only::Never,
        true => Only::FreshCaller,
        false => Only::Never,
    })
}

/// Another owner's row is not in the caller's list.
fn foreign(maker: &mut Maker<'_, '_>) -> Case {
    let about = about(maker, "while another owner has a row");
    let (index, route) = (maker.index, maker.route);
    maker.case(about, |scene| {
        let row = scene.make(bound(route)?, 1)?;
        let max = route.query.paging.as_ref().map_or(100, |it| it.max);
        let max = usize::try_from(max).unwrap_or(usize::MAX);
        let check = ListCheck { lacks: vec![row], ..list_check(route, max)? };
        ask(scene, index, Place::default(), check, false)
    })
}
