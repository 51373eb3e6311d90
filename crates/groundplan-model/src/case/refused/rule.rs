//! Conditions of a rule block that do not hold: rows that it asks for are missing, or a row is in
//! another state.

use groundplan_syntax::Span;

use crate::case::check::{Check, ErrorCheck};
use crate::case::request::{Body, Request, RowId};
use crate::case::scene::{About, Scene, allows, bound, needs_answer};
use crate::case::value::Size;
use crate::case::{Case, Maker, Possible};
use crate::service::{
    AliasKind, Binary, Expression, Operation, Refusal, Role, Route, Rule, ServicePlan, Step,
};

use super::because;
use super::conflict::unchanged;

pub(super) fn cases(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    let mut cases = without_rows(maker);
    let (plan, rule) = (maker.plan, maker.route.rule.as_ref());
    if let Some(wanted) = rule.and_then(|rule| wanted(plan, rule)) {
        cases.extend(match wanted.kind {
            AliasKind::Row => own_state(maker, &wanted),
            AliasKind::Parent => parent_state(maker, &wanted).into_iter().collect(),
            AliasKind::Referred { .. } => Vec::new(),
        });
    }
    cases
}

/// The request without the rows that the rule asks for.
fn without_rows(maker: &mut Maker<'_, '_>) -> Vec<Case> {
    let (index, route) = (maker.index, maker.route);
    let scene = Scene::new(maker.plan, maker.rows, maker.values);
    let acts = matches!(route.operation, Operation::Act | Operation::Transition(_));
    // Actions that bring a row to a later state make such rows on the way.
    let starts = match &route.operation {
        Operation::Transition(it) => {
            let start = bound(route).and_then(|resource| scene.start_state(resource));
            start.is_ok_and(|state| allows(it, &state))
        }
        _ => true,
    };
    let status = scene.status_without_rows(route).filter(|_| acts && starts);
    let Some(status) = status else { return Vec::new() };
    let about = about(maker, status, "without the rows that its rule asks for".to_owned());
    vec![maker.case(about, |scene| {
        let row = scene.ready(index, 0)?;
        let request = on_row(scene, index, row)?;
        scene.test(request, refusal(status));
        Ok(())
    })]
}

/// A condition on the state of a row.
struct Wanted<'p> {
    kind: AliasKind,
    resource: usize,
    states: Vec<&'p str>,
    status: u16,
    span: Span,
}

impl Wanted<'_> {
    fn allows(&self, state: &str) -> bool {
        self.states.contains(&state)
    }
}

/// The first condition on a state. What a condition before it would refuse is refused with the same
/// status, so it does not matter which of them breaks first.
fn wanted<'p>(plan: &'p ServicePlan, rule: &'p Rule) -> Option<Wanted<'p>> {
    let mut before = Vec::new();
    for step in &rule.steps {
        if matches!(step, Step::Call(call) if needs_answer(call)) {
            return None;
        }
        let Step::Require { condition, status, span } = step else { continue };
        before.push(*status);
        if let Some((alias, states)) = parts(condition).find_map(|it| states(plan, rule, it)) {
            let alias = rule.aliases.get(alias)?;
            let (kind, resource) = (alias.kind, alias.resource);
            let found = Wanted { kind, resource, states, status: *status, span: *span };
            return before.iter().all(|it| it == status).then_some(found);
        }
    }
    None
}

/// What a condition is joined from.
fn parts(condition: &Expression) -> Box<dyn Iterator<Item = &Expression> + '_> {
    match condition {
        Expression::Binary(Binary::And, left, right) => Box::new(parts(left).chain(parts(right))),
        other => Box::new(std::iter::once(other)),
    }
}

/// The row and the states that a condition names, where it is about a state.
fn states<'p>(
    plan: &ServicePlan,
    rule: &Rule,
    condition: &'p Expression,
) -> Option<(usize, Vec<&'p str>)> {
    let (left, values) = match condition {
        Expression::In(left, values) => (left, values.as_slice()),
        Expression::Binary(Binary::Equal, left, right) => (left, std::slice::from_ref(&**right)),
        _ => return None,
    };
    let Expression::Column { alias, column } = &**left else { return None };
    let resource = plan.resources.get(rule.aliases.get(*alias)?.resource)?;
    let text = |value: &'p Expression| match value {
        Expression::Constant(value) => value.as_str(),
        _ => None,
    };
    let states: Option<Vec<&str>> = values.iter().map(text).collect();
    (resource.role_index(Role::State) == Some(*column)).then_some((*alias, states?))
}

/// The request on a row in each state that the rule does not take.
fn own_state(maker: &mut Maker<'_, '_>, wanted: &Wanted<'_>) -> Vec<Case> {
    let takes = |it: &Operation| {
        matches!(
            it,
            Operation::Transition(_)
                | Operation::Act
                | Operation::Update
                | Operation::Replace
                | Operation::Delete
        )
    };
    let scene = Scene::new(maker.plan, maker.rows, maker.values);
    let states = scene.states(wanted.resource).unwrap_or_default();
    if !takes(&maker.route.operation) {
        return Vec::new();
    }
    let others = states.iter().filter(|state| !wanted.allows(state));
    others.map(|state| from_state(maker, wanted, state)).collect()
}

fn from_state(maker: &mut Maker<'_, '_>, wanted: &Wanted<'_>, state: &str) -> Case {
    let index = maker.index;
    let about = about(maker, wanted.status, format!("on a row that is `{state}`"));
    let made = maker.case(about, |scene| {
        let row = scene.in_state(wanted.resource, 0, state)?;
        let request = on_row(scene, index, row)?;
        scene.test(request, refusal(wanted.status));
        unchanged(scene, wanted.resource, row, state)
    });
    because(made, wanted.span, "a state is asked for here")
}

/// The request below a parent in a state that the rule does not take.
fn parent_state(maker: &mut Maker<'_, '_>, wanted: &Wanted<'_>) -> Option<Case> {
    let scene = Scene::new(maker.plan, maker.rows, maker.values);
    let states = scene.states(wanted.resource).ok()?;
    let state = states.into_iter().find(|state| !wanted.allows(state))?;
    let index = maker.index;
    let about = about(maker, wanted.status, format!("below a row that is `{state}`"));
    let made = maker.case(about, |scene| {
        let (request, place) = scene.valid(index, 0)?;
        let parent = place.parent.ok_or("its path names no parent")?;
        scene.bring(wanted.resource, parent, &state)?;
        scene.test(request, refusal(wanted.status));
        Ok(())
    });
    Some(because(made, wanted.span, "a state is asked for here"))
}

/// A request of the route on a row that is there.
fn on_row(scene: &mut Scene<'_, '_>, index: usize, row: RowId) -> Possible<Request> {
    let route: &Route = scene.route(index)?;
    let mut request = scene.request(index, scene.place_of(index, row), 0)?;
    if route.takes_body() {
        request.body = Body::Object(scene.body(route, 0, Size::Usual)?.sent);
    }
    Ok(request)
}

fn about(maker: &Maker<'_, '_>, status: u16, name: String) -> About {
    let rows = maker.rows.documenting(maker.index, status);
    About { name, rows, because: Vec::new() }
}

fn refusal(status: u16) -> Check {
    Check::Error(ErrorCheck::new(status, Refusal::RuleBroken))
}
