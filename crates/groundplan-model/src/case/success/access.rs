//! Who is let in beyond owners: everybody where an endpoint is public, and roles that see all.

use crate::case::check::Check;
use crate::case::request::{Body, Caller, Request};
use crate::case::scene::Scene;
use crate::case::{Case, Maker, Possible};
use crate::service::{Operation, Who};

use super::about;

pub(super) fn cases(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    let (access, operation) = (&maker.route.access, &maker.route.operation);
    let is_plain = !matches!(operation, Operation::Session(_) | Operation::Underived(_));
    let mut cases = Vec::new();
    if maker.plan.auth.is_none() || !is_plain {
        return cases;
    }
    // Rows of tenants show nothing to somebody of no tenant.
    if access.who == Who::Anybody && !maker.plan.is_of_tenants(maker.route) {
        cases.push(one(maker, "without a token", Caller::Nobody));
    }
    if is_on_row_of_owner(maker) && !access.sees_all.is_empty() {
        cases.push(one(maker, "on another owner's row, by a role that sees all", Caller::SeesAll));
    }
    cases
}

fn one(maker: &mut Maker<'_, '_>, name: &str, caller: Caller) -> Case {
    let (about, index) = (about(maker, name), maker.index);
    maker.case(about, |scene| {
        let (request, _) = scene.valid(index, 0)?;
        let request = filled(scene, index, request)?;
        scene.test(request.by(caller), Check::Done);
        Ok(())
    })
}

/// A merge patch of nothing is a change that everybody who reaches the row may make.
fn filled(scene: &Scene<'_, '_>, index: usize, request: Request) -> Possible<Request> {
    let is_update = scene.route(index)?.operation == Operation::Update;
    Ok(if is_update { Request { body: Body::Object(Vec::new()), ..request } } else { request })
}

/// Whether the path names a row that belongs to somebody.
fn is_on_row_of_owner(maker: &Maker<'_, '_>) -> bool {
    let Some(binding) = &maker.route.binding else { return false };
    let resource = maker.plan.resources.get(binding.resource);
    // A body would have to name rows that the other caller does not own.
    let is_bare = !matches!(maker.route.operation, Operation::Replace);
    is_bare && binding.key.is_some() && resource.is_some_and(|it| it.scoped)
}
