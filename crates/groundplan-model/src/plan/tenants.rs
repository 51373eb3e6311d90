//! Whose tenant a row belongs to (rule D5): filled from the token, never taken from the client.

use super::{columns, note};
use crate::document::{Document, PolicyKind};
use crate::service::{Field, Note, NoteLevel, Operation, Resource, Role, Route, SessionKind, Who};

/// Columns that hold a tenant, and whether their names alone say so.
const TENANTS: [(&str, bool); 6] = [
    ("tenant_id", true),
    ("org_id", false),
    ("organization_id", false),
    ("organisation_id", false),
    ("workspace_id", false),
    ("tenant", true),
];

/// Whether a column of this name can hold a tenant.
pub(super) fn is_tenant(name: &str) -> bool {
    TENANTS.iter().any(|(it, _)| name.eq_ignore_ascii_case(it))
}

/// Gives the columns of tenants their role, and takes the table of tenants itself along.
pub(super) fn settle(
    document: &Document,
    resources: &mut [Resource],
    routes: &[Route],
    notes: &mut Vec<Note>,
) {
    let said = document.policies.iter().any(|it| it.kind == PolicyKind::OwnTenant);
    let mut tables: Vec<String> = Vec::new();
    for at in 0..resources.len() {
        let Some(column) = resources.get(at).and_then(|it| candidate(it, said)) else { continue };
        let target = resources.get(at).and_then(|it| columns::referred(resources, it, column));
        if target.is_some_and(|it| is_made_by_callers(routes, it)) && !said {
            continue;
        }
        if is_open(routes, at) {
            let span = resources.get(at).map(|it| it.table.span).unwrap_or_default();
            let message = "whoever registers names the tenant: no token does before".to_owned();
            note(notes, NoteLevel::Assumption, "D5", span, message);
            continue;
        }
        tables.extend(target.and_then(|it| resources.get(it)).map(|it| it.table.name.clone()));
        if let Some(resource) = resources.get_mut(at) {
            take(resource, column, notes);
        }
    }
    for resource in resources.iter_mut().filter(|it| tables.contains(&it.table.name)) {
        if resource.tenant.is_none() {
            resource.tenant = resource.key_index();
        }
    }
    open_made(resources, routes, &tables, notes);
}

/// A table of tenants in which callers make rows cannot be limited to the tenant of a token: no
/// token knew of the new row.
fn open_made(
    resources: &mut [Resource],
    routes: &[Route],
    tables: &[String],
    notes: &mut Vec<Note>,
) {
    for (at, resource) in resources.iter_mut().enumerate() {
        if tables.contains(&resource.table.name) && is_made_by_callers(routes, at) {
            resource.tenant = None;
            let name = &resource.table.name;
            let message = format!("rows of `{name}` are open to every tenant: callers make them");
            note(notes, NoteLevel::Assumption, "D5", resource.table.span, message);
        }
    }
}

/// The column of the tenant, where there is one.
fn candidate(resource: &Resource, said: bool) -> Option<usize> {
    let is_it = |field: &Field, name: &str| {
        let name = name.to_lowercase();
        let listed = TENANTS.iter().any(|(it, alone)| *it == name && (*alone || said));
        listed && matches!(field.role, Role::Plain | Role::ReadOnly)
    };
    let mut fields = resource.fields.iter().zip(&resource.table.columns);
    fields.position(|(field, column)| is_it(field, &column.name))
}

/// Whether everybody may make rows of the resource.
fn is_open(routes: &[Route], resource: usize) -> bool {
    let open = routes.iter().filter(|route| route.access.who == Who::Anybody);
    let registers = |it: &Operation| match it {
        Operation::Create => true,
        Operation::Session(session) => session.kind == SessionKind::Register,
        _ => false,
    };
    let mut makers = open.filter(|route| registers(&route.operation));
    makers.any(|route| route.binding.as_ref().is_some_and(|it| it.resource == resource))
}

fn is_made_by_callers(routes: &[Route], resource: usize) -> bool {
    let makes = |it: &Operation| matches!(it, Operation::Create | Operation::PutSingleton);
    routes.iter().any(|route| {
        makes(&route.operation) && route.binding.as_ref().is_some_and(|it| it.resource == resource)
    })
}

/// Tenants come from tokens: a foreign key would refuse rows of those that this service's table
/// does not hold.
fn take(resource: &mut Resource, column: usize, notes: &mut Vec<Note>) {
    let Some(name) = resource.column(column).map(|it| it.name.clone()) else { return };
    let is_it = |columns: &[String]| matches!(columns, [only] if only.eq_ignore_ascii_case(&name));
    resource.table.foreign_keys.retain(|key| !is_it(&key.columns));
    resource.tenant = Some(column);
    if let Some(field) = resource.fields.get_mut(column) {
        (field.role, field.required) = (Role::Tenant, false);
    }
    let message = format!("`{name}` is the tenant of the token: rows of others are not found");
    let span = resource.column(column).map_or(resource.table.span, |it| it.span);
    note(notes, NoteLevel::Info, "D5", span, message);
}
