//! Reads on a condition: what the client has already is not sent again (RFC 9110, 13.1.2).

use crate::case::check::{Check, RowCheck, Says};
use crate::case::scene::row_check;
use crate::case::{Case, Maker};
use crate::document::PromisedHeader;

use super::about;

/// Only where the document promises an `ETag`: a service without does nothing wrong else.
pub(super) fn cases(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    if maker.route.promises(PromisedHeader::ETag).is_none() {
        return Vec::new();
    }
    let (index, route) = (maker.index, maker.route);
    let about = about(maker, "with the `ETag` of the state that the client has");
    let case = maker.case(about, |scene| {
        let place = scene.place(index, 0)?;
        let mut request = scene.request(index, place, 0)?;
        let seen = scene.answer();
        let check = RowCheck { keep: Some(seen), ..row_check(route)? };
        scene.test(request.clone(), Check::Row(check));
        scene.says(Says::Tag);
        request.headers.if_none_match = Some(seen);
        scene.test(request.clone(), Check::NotModified);
        if let Some(row) = place.row
            && scene.change(row)?
        {
            let check = RowCheck { same_as: Some(row), ..row_check(route)? };
            scene.test(request, Check::Row(check));
        }
        Ok(())
    });
    vec![case]
}
