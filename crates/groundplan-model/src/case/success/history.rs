//! The history of a row: that it was made stands there.

use crate::case::check::{Check, HistoryCheck};
use crate::case::scene::bound;
use crate::case::{Case, Maker};
use crate::service::History;

use super::about;

pub(super) fn cases(maker: &mut Maker<'_, '_>, history: &History) -> Vec<Case> {
    let (about, index, route) = (about(maker, "of a new row"), maker.index, maker.route);
    let case = maker.case(about, |scene| {
        let place = scene.place(index, 0)?;
        let row = place.row.ok_or_else(|| "there is no row".to_owned())?;
        let resource = scene.resource(bound(route)?)?;
        let key = resource.key_index().and_then(|at| resource.fields.get(at));
        let key = key.map(|it| it.name.clone()).ok_or_else(|| "the row has no key".to_owned())?;
        let check = HistoryCheck {
            status: route.success,
            shape: route.list.clone(),
            history: history.clone(),
            row,
            key,
        };
        let request = scene.request(index, place, 0)?;
        scene.test(request, Check::History(check));
        Ok(())
    });
    vec![case]
}
