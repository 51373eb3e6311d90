//! The table of callers: the document's own, or one that is made.

use groundplan_syntax::Span;
use serde_json::Value;

use crate::plan::names::{singular, snake};
use crate::plan::note;
use crate::plan::statements::Statement;
use crate::plan::tenants::is_tenant;
use crate::schema::{Column, ColumnType, DefaultValue, Table};
use crate::service::{Accounts, Field, Note, NoteLevel, Resource, Role};

const TABLES: [&str; 8] =
    ["user", "account", "member", "customer", "app_user", "principal", "person", "employee"];
const LOGINS: [&str; 8] =
    ["email", "username", "user_name", "login", "email_address", "handle", "phone", "name"];

/// The position of the document's table of callers.
pub(super) fn table(resources: &[Resource]) -> Option<usize> {
    let named = |wanted: &str| {
        let is_it = |it: &Resource| singular(&snake(&it.table.name)) == wanted;
        resources.iter().position(is_it)
    };
    TABLES.iter().find_map(|wanted| named(wanted))
}

/// The table that callers sign in with, with every column that it takes. `shown` is the documented
/// body; `open` where everybody may make an account.
pub(super) fn accounts(
    resources: &mut Vec<Resource>,
    statement: &Statement,
    shown: Option<&Value>,
    open: bool,
    notes: &mut Vec<Note>,
) -> Accounts {
    let at = table(resources).unwrap_or_else(|| {
        let message = "no table holds the callers: `users` is made for them".to_owned();
        note(notes, NoteLevel::Assumption, "D4", statement.span, message);
        resources.push(made(statement.span));
        resources.len() - 1
    });
    let Some(resource) = resources.get_mut(at) else {
        return Accounts { resource: at, login: 0, password: 0, role: None, tenant: None };
    };
    let password = password(resource, shown, statement.span, notes);
    let login = login(resource, shown, statement.span, notes);
    let role = resource.table.columns.iter().position(|it| is_role(&it.name));
    if let Some(role) = role.filter(|_| open) {
        close_role(resource, role, notes);
    }
    let tenant = resource.table.columns.iter().position(|it| is_tenant(&it.name));
    Accounts { resource: at, login, password, role, tenant }
}

fn made(span: Span) -> Resource {
    let columns = vec![
        Column { default: Some(DefaultValue::NewUuid), ..column("id", ColumnType::Uuid, span) },
        Column {
            default: Some(DefaultValue::Now),
            ..column("created_at", ColumnType::Timestamp, span)
        },
    ];
    let field = |name: &str, role| Field { name: name.to_owned(), role, required: false };
    let table = Table {
        name: "users".to_owned(),
        span,
        columns,
        primary_key: vec!["id".to_owned()],
        uniques: Vec::new(),
        foreign_keys: Vec::new(),
        checks: Vec::new(),
    };
    let fields = vec![field("id", Role::GeneratedKey), field("created_at", Role::CreatedAt)];
    Resource {
        name: "User".to_owned(),
        table,
        fields,
        owner: None,
        scoped: false,
        tenant: None,
        soft_delete: None,
    }
}

pub(super) fn column(name: &str, ty: ColumnType, span: Span) -> Column {
    let declared = match ty {
        ColumnType::Uuid => "UUID",
        ColumnType::Timestamp => "TIMESTAMPTZ",
        _ => "TEXT",
    };
    Column { declared: declared.to_owned(), not_null: true, ..Column::plain(name, ty, span) }
}

