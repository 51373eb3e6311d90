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
    let stated = maker.plan.auth.as_ref().is_some_and(|it| it.audience.is_some());
    let audience = (Caller::WrongAudience, "with a token for another audience");
    let all = WRONG.into_iter().chain(stated.then_some(audience));
    all.map(|(caller, name)| one(maker, caller, name)).collect()
}

fn one(maker: &mut Maker<'_, '_>, caller: Caller, name: &str) -> Case {
    let index = maker.index;
    let made = case(maker, Refusal::Unauthenticated, name, |scene, check| {
        let (request, _) = scene.valid(index, 0)?;
        scene.test(request.by(caller), check);
        Ok(())
    });
    match &maker.plan.auth {
        Some(auth) => because(made, auth.span, "a token is asked for here"),
        None => made,
    }
}
