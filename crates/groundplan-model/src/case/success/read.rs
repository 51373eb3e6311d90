//! Reading one row: it is the row that was made.

use crate::case::check::{Check, RowCheck};
use crate::case::scene::row_check;
use crate::case::{Case, Maker};

use super::about;

pub(super) fn cases(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    let (about, index, route) = (about(maker, ""), maker.index, maker.route);
    let read = maker.case(about, |scene| {
        let place = scene.place(index, 0)?;
        let request = scene.request(index, place, 0)?;
        let check = RowCheck { same_as: place.row, ..row_check(route)? };
        scene.test(request, Check::Row(check));
        Ok(())
    });
    vec![read]
}
