//! Callers who are known, and may not do this.

use crate::case::request::Caller;
use crate::case::scene::with_deleted;
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
    if maker.route.query.deleted.is_some() {
        cases.push(deleted(maker));
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

/// Rows that are marked as deleted, asked for by somebody who may not see them.
fn deleted(maker: &mut Maker<'_, '_>) -> Case {
    let index = maker.index;
    case(maker, Refusal::Forbidden, "for deleted rows, without the role", |scene, check| {
        let (mut request, _) = scene.valid(index, 0)?;
        request.query.extend(with_deleted(scene.route(index)?));
        scene.test(request.by(Caller::WithoutRole), check);
        Ok(())
    })
}
