//! The service: endpoints, tables, types, examples, error answers, rules.

use groundplan_model::document::{
    Endpoint, Entity, EntityField, ErrorCase, Example, ExampleRole, Operation, Policy, Transition,
};
use groundplan_model::schema::{Column, Table};
use groundplan_model::{Certainty, Document};
use serde_json::Value;

use super::super::words;
use super::member::{
    CERTAINTY, FORM, Member, at, certainty, certainty_of, flag, form_of, http_status, line, list,
    maybe, maybe_text, member, objects, objects_of, one_of, sure, text, texts,
};
use super::shown::{Shown, json};

pub(super) static ENDPOINT: &[Member<Endpoint>] = &[
    member("method", "In capitals.", text, |_, it| json!(it.method.as_str())),
    member("path", "As written, without host and query string.", text, |_, it| json!(it.path)),
    member("line", "Where it stands.", line, |document, it| at(document, it.span)),
    member("form", "The form that states it: table, bullet, heading, …", text, |_, it| {
        json!(it.form.as_str())
    }),
    member("certainty", "How sure the reading is.", certainty, |_, it| sure(it.certainty)),
    member("external", "Whether another service answers it.", flag, |document, it| {
        json!(document.is_external(it))
    }),
    member(
        "full_path",
        "With the base path that its section states, or the collection that it goes on with.",
        text,
        |_, it| json!(it.full_path()),
    ),
];

pub(super) static OPERATION: &[Member<Operation>] = &[
    member("method", "In capitals.", text, |_, it| json!(it.method.as_str())),
    member("path", "As written.", text, |_, it| json!(it.path)),
    member("line", "Where its method stands.", line, |document, it| at(document, it.span)),
    member("statuses", "Those that it answers.", statuses, |_, it| json!(it.statuses)),
    member("form", FORM, text, |document, it| form_of(document, it.span)),
    member("certainty", CERTAINTY, certainty, |document, it| certainty_of(document, it.span)),
];

pub(super) static TABLE: &[Member<Table>] = &[
    member("name", "Without a schema's name in front.", text, |_, it| json!(it.name)),
    member(
        "columns",
        "In order.",
        || objects_of(COLUMN),
        |document, it| objects(COLUMN, document, &it.columns),
    ),
    member("line", "Where its name stands.", line, |document, it| at(document, it.span)),
    member("form", "The form that states it.", text, |_, _| json!("sql")),
    member("certainty", CERTAINTY, certainty, |_, _| sure(Certainty::Stated)),
];

static COLUMN: &[Member<Column>] = &[
    member("name", "As written.", text, |_, it| json!(it.name)),
    member("type", "As written.", text, |_, it| json!(it.declared)),
    member("line", "Where its name stands.", line, |document, it| at(document, it.span)),
];

pub(super) static TYPE: &[Member<Entity>] = &[
    member("name", "As written.", text, |_, it| json!(it.name.text)),
    member(
        "fields",
        "In order.",
        || objects_of(FIELD),
        |document, it| objects(FIELD, document, &it.fields),
    ),
    member("line", "Where its name stands.", line, |document, it| at(document, it.name.span)),
    member("form", "Its language, or the form of its table.", text, |_, it| json!(it.form)),
    member("certainty", CERTAINTY, certainty, |_, _| sure(Certainty::Stated)),
];

static FIELD: &[Member<EntityField>] = &[
    member("name", "As written.", text, |_, it| json!(it.name)),
    member("type", "As written; empty where none is.", text, |_, it| json!(it.ty)),
    member("optional", "Whether it may be missing.", flag, |_, it| json!(it.optional)),
    member("line", "Where its name stands.", line, |document, it| at(document, it.span)),
];

pub(super) static ERROR: &[Member<ErrorCase>] = &[
    member("code", "The HTTP status.", http_status, |_, it| json!(it.status)),
    member("meaning", "What it means or when it happens.", text, |_, it| json!(it.meaning.text)),
    member("line", "Where the status stands.", line, |document, it| at(document, it.span)),
    member("certainty", "How sure the reading is.", certainty, |_, it| sure(it.certainty)),
    member("endpoint", "The one that it belongs to alone.", maybe_text, |document, it| {
        endpoint(document, it.endpoint)
    }),
    member("form", FORM, text, |document, it| form_of(document, it.statement)),
];

pub(super) static EXAMPLE: &[Member<Example>] = &[
    member("line", "Where it begins.", line, |document, it| at(document, it.span)),
    member("role", "What it shows.", role, |_, it| json!(words::example_role(it.role))),
    member("status", "Of an answer.", || maybe(http_status()), |_, it| status(it)),
    member("endpoint", "The one that it belongs to.", maybe_text, |document, it| {
        endpoint(document, it.endpoint)
    }),
    member("parses", "Whether it is JSON, or only shows a shape.", flag, |_, it| {
        json!(it.fault.is_none())
    }),
    member("shape_only", "Whether it has comments, ellipses or several values.", flag, |_, it| {
        json!(it.shape_only)
    }),
    member("form", FORM, text, |document, it| form_of(document, it.span)),
    member("certainty", CERTAINTY, certainty, |document, it| certainty_of(document, it.span)),
];

pub(super) static POLICY: &[Member<Policy>] = &[
    member("line", "Where it is stated.", line, |document, it| at(document, it.text.span)),
    member("kind", "What is enforced.", text, |_, it| json!(words::policy(&it.kind))),
    member("text", "The sentence.", text, |_, it| json!(it.text.text)),
    member("form", FORM, text, |document, it| form_of(document, it.text.span)),
    member("certainty", CERTAINTY, certainty, |_, _| sure(Certainty::Inferred)),
];

pub(super) static TRANSITION: &[Member<Transition>] = &[
    member("action", "As a path says it.", maybe_text, |_, it| json!(it.action)),
    member("from", "The states that it starts from.", texts, |_, it| json!(it.from)),
    member("to", "The state that it leads to.", text, |_, it| json!(it.to)),
    member("line", "Where it is stated.", line, |document, it| at(document, it.span)),
    member("form", FORM, text, |document, it| form_of(document, it.span)),
    member("certainty", CERTAINTY, certainty, |_, it| sure(it.certainty)),
];

fn statuses() -> Value {
    list(http_status())
}

fn role() -> Value {
    one_of(words::EXAMPLE_ROLES.map(words::example_role))
}

fn status(it: &Example) -> Shown<'_> {
    match it.role {
        ExampleRole::Response(status) => json!(status),
        ExampleRole::Request | ExampleRole::Unknown => Shown::Null,
    }
}

/// "GET /orders", of the endpoint at `index`.
fn endpoint(document: &Document, index: Option<usize>) -> Shown<'_> {
    let endpoint = index.and_then(|index| document.endpoints.get(index));
    let named = endpoint.map(|it| format!("{} {}", it.method.as_str(), it.path));
    named.map_or(Shown::Null, Shown::Owned)
}
