//! A resource's three schemas: a row, a body that creates or replaces it, a body that changes it.

use groundplan_model::ServicePlan;
use groundplan_model::schema::{Column, DefaultValue};
use groundplan_model::service::{Field, Member, Operation, Resource, Role, Route};
use serde_json::{Map, Value, json};

use super::{column, name};

/// The schemas of the resource at `index` by their names; those of bodies only where a route takes
/// one.
pub(super) fn schemas(
    plan: &ServicePlan,
    index: usize,
    resource: &Resource,
) -> Vec<(String, Value)> {
    let takes = |is_it: fn(&Operation) -> bool| {
        let on_it = |route: &&Route| route.binding.as_ref().is_some_and(|it| it.resource == index);
        plan.routes.iter().filter(on_it).any(|route| is_it(&route.operation))
    };
    let mut schemas = vec![(name::schema(resource), row(resource))];
    if takes(|it| it.has_body() && *it != Operation::Update) {
        schemas.push((name::create_schema(resource), create_body(resource, None)));
    }
    if takes(|it| *it == Operation::Update) {
        schemas.push((name::update_schema(resource), update_body(resource, None)));
    }
    schemas
}

/// A body that creates or replaces a row. The column at `bound` is filled from the path.
pub(super) fn create_body(resource: &Resource, bound: Option<usize>) -> Value {
    let mut required = Vec::new();
    let mut properties = Map::new();
    for (field, column) in writable(resource, bound) {
        let mut schema = member(field, column);
        if let Some(DefaultValue::Constant(value)) = &column.default {
            schema.insert("default".into(), value.clone());
        }
        properties.insert(field.name.clone(), Value::Object(schema));
        if field.required {
            required.push(field.name.as_str());
        }
    }
    closed_object(&required, properties)
}

/// A merge patch (RFC 7396): nothing is required, and null empties a column that may be empty.
pub(super) fn update_body(resource: &Resource, bound: Option<usize>) -> Value {
    let fields = writable(resource, bound);
    let property = |(field, column): (&Field, &Column)| {
        (field.name.clone(), Value::Object(member(field, column)))
    };
    closed_object(&[], fields.map(property).collect())
}

/// The body of an action.
pub(super) fn members_body(members: &[Member]) -> Value {
    let required: Vec<&str> =
        members.iter().filter(|it| it.required).map(|it| it.name.as_str()).collect();
    let property = |it: &Member| (it.name.clone(), Value::Object(column::schema(&it.column)));
    closed_object(&required, members.iter().map(property).collect())
}

/// An object with one member: the column that the path names.
pub(super) fn value_body(resource: &Resource, index: usize) -> Value {
    let found = resource.fields.get(index).zip(resource.column(index));
    let Some((field, column)) = found else { return json!({ "type": "object" }) };
    let mut properties = Map::new();
    properties.insert(field.name.clone(), Value::Object(member(field, column)));
    closed_object(&[field.name.as_str()], properties)
}

/// A row as it is answered.
pub(super) fn row(resource: &Resource) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    let fields = resource.fields.iter().zip(&resource.table.columns);
    for (field, column) in fields.filter(|(field, _)| field.role.is_shown()) {
        let mut schema = column::schema(column);
        if !field.role.is_writable() {
            schema.insert("readOnly".into(), json!(true));
        }
        properties.insert(field.name.clone(), Value::Object(schema));
        required.push(field.name.as_str());
    }
    json!({ "type": "object", "required": required, "properties": properties })
}

fn writable(resource: &Resource, bound: Option<usize>) -> impl Iterator<Item = (&Field, &Column)> {
    let fields = resource.fields.iter().zip(&resource.table.columns).enumerate();
    fields
        .filter(move |(index, (field, _))| field.role.is_writable() && Some(*index) != bound)
        .map(|(_, pair)| pair)
}

fn member(field: &Field, column: &Column) -> Map<String, Value> {
    let mut schema = column::schema(column);
    if field.role == Role::Secret {
        schema.insert("writeOnly".into(), json!(true));
    }
    schema
}

/// An object that refuses members it does not know, as the service does.
fn closed_object(required: &[&str], properties: Map<String, Value>) -> Value {
    let mut schema = Map::new();
    schema.insert("type".into(), json!("object"));
    schema.insert("additionalProperties".into(), json!(false));
    if !required.is_empty() {
        schema.insert("required".into(), json!(required));
    }
    schema.insert("properties".into(), Value::Object(properties));
    Value::Object(schema)
}
