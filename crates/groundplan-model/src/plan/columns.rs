//! What columns are for (rule D5): by name and type, and by the routes that write them.

use super::own_rows::OwnRows;
use super::{note, resource_index, schema_name};
use crate::document::Document;
use crate::schema::{Column, ColumnType, DefaultValue, Schema, Table};
use crate::service::{Field, Note, NoteLevel, Operation, Resource, Role, Route, SoftDelete};

const OWNERS: [&str; 5] = ["owner_id", "user_id", "created_by", "author_id", "owner"];
const CREATED: [&str; 4] = ["created_at", "created", "created_on", "creation_date"];
const UPDATED: [&str; 5] =
    ["updated_at", "updated", "modified_at", "last_modified", "last_updated"];
const VERSIONS: [&str; 4] = ["version", "revision", "lock_version", "row_version"];
const SECRETS: [&str; 5] = ["secret", "token", "api_key", "password", "passphrase"];
/// What a hash is of where it stands for a secret: `refresh_token_hash`, and not `content_hash`.
const HASHED: [&str; 8] =
    ["password", "passwd", "pwd", "pass", "passphrase", "pin", "token", "secret"];
const KEYS: [&str; 5] = ["key", "api_key", "access_key", "secret_key", "private_key"];

/// Every table as a resource, with the roles that names and types tell.
pub(super) fn resources(
    document: &Document,
    schema: &Schema,
    authenticated: bool,
    notes: &mut Vec<Note>,
) -> Vec<Resource> {
    let own_rows = OwnRows::of(document, schema);
    let tables = schema.tables.iter();
    tables.map(|table| resource(table, authenticated, &own_rows, notes)).collect()
}

fn resource(
    table: &Table,
    authenticated: bool,
    own_rows: &OwnRows,
    notes: &mut Vec<Note>,
) -> Resource {
    let mut table = table.clone();
    let field = |column: &Column| {
        let role = role(column, &table, authenticated);
        Field { name: column.name.clone(), role, required: is_required(column, role) }
    };
    let fields: Vec<Field> = table.columns.iter().map(field).collect();
    for (column, field) in table.columns.iter_mut().zip(&fields) {
        if field.role == Role::Secret {
            keep_hash(column);
        }
    }
    let owner = fields.iter().position(|field| field.role == Role::Owner);
    if let Some(name) = owner.and_then(|at| fields.get(at)).map(|field| field.name.clone()) {
        release_owner(&mut table, &name, notes);
    }
    let scoped = owner.is_some() && own_rows.hold(&table.name);
    if owner.is_some() && !scoped {
        own_rows.note_open(&table, notes);
    }
    let soft_delete = fields
        .iter()
        .position(|field| field.role == Role::Deleted)
        .map(|column| SoftDelete { column, state: None });
    let (name, tenant) = (schema_name(&table.name), None);
    Resource { name, table, fields, owner, scoped, tenant, soft_delete }
}

/// What is stored of a secret is a hash, longer than the secret may be.
fn keep_hash(column: &mut Column) {
    if matches!(column.ty, ColumnType::Text | ColumnType::Other) {
        column.max_length = None;
        "TEXT".clone_into(&mut column.declared);
    }
}

/// Callers come from the token, not from a table of this service: a foreign key to one would refuse
/// every row.
fn release_owner(table: &mut Table, owner: &str, notes: &mut Vec<Note>) {
    let is_it = |columns: &[String]| matches!(columns, [only] if only.eq_ignore_ascii_case(owner));
    let before = table.foreign_keys.len();
    table.foreign_keys.retain(|key| !is_it(&key.columns));
    if table.foreign_keys.len() < before {
        let message =
            format!("`{owner}` holds the token's subject; its foreign key is not enforced");
        note(notes, NoteLevel::Assumption, "D5", table.span, message);
    }
}

fn role(column: &Column, table: &Table, authenticated: bool) -> Role {
    let name = column.name.to_lowercase();
    let is = |names: &[&str]| names.contains(&name.as_str());
    let is_integer = matches!(column.ty, ColumnType::Integer { .. });
    if matches!(table.primary_key.as_slice(), [only] if *only == column.name) {
        return key_role(column, table);
    }
    match column.ty {
        ColumnType::Timestamp | ColumnType::Date if is(&CREATED) => Role::CreatedAt,
        ColumnType::Timestamp | ColumnType::Date if is(&UPDATED) => Role::UpdatedAt,
        ColumnType::Timestamp | ColumnType::Date if is(&["deleted_at"]) && !column.not_null => {
            Role::Deleted
        }
        ColumnType::Boolean if is(&["is_deleted", "deleted"]) => Role::Deleted,
        _ if is_integer && is(&VERSIONS) => Role::Version,
        _ if authenticated && is(&OWNERS) => Role::Owner,
        _ if is(&SECRETS) || is_secrets_hash(&name) || name.starts_with("password") => Role::Secret,
        _ => Role::Plain,
    }
}

/// `token_hash`, `hashed_password`; a hash of anything else is a fact about that.
fn is_secrets_hash(name: &str) -> bool {
    let stem = name.strip_suffix("_hash").or_else(|| name.strip_prefix("hashed_"));
    let last = stem.and_then(|it| it.rsplit('_').next());
    stem.is_some_and(|it| KEYS.contains(&it)) || last.is_some_and(|it| HASHED.contains(&it))
}

