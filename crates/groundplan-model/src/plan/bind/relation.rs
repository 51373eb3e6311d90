//! Tables below a row of another one (rule D4): by a foreign key, over a junction table, over one
//! hop, back along the parent's own key, or within one table.

use super::{of, on_row, resolve};
use crate::document::Method;
use crate::plan::names::{singular, snake};
use crate::plan::scope::{Reason, Scope};
use crate::schema::ForeignKey;
use crate::service::{Binding, Key, Operation, Parent, Resource, Role, Through};

/// The rows that `word` names below a row of `owner`.
pub(in crate::plan) fn child(
    scope: &mut Scope<'_>,
    owner: usize,
    key: Key,
    word: &str,
) -> Result<(usize, Parent), Reason> {
    if let Some(found) = within(scope, owner, &key, word) {
        return Ok(found);
    }
    let resource = resolve::table(scope, word, Some(owner))?;
    let parent = Parent { resource: owner, key, foreign_key: 0, through: None };
    if let Some(found) = direct(scope, owner, resource, word)? {
        return Ok((resource, Parent { foreign_key: found, ..parent }));
    }
    let (foreign_key, through) = indirect(scope, owner, resource)?;
    Ok((resource, Parent { foreign_key, through: Some(through), ..parent }))
}

/// The child's own foreign key to its parent.
fn direct(
    scope: &mut Scope<'_>,
    owner: usize,
    resource: usize,
    word: &str,
) -> Result<Option<usize>, Reason> {
    let (Some(parent), Some(child)) = (scope.resources.get(owner), scope.resources.get(resource))
    else {
        return Err("no such resource".to_owned());
    };
    let to_parent = keys_to(child, &parent.table.name);
    let one = format!("{}_id", singular(&snake(&parent.table.name)));
    let named = |it: &&&ForeignKey| it.columns.iter().any(|name| snake(name) == one);
    let chosen = match to_parent.as_slice() {
        [] => return Ok(None),
        [only] => *only,
        many => match many.iter().find(named) {
            Some(found) => found,
            None => {
                let columns: Vec<String> =
                    many.iter().map(|it| format!("`{}`", it.columns.join(", "))).collect();
                let message = format!("`{word}` can be meant by {}", columns.join(" or "));
                scope.ambiguous("D4", &message);
                return Err(message);
            }
        },
    };
    let column = chosen.columns.first().and_then(|name| child.table.column_index(name));
    let name = &child.table.name;
    let foreign_key =
        column.ok_or_else(|| format!("a foreign key of `{name}` names no column of it"))?;
    let note = format!("`{name}` belongs to `{}` by its foreign key", parent.table.name);
    let span = chosen.span;
    scope.because("D4", span, note);
    Ok(Some(foreign_key))
}

/// The way from a parent to a child that does not refer to it.
fn indirect(
    scope: &mut Scope<'_>,
    owner: usize,
    resource: usize,
) -> Result<(usize, Through), Reason> {
    let ways = [
        junctions(scope, owner, resource),
        back(scope, owner, resource),
        hops(scope, owner, resource),
    ];
    let names = |at: usize| scope.resources.get(at).map_or("", |it| it.table.name.as_str());
    let (child, parent) = (names(resource).to_owned(), names(owner).to_owned());
    for found in ways {
        match found.as_slice() {
            [] => {}
            [(foreign_key, through)] => {
                let between = names(through.resource).to_owned();
                let span = scope.resources.get(through.resource).map(|it| it.table.span);
                let span = span.unwrap_or(scope.statement.span);
                let note = format!("`{child}` is tied to `{parent}` by `{between}`");
                if !is_junction_between(scope, through.resource, owner, resource)
                    && through.resource != owner
                {
                    scope.assume("D4", format!("{note}: the only way between them"));
                }
                scope.because("D4", span, note);
                return Ok((*foreign_key, through.clone()));
            }
            many => {
                let between: Vec<String> =
                    many.iter().map(|(_, it)| format!("`{}`", names(it.resource))).collect();
                let message = format!(
                    "`{child}` is tied to `{parent}` by {}: nothing says which is meant",
                    between.join(" and by ")
                );
                scope.ambiguous("D4", &message);
                return Err(message);
            }
        }
    }
    Err(format!("`{child}` has no foreign key to `{parent}`"))
}

type Way = (usize, Through);

/// Tables with a foreign key to each of the two, and nothing that a request would have to fill.
fn junctions(scope: &Scope<'_>, owner: usize, resource: usize) -> Vec<Way> {
    let tables = (0..scope.resources.len()).filter(|at| *at != owner && *at != resource);
    tables
        .filter(|at| is_junction_between(scope, *at, owner, resource))
        .filter_map(|at| way(scope, at, owner, resource))
        .collect()
}

fn way(scope: &Scope<'_>, between: usize, owner: usize, resource: usize) -> Option<Way> {
    let table = scope.resources.get(between)?;
    let (to_parent, _) = only_key(scope.resources, table, owner)?;
    let (to_child, referred) = only_key(scope.resources, table, resource)?;
    Some((referred, Through { resource: between, to_parent, to_child }))
}

fn is_junction_between(scope: &Scope<'_>, at: usize, owner: usize, resource: usize) -> bool {
    let Some(table) = scope.resources.get(at) else { return false };
    let keys = [owner, resource].map(|it| only_key(scope.resources, table, it));
    let [Some((one, _)), Some((other, _))] = keys else { return false };
    let columns = table.table.columns.iter().zip(&table.fields).enumerate();
    one != other
        && columns.into_iter().all(|(at, (column, field))| {
            let is_key = at == one || at == other;
            let fills = matches!(
                field.role,
                Role::GeneratedKey | Role::CreatedAt | Role::UpdatedAt | Role::Owner
            );
            is_key || fills || !column.not_null || column.default.is_some()
        })
}

