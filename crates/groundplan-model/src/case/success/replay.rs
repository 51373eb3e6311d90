//! A write that is asked for twice with one key is done once, and answered twice.

use crate::case::check::{Check, ListCheck, RowCheck};
use crate::case::request::RowId;
use crate::case::scene::{Scene, bound, list_check, row_check, whole_page};
use crate::case::value::Size;
use crate::case::{Case, Maker, Possible};
use crate::document::PromisedHeader;

use super::{about, list};

pub(super) fn cases(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    if maker.route.promises(PromisedHeader::IdempotencyKey).is_none() {
        return Vec::new();
    }
    let (index, route) = (maker.index, maker.route);
    let about = about(maker, "twice with one `Idempotency-Key`");
    let case = maker.case(about, |scene| {
        let (mut request, filled) = scene.creation(index, route, 0, Size::Usual)?;
        request.headers.idempotency_key = Some(scene.values.uuid());
        let row = scene.keep(bound(route)?, 0, filled);
        let first = RowCheck { keep: Some(row), ..row_check(route)? };
        scene.test(request.clone(), Check::Row(first));
        let again = RowCheck { same_as: Some(row), ..row_check(route)? };
        scene.test(request, Check::Row(again));
        is_alone(scene, row)
    });
    vec![case]
}

/// Adds a look into the list: the second request made no row.
fn is_alone(scene: &mut Scene<'_, '_>, row: RowId) -> Possible<()> {
    let Some(resource) = scene.made(row).map(|made| made.resource) else { return Ok(()) };
    let Some((index, route)) = scene.lister(resource) else { return Ok(()) };
    let Ok(mut request) = scene.request(index, scene.place_of(index, row), 0) else {
        return Ok(());
    };
    let page = whole_page(&mut request, route);
    let (contains, only) = (scene.all_made(resource), list::only(scene, route)?);
    let check = ListCheck { contains, only, whole: false, ..list_check(route, page)? };
    scene.after(request, Check::List(check));
    Ok(())
}