/// A key is the service's to fill where it can: numbers and UUIDs. A key that refers to a parent
/// comes with the path.
fn key_role(column: &Column, table: &Table) -> Role {
    let refers = table.foreign_keys.iter().any(|key| key.columns.contains(&column.name));
    let generated = matches!(column.ty, ColumnType::Integer { .. } | ColumnType::Uuid)
        || column.default == Some(DefaultValue::NewUuid);
    match (refers, generated) {
        (true, _) => Role::ReadOnly,
        (false, true) => Role::GeneratedKey,
        (false, false) => Role::Plain,
    }
}

fn is_required(column: &Column, role: Role) -> bool {
    role.is_writable() && column.not_null && column.default.is_none()
}

/// Settles what only the routes tell: foreign keys that always come with the path, and states that
/// actions change.
pub(super) fn settle(
    resources: &mut [Resource],
    routes: &[Route],
    document: &Document,
    notes: &mut Vec<Note>,
) {
    for (index, resource) in resources.iter_mut().enumerate() {
        let own: Vec<&Route> = routes.iter().filter(|it| resource_of(it) == Some(index)).collect();
        for at in 0..resource.fields.len() {
            if comes_with_path(&own, at) {
                restrict(resource, at, Role::ReadOnly);
            }
        }
        for at in marked(&own) {
            let is_time = resource
                .column(at)
                .is_some_and(|it| matches!(it.ty, ColumnType::Timestamp | ColumnType::Date));
            if is_time {
                restrict(resource, at, Role::ReadOnly);
            }
        }
        soft_delete(resource, &own, notes);
        if let Some(at) = state_column(resource, &own, document) {
            restrict(resource, at, Role::State);
            let name = resource.fields.get(at).map_or("", |field| &field.name);
            let message = format!("`{name}` is changed by actions only");
            let span = resource.table.columns.get(at).map_or(resource.table.span, |it| it.span);
            note(notes, NoteLevel::Info, "D5", span, message);
        }
    }
}

/// Columns that actions set.
fn marked(routes: &[&Route]) -> Vec<usize> {
    let transitions = routes.iter().filter_map(|route| match &route.operation {
        Operation::Transition(it) => Some(it),
        _ => None,
    });
    transitions.flat_map(|it| it.also.iter().map(|it| it.column).chain([it.column])).collect()
}

/// A state that means deleted, where a DELETE says that rows are kept.
fn soft_delete(resource: &mut Resource, routes: &[&Route], notes: &mut Vec<Note>) {
    let says_so = |route: &&&Route| {
        let text = route.summary.to_lowercase();
        let words = ["soft", "archive", "mark as deleted", "marks as deleted"];
        route.operation == Operation::Delete && words.iter().any(|it| text.contains(it))
    };
    let Some(route) = routes.iter().find(says_so).filter(|_| resource.soft_delete.is_none()) else {
        return;
    };
    let candidate = state_candidate(resource);
    let column = candidate.and_then(|at| resource.column(at));
    let state = column.and_then(|it| {
        it.allowed.iter().find(|value| {
            matches!(value.to_lowercase().as_str(), "deleted" | "archived" | "removed")
        })
    });
    let Some((column, state)) = candidate.zip(state.cloned()) else { return };
    let message = format!("a deleted row stays, as `{state}`, and is not shown any more");
    note(notes, NoteLevel::Assumption, "D5", route.span, message);
    resource.soft_delete = Some(SoftDelete { column, state: Some(state) });
}

fn restrict(resource: &mut Resource, at: usize, role: Role) {
    if let Some(field) = resource.fields.get_mut(at).filter(|field| field.role == Role::Plain) {
        field.role = role;
        field.required = false;
    }
}

fn resource_of(route: &Route) -> Option<usize> {
    route.binding.as_ref().map(|binding| binding.resource)
}

/// Whether every route that creates such rows has this column's value in its path.
fn comes_with_path(routes: &[&Route], column: usize) -> bool {
    let creates = |it: &&&Route| it.makes_row() || it.operation == Operation::PutSingleton;
    let mut creators = routes.iter().filter(creates).peekable();
    let from_path = |route: &&Route| {
        let parent = route.binding.as_ref().and_then(|binding| binding.parent.as_ref());
        parent.is_some_and(|parent| parent.foreign_key == column)
    };
    creators.peek().is_some() && creators.all(from_path)
}

/// The column of the row's state: `status` or `state` with known values, where the document has
/// actions or a table of transitions for them.
pub(super) fn state_column(
    resource: &Resource,
    routes: &[&Route],
    document: &Document,
) -> Option<usize> {
    let at = state_candidate(resource)?;
    let column = resource.table.columns.get(at)?;
    let acted = routes.iter().any(|route| matches!(route.operation, Operation::Transition(_)));
    let stated = document.transitions.iter().any(|transition| {
        column.allowed.iter().any(|value| value.eq_ignore_ascii_case(&transition.to))
    });
    (acted || stated).then_some(at)
}

/// A column that can hold a state.
pub(super) fn state_candidate(resource: &Resource) -> Option<usize> {
    let is_state = |column: &Column| {
        matches!(column.name.to_lowercase().as_str(), "status" | "state")
            && !column.allowed.is_empty()
    };
    resource.table.columns.iter().position(is_state)
}

/// The resource that a table's foreign key on `column` refers to.
pub(super) fn referred(
    resources: &[Resource],
    resource: &Resource,
    column: usize,
) -> Option<usize> {
    let name = &resource.table.columns.get(column)?.name;
    let key = resource.table.foreign_keys.iter().find(|key| key.columns.contains(name))?;
    resource_index(resources, &key.table)
}