/// The column of the password's hash. In bodies it is called as the document shows it, or
/// `password`: clients send the password, and its hash is the service's own.
fn password(
    resource: &mut Resource,
    shown: Option<&Value>,
    span: Span,
    notes: &mut Vec<Note>,
) -> usize {
    let is_it = |it: &Column| {
        let name = it.name.to_lowercase();
        name.contains("passw") || name.contains("pwd") || name.contains("passphrase")
    };
    let found = resource.table.columns.iter().position(is_it);
    let at = found.unwrap_or_else(|| {
        let message =
            format!("`{}` keeps no password: `password_hash` is added", resource.table.name);
        note(notes, NoteLevel::Assumption, "D5", span, message);
        add(resource, column("password_hash", ColumnType::Text, span), Role::Secret)
    });
    let keys = shown.and_then(Value::as_object).into_iter().flat_map(|it| it.keys());
    let mut named = keys.filter(|key| key.to_lowercase().contains("pass"));
    if let Some(field) = resource.fields.get_mut(at) {
        field.name = named.next().cloned().unwrap_or_else(|| "password".to_owned());
        (field.role, field.required) = (Role::Secret, true);
    }
    at
}

/// The column that callers sign in with: the one of the documented body, else the first that is
/// usual.
fn login(
    resource: &mut Resource,
    shown: Option<&Value>,
    span: Span,
    notes: &mut Vec<Note>,
) -> usize {
    let keys = shown.and_then(Value::as_object).into_iter().flat_map(|it| it.keys());
    let shown = keys.map(|it| snake(it)).find(|it| LOGINS.contains(&it.as_str()));
    let position =
        |name: &str| resource.table.columns.iter().position(|it| snake(&it.name) == name);
    let found = shown.as_deref().and_then(position);
    let found = found.or_else(|| LOGINS.iter().find_map(|name| position(name)));
    let at = found.unwrap_or_else(|| {
        let name = shown.unwrap_or_else(|| "email".to_owned());
        let message = format!("callers of `{}` sign in with `{name}`", resource.table.name);
        note(notes, NoteLevel::Assumption, "D5", span, message);
        let at = add(resource, column(&name, ColumnType::Text, span), Role::Plain);
        if let Some(field) = resource.fields.get_mut(at) {
            field.required = true;
        }
        at
    });
    make_unique(resource, at, notes);
    at
}

/// Two accounts of one name could not be told apart.
fn make_unique(resource: &mut Resource, at: usize, notes: &mut Vec<Note>) {
    let table = &mut resource.table;
    let Some(column) = table.columns.get(at) else { return };
    let (name, span) = (column.name.clone(), column.span);
    let alone = |it: &Vec<String>| matches!(it.as_slice(), [it] if it.eq_ignore_ascii_case(&name));
    if alone(&table.primary_key) || table.uniques.iter().any(alone) {
        return;
    }
    let message = format!("`{name}` is unique: callers sign in with it");
    note(notes, NoteLevel::Assumption, "D5", span, message);
    table.uniques.push(vec![name]);
}

fn add(resource: &mut Resource, column: Column, role: Role) -> usize {
    let field = Field { name: column.name.clone(), role, required: false };
    resource.table.columns.push(column);
    resource.fields.push(field);
    resource.fields.len() - 1
}

fn is_role(name: &str) -> bool {
    matches!(name.to_lowercase().as_str(), "role" | "user_role" | "account_role")
}

/// Who registers does not choose what they may do: the role is the column's default.
fn close_role(resource: &mut Resource, at: usize, notes: &mut Vec<Note>) {
    const LEAST: [&str; 6] = ["user", "member", "viewer", "customer", "guest", "requester"];
    let Some((column, field)) = resource.table.columns.get_mut(at).zip(resource.fields.get_mut(at))
    else {
        return;
    };
    (field.role, field.required) = (Role::ReadOnly, false);
    if column.default.is_none() && column.not_null {
        let least = column.allowed.iter().find(|it| LEAST.contains(&it.to_lowercase().as_str()));
        let role = least.or(column.allowed.last()).cloned().unwrap_or_else(|| "user".to_owned());
        let message = format!("a new account has the role `{role}`");
        note(notes, NoteLevel::Assumption, "D5", column.span, message);
        column.default = Some(DefaultValue::Constant(Value::String(role)));
    }
}
