//! Making rows: with what must be sent, and with all that may be.

use crate::case::check::{Check, RowCheck};
use crate::case::request::{Body, Caller, Headers, Request, RowId, Target};
use crate::case::scene::{Filled, Scene, bound, glance, row_check};
use crate::case::value::Size;
use crate::case::{Case, Maker, Possible};
use crate::document::Method;
use crate::service::{Role, Route};

use super::about;

const SIZES: [(Size, &str); 2] =
    [(Size::Usual, "with required members only"), (Size::Largest, "with all members")];

pub(super) fn cases(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    let (index, route) = (maker.index, maker.route);
    let one = |(size, name): (Size, &str)| {
        let about = about(maker, name);
        maker.case(about, |scene| {
            let (row, _) = create(scene, index, route, size)?;
            follow_location(scene, row)?;
            scene.shows(row)
        })
    };
    // What a rule asks for is known to hold for the document's example only.
    let sizes = if route.rule.is_some() { SIZES.get(..1) } else { SIZES.get(..) };
    sizes.unwrap_or_default().iter().copied().map(one).collect()
}

/// A child that is there once: made, and replaced by a second request.
pub(super) fn put(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    let (about, index, route) = (about(maker, ""), maker.index, maker.route);
    let put = maker.case(about, |scene| {
        let (row, place) = create(scene, index, route, Size::Usual)?;
        scene.shows(row)?;
        let filled = scene.body(route, 0, Size::Largest)?;
        let mut request = place;
        request.body = Body::Object(filled.sent.clone());
        let check =
            RowCheck { known: known(scene, route, &filled)?, keep: Some(row), ..row_check(route)? };
        scene.test(request, Check::Row(check));
        scene.shows(row)
    });
    vec![put]
}

fn create<'p>(
    scene: &mut Scene<'_, 'p>,
    index: usize,
    route: &'p Route,
    size: Size,
) -> Possible<(RowId, Request)> {
    let (request, filled) = scene.creation(index, route, 0, size)?;
    let mut known = known(scene, route, &filled)?;
    known.extend(scene.implied(route, 0, &filled)?);
    let row = scene.keep(bound(route)?, 0, filled);
    let location = route.success == 201;
    let check = RowCheck { known, keep: Some(row), location, ..row_check(route)? };
    scene.test(request.clone(), Check::Row(check));
    Ok((row, request))
}

/// What was sent and is shown again: all but secrets.
pub(super) fn known(
    scene: &Scene<'_, '_>,
    route: &Route,
    filled: &Filled,
) -> Possible<Vec<(String, crate::case::Item)>> {
    let fields = &scene.resource(bound(route)?)?.fields;
    let is_secret =
        |name: &String| fields.iter().any(|it| it.name == *name && it.role == Role::Secret);
    Ok(filled.sent.iter().filter(|(name, _)| !is_secret(name)).cloned().collect())
}

/// The address of the new row, where an endpoint reads such rows.
fn follow_location(scene: &mut Scene<'_, '_>, row: RowId) -> Possible<()> {
    let Some(resource) = scene.made(row).map(|made| made.resource) else { return Ok(()) };
    let Some((index, route)) = scene.reader(resource) else { return Ok(()) };
    let request = Request {
        route: Some(index),
        method: Method::Get,
        target: Target::Location(row),
        query: Vec::new(),
        caller: Caller::Nth(0),
        headers: Headers::default(),
        media_type: None,
        body: Body::None,
    };
    let check = RowCheck { same_as: Some(row), ..glance(route)? };
    scene.after(request, Check::Row(check));
    Ok(())
}
