//! Changes of a row that is not in the state that the request names, or names none.

use crate::case::check::Check;
use crate::case::request::State;
use crate::case::scene::bound;
use crate::case::{Case, Maker};
use crate::document::PromisedHeader;
use crate::service::{Operation, Refusal};

use super::case;

/// Only where the document says what is answered: a service that reads no `If-Match` does nothing
/// wrong else.
pub(super) fn named(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    if !maker.plan.documents_conditions(maker.route) {
        return Vec::new();
    }
    let index = maker.index;
    let name = "with an `If-Match` that no state of the row has";
    let of_no_row = case(maker, Refusal::PreconditionFailed, name, |scene, check| {
        let (mut request, _) = scene.valid(index, 0)?;
        request.headers.if_match = Some(State::OfNoRow);
        scene.test(request, check);
        Ok(())
    });
    [of_no_row].into_iter().chain(overtaken(maker)).collect()
}

/// One change with the state that was read, which is right, and another with the same, which is not
/// any more.
fn overtaken(maker: &mut Maker<'_, '_>) -> Option<Case> {
    let (index, route) = (maker.index, maker.route);
    let is_whole = route.binding.as_ref().is_some_and(|it| it.value.is_none());
    if !is_whole || !matches!(route.operation, Operation::Update | Operation::Replace) {
        return None;
    }
    let resource = bound(route).ok()?;
    let mut readers = maker.plan.routes.iter().enumerate();
    let tags = |it: &crate::service::Route| {
        bound(it) == Ok(resource) && it.promises(PromisedHeader::ETag).is_some()
    };
    let (reader, _) = readers.find(|(_, it)| tags(it))?;
    let name = "with the `ETag` of an earlier state";
    Some(case(maker, Refusal::PreconditionFailed, name, |scene, check| {
        let row = scene.make(resource, 0)?;
        let seen = scene.answer();
        let read = scene.request(reader, scene.place_of(reader, row), 0)?;
        scene.setup(read, Check::Made(seen));
        for check in [Check::Made(row), check] {
            let mut request = scene.changing_request(index, route, row)?;
            request.headers.if_match = Some(State::Of(seen));
            let answers = route.success != 204 || check != Check::Made(row);
            scene.test(request, if answers { check } else { Check::Done });
        }
        if route.success == 204 { Ok(()) } else { scene.shows(row) }
    }))
}

pub(super) fn missing(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    let index = maker.index;
    vec![case(maker, Refusal::PreconditionRequired, "without `If-Match`", |scene, check| {
        let (mut request, _) = scene.valid(index, 0)?;
        request.headers.if_match = None;
        scene.test(request, check);
        Ok(())
    })]
}
