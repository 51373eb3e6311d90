//! Callers who are known, and may not do this.

use crate::case::request::Caller;
use crate::case::{Case, Maker};
use crate::service::{Refusal, Who};

use super::{because, case};

pub(super) fn cases(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    let access = &maker.route.access;
    let mut cases = Vec::new();
    if matches!(access.who, Who::Roles(_)) {
        let made = one(maker, Caller::WithoutRole, "without the role");
        cases.push(match access.span {
            Some(span) => because(made, span, "a role is asked for here"),
            None => made,
        });
    }
    if maker.plan.is_of_tenants(maker.route) {
        cases.push(one(maker, Caller::NoTenant, "with a token that names no tenant"));
    }
    cases
}

fn one(maker: &mut Maker<'_, '_>, caller: Caller, name: &str) -> Case {
    let index = maker.index;
    case(maker, Refusal::Forbidden, name, |scene, check| {
        let (request, _) = scene.valid(index, 0)?;
        scene.test(request.by(caller), check);
        Ok(())
    })
}
