//! Rules and transitions of one kind: a state that a request names itself, and a rule block that
//! leads to one state.

use crate::document::Document;
use crate::plan::columns::state_candidate;
use crate::plan::names::snake;
use crate::schema::Column;
use crate::service::{
    Alias, AliasKind, Binary, Change, Expression, Member, Operation, Resource, Route, Rule,
    Segment, Step, Transition,
};

/// `PATCH /orders/{id}/status`: the state in the body, where a transition leads to it.
pub(super) fn settle(document: &Document, resources: &[Resource], route: &mut Route) {
    if route.operation != Operation::Act || route.rule.is_some() {
        return;
    }
    let Some(Segment::Literal(word)) = route.path.last() else { return };
    let Some(at) = route.binding.as_ref().map(|it| it.resource) else { return };
    let Some(resource) = resources.get(at) else { return };
    let Some(column) = state_candidate(resource) else { return };
    let Some(it) = resource.column(column).filter(|it| snake(&it.name) == snake(word)) else {
        return;
    };
    let Some(condition) = allowed(document, it, column) else { return };
    let name = resource.fields.get(column).map_or(word, |field| &field.name).clone();
    let held = Column { not_null: true, default: None, ..it.clone() };
    let member = Member { name, column: held, required: true, kept_in: None };
    let span = route.span;
    let change = Change { column, value: Expression::Body(0) };
    let steps = vec![
        Step::Require { condition, status: 409, span },
        Step::Set { alias: 0, changes: vec![change], span },
    ];
    let row = Alias { name: "row".to_owned(), resource: at, kind: AliasKind::Row };
    route.members = vec![member.clone()];
    route.rule = Some(Rule { span, aliases: vec![row], body: vec![member], steps });
}

/// One of the document's transitions leads from the row's state to the one in the body.
fn allowed(document: &Document, state: &Column, column: usize) -> Option<Expression> {
    let spelled = |name: &String| {
        let found = state.allowed.iter().find(|it| it.eq_ignore_ascii_case(name));
        found.map(|it| Expression::Constant(it.clone().into()))
    };
    let mut all: Option<Expression> = None;
    for transition in &document.transitions {
        let Some(to) = spelled(&transition.to) else { continue };
        let from: Vec<Expression> = transition.from.iter().filter_map(spelled).collect();
        let wanted = binary(Binary::Equal, Expression::Body(0), to);
        let one = match from.is_empty() {
            true => wanted,
            false => {
                let row = Box::new(Expression::Column { alias: 0, column });
                binary(Binary::And, Expression::In(row, from), wanted)
            }
        };
        all = Some(match all {
            None => one,
            Some(others) => binary(Binary::Or, others, one),
        });
    }
    all
}

fn binary(sign: Binary, left: Expression, right: Expression) -> Expression {
    Expression::Binary(sign, Box::new(left), Box::new(right))
}

/// A rule block that leads to one state is a transition: cases and clients can use it as one.
pub(super) fn name(resources: &[Resource], route: &mut Route) {
    let acts = matches!(route.operation, Operation::Act | Operation::Transition(_));
    let Some(rule) = route.rule.as_ref().filter(|_| acts) else { return };
    let resource = route.binding.as_ref().and_then(|it| resources.get(it.resource));
    let Some(column) = resource.and_then(state_candidate) else { return };
    let to = rule.own_changes().find_map(|change| match &change.value {
        Expression::Constant(serde_json::Value::String(to)) if change.column == column => Some(to),
        _ => None,
    });
    if let Some(to) = to.cloned() {
        let from = rule.steps.iter().flat_map(|step| match step {
            Step::Require { condition, .. } => states(condition, column),
            _ => Vec::new(),
        });
        let from = from.collect();
        route.operation = Operation::Transition(Transition { column, to, from, also: Vec::new() });
    }
}

/// The states that a condition on the row's state allows.
fn states(condition: &Expression, state: usize) -> Vec<String> {
    let is_state = |it: &Expression| *it == Expression::Column { alias: 0, column: state };
    let text = |it: &Expression| match it {
        Expression::Constant(serde_json::Value::String(text)) => Some(text.clone()),
        _ => None,
    };
    match condition {
        Expression::Binary(Binary::And, left, right) => {
            states(left, state).into_iter().chain(states(right, state)).collect()
        }
        Expression::Binary(Binary::Equal, left, right) if is_state(left) => {
            text(right).into_iter().collect()
        }
        Expression::In(left, items) if is_state(left) => items.iter().filter_map(text).collect(),
        _ => Vec::new(),
    }
}