/// The child is what the parent refers to: `/orders/{id}/customer`.
fn back(scope: &Scope<'_>, owner: usize, resource: usize) -> Vec<Way> {
    let Some(table) = scope.resources.get(owner) else { return Vec::new() };
    let found = only_key(scope.resources, table, resource).zip(table.key_index());
    let found = found.map(|((to_child, referred), to_parent)| {
        (referred, Through { resource: owner, to_parent, to_child })
    });
    found.into_iter().collect()
}

/// The child refers to a table that refers to the parent.
fn hops(scope: &Scope<'_>, owner: usize, resource: usize) -> Vec<Way> {
    let Some(child) = scope.resources.get(resource) else { return Vec::new() };
    let between = (0..scope.resources.len()).filter(|at| *at != owner && *at != resource);
    let way = |at: usize| {
        let table = scope.resources.get(at)?;
        let (to_parent, _) = only_key(scope.resources, table, owner)?;
        let (foreign_key, to_child) = only_key(scope.resources, child, at)?;
        Some((foreign_key, Through { resource: at, to_parent, to_child }))
    };
    between.filter_map(way).collect()
}

/// Positions of the one column of `table` that refers to `target`, and of the column there.
fn only_key(resources: &[Resource], table: &Resource, target: usize) -> Option<(usize, usize)> {
    let there = resources.get(target)?;
    let [key] = keys_to(table, &there.table.name)[..] else { return None };
    let referred = match key.referred.first() {
        Some(name) => there.table.column_index(name)?,
        None => there.key_index()?,
    };
    Some((table.table.column_index(key.columns.first()?)?, referred))
}

/// Foreign keys of one column to the table `name`.
fn keys_to<'a>(resource: &'a Resource, name: &str) -> Vec<&'a ForeignKey> {
    let keys = resource.table.foreign_keys.iter();
    keys.filter(|it| it.table.eq_ignore_ascii_case(name) && it.columns.len() == 1).collect()
}

/// `/categories/{id}/children` and `/categories/{id}/parent` of a table that refers to itself.
fn within(scope: &mut Scope<'_>, owner: usize, key: &Key, word: &str) -> Option<(usize, Parent)> {
    let resource = scope.resources.get(owner)?;
    let (foreign_key, referred) = only_key(scope.resources, resource, owner)?;
    let span = resource.column(foreign_key)?.span;
    let parent = match word {
        "children" | "replies" => {
            Parent { resource: owner, key: key.clone(), foreign_key, through: None }
        }
        "parent" => {
            let to_parent = resource.key_index()?;
            let through = Through { resource: owner, to_parent, to_child: foreign_key };
            let through = Some(through);
            Parent { resource: owner, key: key.clone(), foreign_key: referred, through }
        }
        _ => return None,
    };
    scope.because("D4", span, format!("the table refers to itself: `{word}`"));
    Some((owner, parent))
}

/// Operations on the rows below a row that do not refer to it themselves.
pub(super) fn collection(
    scope: &mut Scope<'_>,
    resource: usize,
    parent: Parent,
    through: &Through,
) -> Result<(Operation, Binding), Reason> {
    let method = scope.statement.method;
    let is_one = through.resource == parent.resource;
    let is_junction = is_junction_between(scope, through.resource, parent.resource, resource);
    match method {
        Method::Get if is_one => Ok((Operation::ReadSingleton, of(resource, None, Some(parent)))),
        Method::Get => Ok((Operation::List, of(resource, None, Some(parent)))),
        Method::Post if is_junction => {
            let name =
                scope.resources.get(through.resource).and_then(|it| it.column(through.to_child));
            let name = name.map_or("", |it| it.name.as_str()).to_owned();
            scope.assume("D4", format!("the body names the row to link by `{name}`"));
            let parent = Parent { foreign_key: through.to_parent, through: None, ..parent };
            Ok((Operation::Create, of(through.resource, None, Some(parent))))
        }
        _ => Err(format!("{} on rows behind another table has no rule", method.as_str())),
    }
}

/// `/posts/{id}/tags/{tag_id}`: a child row, or a link between two rows.
pub(super) fn row(
    scope: &mut Scope<'_>,
    owner: usize,
    key: Key,
    word: &str,
    parameter: &str,
) -> Result<(Operation, Binding), Reason> {
    let (resource, parent) = child(scope, owner, key, word)?;
    let own = resolve::key(scope, resource, parameter, Some(parent.foreign_key))?;
    let Some(through) = parent.through.clone() else {
        return Ok((on_row(scope)?, of(resource, Some(own), Some(parent))));
    };
    let junction = is_junction_between(scope, through.resource, owner, resource);
    let operation = match scope.statement.method {
        Method::Get => return Ok((Operation::Read, of(resource, Some(own), Some(parent)))),
        Method::Put | Method::Post if junction => Operation::Link,
        Method::Delete if junction => Operation::Unlink,
        method => {
            return Err(format!("{} on a row behind another table has no rule", method.as_str()));
        }
    };
    let referred = parent.foreign_key;
    if own.column != referred {
        return Err(format!("`{parameter}` is not what the junction table refers to"));
    }
    let table = scope.resources.get(through.resource).map_or("", |it| it.table.name.as_str());
    let note = format!("{} on a link: a row of `{table}`", scope.statement.method.as_str());
    scope.because("D4", scope.statement.span, note);
    let key = Key { parameter: parameter.to_owned(), column: through.to_child };
    let parent = Parent { foreign_key: through.to_parent, through: None, ..parent };
    Ok((operation, of(through.resource, Some(key), Some(parent))))
}
