//! Actions that only a rule block explains.

use crate::case::check::{Check, RowCheck};
use crate::case::request::{Body, Item};
use crate::case::scene::{bound, row_check};
use crate::case::value::Size;
use crate::case::{Case, Maker};
use crate::service::Expression;

use super::about;

/// The action on a row that meets its conditions, as far as requests can make one.
pub(super) fn act(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    let (about, index, route) = (about(maker, ""), maker.index, maker.route);
    let case = maker.case(about, |scene| {
        let row = scene.ready(index, 0)?;
        scene.meet(route, row)?;
        let mut request = scene.request(index, scene.place_of(index, row), 0)?;
        if route.takes_body() {
            request.body = Body::Object(scene.body(route, 0, Size::Usual)?.sent);
        }
        let resource = bound(route)?;
        let mut known = Vec::new();
        let mut except = scene.changing(resource)?;
        for change in route.rule.iter().flat_map(|it| it.own_changes()) {
            let name = scene.member(resource, change.column)?;
            if let Expression::Constant(value) = &change.value {
                known.push((name.clone(), Item::Is(value.clone())));
            }
            except.push(name);
        }
        let check =
            RowCheck { known, same_as: Some(row), except, keep: Some(row), ..row_check(route)? };
        scene.test(request, Check::Row(check));
        scene.shows(row)
    });
    vec![case]
}
