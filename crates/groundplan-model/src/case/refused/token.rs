//! Requests of nobody, with whatever they need otherwise.

use crate::case::request::Caller;
use crate::case::{Case, Maker};
use crate::service::Refusal;

use super::{because, case};

const WRONG: [(Caller, &str); 4] = [
    (Caller::Nobody, "without a token"),
    (Caller::Garbage, "with a token that is none"),
    (Caller::Expired, "with a token that has expired"),
    (Caller::WrongKey, "with a token that another key signed"),
];

pub(super) fn cases(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    WRONG.into_iter().map(|(caller, name)| one(maker, caller, name)).collect()
}

fn one(maker: &mut Maker<'_, '_>, caller: Caller, name: &str) -> Case {
    let index = maker.index;
    let made = case(maker, Refusal::Unauthenticated, name, |scene, check| {
        let (request, _) = scene.valid(index, 0)?;
        scene.test(request.by(caller), check);
        Ok(())
    });
    match maker.plan.auth {
        Some(span) => because(made, span, "a token is asked for here"),
        None => made,
    }
}
