//! Paths to rows and operations (rules D3 and D4).

mod many;
mod resolve;

use super::scope::{Reason, Scope};
use super::statements::Statement;
use super::{accounts, actions, columns, note};
use crate::document::{Document, Method};
use crate::service::{
    Binding, Evidence, Key, Note, NoteLevel, Operation, Parent, Resource, Segment,
};

/// What an endpoint does, on which rows, and why.
pub(super) struct Target {
    pub(super) operation: Operation,
    pub(super) binding: Option<Binding>,
    pub(super) evidence: Vec<Evidence>,
}

/// What statements are bound to.
pub(super) struct Given<'a> {
    pub(super) document: &'a Document,
    pub(super) resources: &'a [Resource],
    pub(super) principals: Option<&'a accounts::Principals>,
}

/// One target a statement, in order.
pub(super) fn all(
    statements: &[Statement],
    base: usize,
    given: &Given<'_>,
    notes: &mut Vec<Note>,
) -> Vec<Target> {
    let Given { document, resources, principals } = *given;
    let leftover = resolve::leftover(statements, base, resources, document);
    let target = |statement| {
        let own = accounts::target(document, statement, principals, resources, notes);
        if let Some(target) = own {
            return target;
        }
        let leftover = leftover.clone();
        let evidence = Vec::new();
        let mut scope = Scope { resources, document, statement, evidence, notes, leftover };
        one(&mut scope, base)
    };
    statements.iter().map(target).collect()
}

fn one(scope: &mut Scope<'_>, base: usize) -> Target {
    let path = scope.statement.path.get(base..).unwrap_or(&[]).to_vec();
    match bind(scope, &path) {
        Ok((operation, binding)) => Target {
            operation,
            binding: Some(binding),
            evidence: std::mem::take(&mut scope.evidence),
        },
        Err(reason) => {
            note(scope.notes, NoteLevel::Error, "D9", scope.statement.span, reason.clone());
            let evidence = std::mem::take(&mut scope.evidence);
            Target { operation: Operation::Underived(reason), binding: None, evidence }
        }
    }
}

fn bind(scope: &mut Scope<'_>, path: &[Segment]) -> Result<(Operation, Binding), Reason> {
    use Segment::{Literal, Parameter};
    if let Some(bound) = many::bind(scope, path) {
        return bound;
    }
    match path {
        [Literal(collection)] => {
            let resource = resolve::table(scope, collection, None)?;
            let operation = on_collection(scope)?;
            Ok((operation, Binding { resource, key: None, parent: None }))
        }
        [Literal(collection), Parameter(key)] => {
            let resource = resolve::table(scope, collection, None)?;
            let key = resolve::key(scope, resource, key)?;
            Ok((on_row(scope)?, Binding { resource, key: Some(key), parent: None }))
        }
        [Literal(collection), Parameter(key), Literal(word)] => {
            let owner = resolve::table(scope, collection, None)?;
            let key = resolve::key(scope, owner, key)?;
            below_row(scope, owner, key, word)
        }
        [Literal(collection), Parameter(first), Literal(word), Parameter(second)] => {
            let owner = resolve::table(scope, collection, None)?;
            let key = resolve::key(scope, owner, first)?;
            let (resource, parent) = resolve::child(scope, owner, key, word)?;
            let key = resolve::key(scope, resource, second)?;
            Ok((on_row(scope)?, Binding { resource, key: Some(key), parent: Some(parent) }))
        }
        _ => Err("a path of this form has no rule".to_owned()),
    }
}

fn on_collection(scope: &mut Scope<'_>) -> Result<Operation, Reason> {
    let operation = match scope.statement.method {
        Method::Get => Operation::List,
        Method::Post => Operation::Create,
        method => return Err(format!("{} on a whole collection has no rule", method.as_str())),
    };
    let note = format!("{} on a collection: {}", scope.statement.method.as_str(), verb(&operation));
    scope.because("D4", scope.statement.span, note);
    Ok(operation)
}

fn on_row(scope: &mut Scope<'_>) -> Result<Operation, Reason> {
    let operation = match scope.statement.method {
        Method::Get => Operation::Read,
        Method::Put => Operation::Replace,
        Method::Patch => Operation::Update,
        Method::Delete => Operation::Delete,
        method => return Err(format!("{} on one row has no rule", method.as_str())),
    };
    let note = format!("{} on a key: {}", scope.statement.method.as_str(), verb(&operation));
    scope.because("D4", scope.statement.span, note);
    Ok(operation)
}

/// `/exports/{id}/word`: a child collection, the one child row, or an action.
fn below_row(
    scope: &mut Scope<'_>,
    owner: usize,
    key: Key,
    word: &str,
) -> Result<(Operation, Binding), Reason> {
    let method = scope.statement.method;
    let acts = matches!(method, Method::Post | Method::Put | Method::Patch);
    let child = resolve::child(scope, owner, key.clone(), word);
    if let Err(no_child) = &child
        && acts
    {
        // A table that is there, and lacks its foreign key, tells more than a verb that it is not.
        let tells = !no_child.starts_with("no table is named");
        let transition = actions::transition(scope, owner, word)
            .map_err(|no_action| if tells { no_child.clone() } else { no_action })?;
        let binding = Binding { resource: owner, key: Some(key), parent: None };
        return Ok((Operation::Transition(transition), binding));
    }
    let (resource, parent) = child?;
    let operation = if is_singleton(scope, resource, &parent) {
        on_singleton(scope)?
    } else {
        on_collection(scope)?
    };
    Ok((operation, Binding { resource, key: None, parent: Some(parent) }))
}

/// Whether a parent has one such child at the most: its foreign key is its primary key or unique.
fn is_singleton(scope: &Scope<'_>, child: usize, parent: &Parent) -> bool {
    let Some(resource) = scope.resources.get(child) else { return false };
    let Some(column) = resource.table.columns.get(parent.foreign_key) else { return false };
    let alone = |columns: &[String]| matches!(columns, [only] if *only == column.name);
    let refers = columns::referred(scope.resources, resource, parent.foreign_key).is_some();
    refers
        && (alone(&resource.table.primary_key) || resource.table.uniques.iter().any(|it| alone(it)))
}

fn on_singleton(scope: &mut Scope<'_>) -> Result<Operation, Reason> {
    let operation = match scope.statement.method {
        Method::Get => Operation::ReadSingleton,
        Method::Put => Operation::PutSingleton,
        method => return Err(format!("{} on a parent's one child has no rule", method.as_str())),
    };
    let note = format!("the foreign key is unique: {}", verb(&operation));
    scope.because("D4", scope.statement.span, note);
    Ok(operation)
}

/// An operation in words.
fn verb(operation: &Operation) -> &'static str {
    match operation {
        Operation::List => "lists rows",
        Operation::Create => "creates a row",
        Operation::Read => "reads a row",
        Operation::Replace => "replaces a row",
        Operation::Update => "changes a row (RFC 7396)",
        Operation::Delete => "deletes a row",
        Operation::ReadSingleton => "reads the one child",
        Operation::PutSingleton => "writes the one child",
        Operation::Transition(_) => "changes the state",
        Operation::Session(_) => "is about the caller's account",
        Operation::Aggregate(_) => "adds up rows",
        Operation::Export(_) => "writes a file of rows",
        Operation::CreateMany(_) => "creates many rows",
        Operation::UpdateMany(_) => "changes many rows",
        Operation::DeleteMany(_) => "deletes many rows",
        Operation::Underived(_) => "nothing",
    }
}
