//! Rule blocks to typed rules (rule D9.1): read, resolved against the schema, checked.

mod moves;
mod parse;
mod resolve;
#[cfg(test)]
mod tests;
mod token;
mod ty;

use groundplan_syntax::Span;

use super::{note, paths};
use crate::document::{Document, Method, RuleBlock};
use crate::service::{Note, NoteLevel, Operation, Outside, Resource, Role, Route, Rule};

/// A fault of a block with its place, relative to the document.
struct Fault {
    message: String,
    span: Span,
}

/// Gives every route the rule that a block states for it; faults become notes at their lines.
pub(super) fn settle(
    document: &Document,
    outside: &[Outside],
    resources: &mut [Resource],
    routes: &mut [Route],
    notes: &mut Vec<Note>,
) {
    for block in &document.rule_blocks {
        if let Err(fault) = one(document, outside, block, resources, routes) {
            note(notes, NoteLevel::Error, "D9.1", fault.span, fault.message);
        }
    }
    for route in routes.iter_mut() {
        moves::settle(document, resources, route);
        bare(route, notes);
        moves::name(resources, route);
        fill(route, resources);
    }
}

fn one(
    document: &Document,
    outside: &[Outside],
    block: &RuleBlock,
    resources: &[Resource],
    routes: &mut [Route],
) -> Result<(), Fault> {
    let at = |message: String| Fault { message, span: block.endpoint.span };
    let text = &block.endpoint.text;
    let (method, path) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let method = Method::parse(method).ok_or_else(|| {
        at(format!("`{text}` is no method and path, as in `rule POST /orders/{{id}}/refund`"))
    })?;
    let shape = paths::shape(&paths::segments(path.trim()));
    let is_it = |route: &&mut Route| {
        let own = paths::shape(&route.path);
        route.method == method && (own == shape || own.ends_with(&shape))
    };
    let route = routes.iter_mut().find(is_it);
    let route = route.ok_or_else(|| at(format!("no endpoint of the document is `{text}`")))?;
    if let Operation::Underived(reason) = &route.operation {
        return Err(at(format!("the rows of `{text}` are not known: {reason}")));
    }
    let body = document.source.slice(block.body);
    let statements = parse::statements(body, block.body.start as usize)?;
    let rule = resolve::rule(block.body, &statements, (document, outside), resources, route)?;
    route.members = members(&rule, route);
    let line = block.body;
    route.evidence.push(crate::service::Evidence {
        rule: "D9.1",
        note: "a rule block says what else it does".to_owned(),
        span: line,
    });
    route.rule = Some(rule);
    Ok(())
}

/// The body of an action is what its rule reads; other operations have bodies of their own.
fn members(rule: &Rule, route: &Route) -> Vec<crate::service::Member> {
    let known = |name: &str| rule.body.iter().any(|it| it.name == name);
    let others = route.members.iter().filter(|it| !known(&it.name)).cloned();
    match route.operation {
        Operation::Act | Operation::Transition(_) => {
            rule.body.iter().cloned().chain(others).collect()
        }
        _ => route.members.clone(),
    }
}

/// An action that only its rule could explain has nothing to do where that does not hold.
fn bare(route: &mut Route, notes: &mut Vec<Note>) {
    if route.operation == Operation::Act && route.rule.is_none() {
        let reason = "its rule block does not hold".to_owned();
        note(notes, NoteLevel::Error, "D9", route.span, reason.clone());
        route.operation = Operation::Underived(reason);
        route.binding = None;
        route.members.clear();
    }
}

/// A column that a create's rule sets is not the client's to send.
fn fill(route: &Route, resources: &mut [Resource]) {
    let creates = matches!(route.operation, Operation::Create | Operation::PutSingleton);
    let Some(rule) = route.rule.as_ref().filter(|_| creates) else { return };
    let Some(binding) = &route.binding else { return };
    let Some(resource) = resources.get_mut(binding.resource) else { return };
    for change in rule.own_changes() {
        if let Some(field) = resource.fields.get_mut(change.column)
            && field.role == Role::Plain
        {
            field.role = Role::ReadOnly;
            field.required = false;
        }
    }
}
