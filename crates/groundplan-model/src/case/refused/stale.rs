//! Changes of a row that is not in the state that the request names, or names none.

use crate::case::{Case, Maker};
use crate::service::Refusal;

use super::case;

/// A tag that no row has.
const STALE: &str = "\"of-no-row\"";

/// Only where the document says 412: a service that reads no `If-Match` does nothing wrong else.
pub(super) fn named(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    if !maker.plan.documents(maker.route, 412) {
        return Vec::new();
    }
    let index = maker.index;
    let name = "with an `If-Match` that no state of the row has";
    vec![case(maker, Refusal::PreconditionFailed, name, |scene, check| {
        let (mut request, _) = scene.valid(index, 0)?;
        request.if_match = Some(STALE);
        scene.test(request, check);
        Ok(())
    })]
}

pub(super) fn missing(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    let index = maker.index;
    vec![case(maker, Refusal::PreconditionRequired, "without `If-Match`", |scene, check| {
        let (mut request, _) = scene.valid(index, 0)?;
        request.if_match = None;
        scene.test(request, check);
        Ok(())
    })]
}
