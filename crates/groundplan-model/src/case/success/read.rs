//! Reading one row: it is the row that was made.

use crate::case::check::{Check, RowCheck};
use crate::case::request::Item;
use crate::case::scene::{Place, Scene, bound, row_check};
use crate::case::{Case, Maker, Possible};
use crate::service::Route;

use super::about;

pub(super) fn cases(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    let (about, index, route) = (about(maker, ""), maker.index, maker.route);
    let read = maker.case(about, |scene| {
        let place = scene.place(index, 0)?;
        let request = scene.request(index, place, 0)?;
        let check = match route.binding.as_ref().and_then(|it| it.value) {
            None => RowCheck { same_as: place.row, ..row_check(route)? },
            Some(column) => value(scene, route, column, place)?,
        };
        scene.test(request, Check::Row(check));
        Ok(())
    });
    vec![read]
}

/// One member of the row, and no other.
fn value(scene: &Scene<'_, '_>, route: &Route, column: usize, place: Place) -> Possible<RowCheck> {
    let name = scene.member(bound(route)?, column)?;
    let row = place.row.ok_or_else(|| "there is no row".to_owned())?;
    let known = vec![(name.clone(), Item::Of(row, name))];
    Ok(RowCheck { known, whole: false, ..row_check(route)? })
}
