//! Paths to rows and operations (rules D3 and D4).

mod annotation;
mod builtin;
mod many;
mod namespace;
pub(super) mod relation;
pub(super) mod resolve;
mod value;

use super::scope::{Reason, Scope};
use super::statements::Statement;
use super::{accounts, actions, columns, files, history, note};
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
        let (evidence, namespace) = (Vec::new(), namespace::of_base(statement, base));
        let mut scope =
            Scope { resources, document, statement, evidence, notes, leftover, namespace };
        one(&mut scope, base)
    };
    statements.iter().map(target).collect()
}

fn one(scope: &mut Scope<'_>, base: usize) -> Target {
    let path = scope.statement.path.get(base..).unwrap_or(&[]).to_vec();
    if let Some(builtin) = builtin::of(scope, &path) {
        let evidence = std::mem::take(&mut scope.evidence);
        return Target { operation: Operation::Builtin(builtin), binding: None, evidence };
    }
    let path = namespace::without(scope, &path);
    match bind(scope, path) {
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
    if let Some(found) = files::bind(scope, path)? {
        return Ok(found);
    }
    if let Some(bound) = many::bind(scope, path) {
        return bound;
    }
    match path {
        [Literal(collection)] => {
            let resource = resolve::table(scope, collection, None)?;
            let operation = on_collection(scope)?;
            Ok((operation, of(resource, None, None)))
        }
        [Literal(collection), Parameter(key)] => {
            let resource = resolve::table(scope, collection, None)?;
            let key = resolve::key(scope, resource, key, None)?;
            Ok((on_row(scope)?, of(resource, Some(key), None)))
        }
        [Literal(collection), Parameter(key), Literal(word)] => {
            let owner = resolve::table(scope, collection, None)?;
            let key = resolve::key(scope, owner, key, None)?;
            below_row(scope, owner, key, word)
        }
        [Literal(collection), Parameter(first), Literal(word), Parameter(second)] => {
            let owner = resolve::table(scope, collection, None)?;
            let key = resolve::key(scope, owner, first, None)?;
            relation::row(scope, owner, key, word, second)
        }
        [
            Literal(collection),
            Parameter(first),
            Literal(word),
            Parameter(second),
            Literal(verb),
        ] => {
            let owner = resolve::table(scope, collection, None)?;
            let key = resolve::key(scope, owner, first, None)?;
            let (resource, parent) = relation::child(scope, owner, key, word)?;
            let key = resolve::key(scope, resource, second, Some(parent.foreign_key))?;
            on_child(scope, resource, key, parent, verb)
        }
        [Literal(first), Literal(word)] => Err(on_the_whole(scope, first, word)),
        _ => Err("a path of this form has no rule".to_owned()),
    }
}

/// Why nothing is known of a word behind a whole collection: `/datasets/download`.
fn on_the_whole(scope: &mut Scope<'_>, first: &str, word: &str) -> Reason {
    let mark = scope.mark();
    let found = resolve::table(scope, first, None);
    scope.forget(mark);
    match found {
        Ok(_) => format!("`{word}` of a whole collection has no rule"),
        Err(reason) => reason,
    }
}

/// A binding without a value of its own.
fn of(resource: usize, key: Option<Key>, parent: Option<Parent>) -> Binding {
    Binding { resource, key, parent, value: None }
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
        Method::Put if scope.states_success(201) => Operation::Upsert,
        Method::Put => Operation::Replace,
        Method::Patch => Operation::Update,
        Method::Delete => Operation::Delete,
        method => return Err(format!("{} on one row has no rule", method.as_str())),
    };
    let note = format!("{} on a key: {}", scope.statement.method.as_str(), verb(&operation));
    scope.because("D4", scope.statement.span, note);
    Ok(operation)
}

