//! Document to [`ServicePlan`]: a pure function of the document's facts.
//!
//! Every step cites its rule (`D3.2`); the rules are told in `docs/mapping.md`. Ties are never
//! broken silently: what is assumed, and what can't be derived, is a [`Note`].

mod access;
mod accounts;
mod actions;
mod audit;
mod bind;
mod borrowed;
mod caches;
mod cells;
mod columns;
mod commented;
mod deferred;
mod entities;
mod error_rows;
mod examples;
mod files;
mod history;
mod list_shape;
mod members;
mod names;
mod outside;
mod own_rows;
mod paths;
mod policies;
mod promises;
mod query;
mod renames;
mod retention;
mod rules;
mod scope;
mod spelling;
mod statements;
mod tenants;
mod terms;
#[cfg(test)]
mod tests;

use crate::document::Document;
use crate::service::{Note, NoteLevel, Resource, Route, ServicePlan};

/// A path whatever its parameters are called.
pub fn path_shape(path: &str) -> String {
    paths::shape(&paths::segments(path))
}

/// Derives the service that a document describes; `None` where it states no endpoint.
pub fn plan(document: &Document) -> Option<ServicePlan> {
    plan_with(document, &[])
}

/// As [`plan`], with tables that documents beside this one define, for words of paths that no table
/// of its own is named after.
pub fn plan_with(document: &Document, beside: &[&Document]) -> Option<ServicePlan> {
    let mut notes = Vec::new();
    let statements = statements::merge(document, &mut notes);
    if statements.is_empty() {
        return None;
    }
    let schema = borrowed::schema(document, beside, &statements, &mut notes);
    let schema = entities::schema(document, schema, &statements, &mut notes);
    let schema = commented::schema(schema, &mut notes);
    let base = paths::base(&statements, &schema);
    let mut auth = access::auth(document, &statements, &mut notes);
    let mut resources = columns::resources(document, &schema, auth.is_some(), &mut notes);
    let principals = accounts::principals(document, &statements, &mut resources, &mut notes);
    let given = bind::Given { document, resources: &resources, principals: principals.as_ref() };
    let bound = bind::all(&statements, base.len(), &given, &mut notes);
    let mut routes: Vec<Route> = Vec::new();
    for (statement, target) in statements.iter().zip(bound) {
        routes.push(cells::route(document, statement, target, &resources, &mut notes));
    }
    examples::wire_names(&mut resources, &routes);
    members::settle(&statements, &mut routes, &resources, &mut notes);
    let outside = outside::services(document);
    rules::settle(document, &outside, &mut resources, &mut routes, &mut notes);
    columns::settle(&mut resources, &routes, document, &mut notes);
    deferred::settle(document, &mut routes, &resources, &mut notes);
    files::settle(&mut resources, &routes, &mut notes);
    let mut audit = audit::log(document);
    history::settle(&mut routes, &mut audit, &mut notes);
    if let Some(auth) = &mut auth {
        access::settle(document, &statements, &mut routes, &mut resources, &mut notes);
        tenants::settle(document, &mut resources, &routes, &mut notes);
        auth.accounts = principals.and_then(accounts::Principals::accounts);
    }
    query::settle(&statements, &mut routes, &resources, document, &mut notes);
    let mut plan = ServicePlan {
        source: document.source.clone(),
        title: title(document),
        version: document.field("version").map_or("0.0.0", |it| &it.value.text).to_owned(),
        base_path: paths::text(&base),
        resources,
        own_tables: accounts::own_tables(auth.as_ref()),
        indexes: schema.indexes.clone(),
        routes,
        error_shape: error_rows::shape(document),
        error_cases: error_rows::general(document),
        auth,
        rate_limit: policies::rate_limit(document),
        quotas: Vec::new(),
        retention: Vec::new(),
        renames: Vec::new(),
        audit,
        caches: Vec::new(),
        outside,
        notes,
    };
    spelling::settle(&mut plan.resources, &mut plan.indexes);
    policies::quotas(document, &mut plan);
    retention::settle(document, &mut plan);
    renames::settle(document, &mut plan);
    caches::settle(document, &mut plan);
    promises::settle(document, &mut plan);
    plan.notes.sort_by_key(|note| (note.span, note.rule));
    plan.notes.dedup();
    Some(plan)
}

fn title(document: &Document) -> String {
    document.title.as_ref().map_or("Service", |title| &title.text).to_owned()
}

/// What the steps share when they write down an assumption.
fn note(
    notes: &mut Vec<Note>,
    level: NoteLevel,
    rule: &'static str,
    span: groundplan_syntax::Span,
    message: String,
) {
    notes.push(Note { level, rule, message, span });
}

/// The name of a resource's schema: the table's name, singular, in Pascal case.
fn schema_name(table: &str) -> String {
    let singular = names::singular(&names::snake(table));
    singular.split('_').map(names::capitalised).collect()
}

/// The resource whose table is named `table`.
fn resource_index(resources: &[Resource], table: &str) -> Option<usize> {
    resources.iter().position(|resource| resource.table.name.eq_ignore_ascii_case(table))
}