/// `/exports/{id}/word`: a child collection, the one child row, one value, or an action.
fn below_row(
    scope: &mut Scope<'_>,
    owner: usize,
    key: Key,
    word: &str,
) -> Result<(Operation, Binding), Reason> {
    let method = scope.statement.method;
    let acts = matches!(method, Method::Post | Method::Put | Method::Patch);
    let assumed = scope.mark();
    let child = relation::child(scope, owner, key.clone(), word);
    let no_child = match child {
        Ok((resource, parent)) => return on_children(scope, resource, parent),
        Err(no_child) => no_child,
    };
    scope.back_to(assumed);
    if let Some(bound) = value::bind(scope, owner, &key, word) {
        return bound;
    }
    if no_child.starts_with("no table is named")
        && let Some(bound) = history::bind(scope, owner, &key, word)
    {
        return Ok(bound);
    }
    if !acts {
        return Err(no_child);
    }
    // A table that is there, and lacks its foreign key, tells more than a verb that it is not.
    let tells = !no_child.starts_with("no table is named");
    let operation =
        act(scope, owner, word).map_err(|no_action| if tells { no_child } else { no_action })?;
    Ok((operation, of(owner, Some(key), None)))
}

/// `/orders/{id}/items/{item_id}/verb`: an action on a child row, or one of its values.
fn on_child(
    scope: &mut Scope<'_>,
    resource: usize,
    key: Key,
    parent: Parent,
    verb: &str,
) -> Result<(Operation, Binding), Reason> {
    let below = |bound: Result<(Operation, Binding), Reason>| {
        let (operation, binding) = bound?;
        Ok((operation, Binding { parent: Some(parent.clone()), ..binding }))
    };
    if let Some(bound) = value::bind(scope, resource, &key, verb) {
        return below(bound);
    }
    if !matches!(scope.statement.method, Method::Post | Method::Put | Method::Patch) {
        return Err(format!("`{verb}` is no value of a row, and no action is a GET or a DELETE"));
    }
    let operation = act(scope, resource, verb)?;
    below(Ok((operation, of(resource, Some(key), None))))
}

/// An action: a change of state, or what the endpoint's rule block says.
fn act(scope: &mut Scope<'_>, resource: usize, verb: &str) -> Result<Operation, Reason> {
    let mark = scope.mark();
    let transition = actions::transition(scope, resource, verb);
    if scope.has_rule() {
        // The block says from which states: what was assumed of them is not.
        scope.back_to(mark);
    }
    match transition {
        Ok(transition) => Ok(Operation::Transition(transition)),
        Err(_) if scope.has_rule() => Ok(Operation::Act),
        Err(reason) => Err(reason),
    }
}

fn on_children(
    scope: &mut Scope<'_>,
    resource: usize,
    parent: Parent,
) -> Result<(Operation, Binding), Reason> {
    if let Some(through) = parent.through.clone() {
        return relation::collection(scope, resource, parent, &through);
    }
    let operation = if is_singleton(scope, resource, &parent) {
        on_singleton(scope)?
    } else {
        on_collection(scope)?
    };
    Ok((operation, of(resource, None, Some(parent))))
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
        Operation::Search => "lists the rows that its body asks for",
        Operation::Create => "creates a row",
        Operation::Read => "reads a row",
        Operation::Replace => "replaces a row",
        Operation::Update => "changes a row (RFC 7396)",
        Operation::Delete => "deletes a row",
        Operation::ReadSingleton => "reads the one child",
        Operation::PutSingleton => "writes the one child",
        Operation::Transition(_) => "changes the state",
        Operation::Upload(_) => "takes a file",
        Operation::Download => "gives out a file",
        Operation::Session(_) => "is about the caller's account",
        Operation::Aggregate(_) => "adds up rows",
        Operation::History(_) => "tells what became of a row",
        Operation::Export(_) => "writes a file of rows",
        Operation::CreateMany(_) => "creates many rows",
        Operation::UpdateMany(_) => "changes many rows",
        Operation::DeleteMany(_) => "deletes many rows",
        Operation::Upsert => "replaces a row, or makes it",
        Operation::Link => "links two rows",
        Operation::Unlink => "parts two rows",
        Operation::Act => "does what its rule says",
        Operation::Builtin(_) => "is built in",
        Operation::Underived(_) => "nothing",
    }
}
