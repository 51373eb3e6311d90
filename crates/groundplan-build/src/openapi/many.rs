//! Bodies about many rows: lists, figures, files, and writes of several rows.

use groundplan_model::ServicePlan;
use groundplan_model::schema::ColumnType;
use groundplan_model::service::{
    Aggregate, Bulk, BulkAnswer, BulkSlot, BulkSource, EntryPart, Export, ExportFormat, Figure,
    History, ListShape, Operation, PageForm, PageSlot, Resource, Route,
};
use serde_json::{Map, Value, json};

use super::{column, name, resource, schema_ref};

/// The answer of a list.
pub(super) fn list(plan: &ServicePlan, resource: &Resource, route: &Route) -> Value {
    let rows = json!({ "type": "array", "items": item(plan, resource, route) });
    match &route.list {
        ListShape::Array => rows,
        ListShape::Envelope(members) => envelope(members, &rows, route),
    }
}

/// The entries of a row's history.
pub(super) fn history(history: &History, route: &Route) -> Value {
    let text = || json!({ "type": ["string", "null"] });
    let property = |part: EntryPart| match part {
        EntryPart::Id => json!({ "type": "integer" }),
        EntryPart::At => json!({ "type": "string", "format": "date-time" }),
        EntryPart::Resource => json!({ "type": "string" }),
        EntryPart::Action => json!({ "enum": ["insert", "update", "delete"] }),
        EntryPart::Before | EntryPart::After => json!({ "type": ["object", "null"] }),
        _ => text(),
    };
    let members = history.members.iter();
    let properties: Map<String, Value> =
        members.map(|(name, part)| (name.clone(), property(*part))).collect();
    let required: Vec<&String> = history.members.iter().map(|(name, _)| name).collect();
    let item = json!({ "type": "object", "required": required, "properties": properties });
    let rows = json!({ "type": "array", "items": item });
    match &route.list {
        ListShape::Array => rows,
        ListShape::Envelope(members) => envelope(members, &rows, route),
    }
}

/// A row of the list: with fewer members where a request chooses them, with more where rows are
/// included.
fn item(plan: &ServicePlan, resource: &Resource, route: &Route) -> Value {
    let row = schema_ref(&name::schema(resource));
    let mut row = match &route.query.fields {
        Some(_) => {
            let whole = resource::row(resource);
            json!({ "type": "object", "properties": whole.get("properties") })
        }
        None => row,
    };
    if let Some(include) = &route.query.include {
        let members = include.rows.iter().filter_map(|it| {
            let target = schema_ref(&name::schema(plan.resources.get(it.resource)?));
            Some((it.name.clone(), json!({ "anyOf": [target, { "type": "null" }] })))
        });
        let members: Map<String, Value> = members.collect();
        row = json!({ "allOf": [row, { "type": "object", "properties": members }] });
    }
    row
}

fn envelope(members: &[(String, PageSlot)], rows: &Value, route: &Route) -> Value {
    let property = |slot: &PageSlot| match slot {
        PageSlot::Items => rows.clone(),
        PageSlot::Total | PageSlot::Count | PageSlot::Pages | PageSlot::Offset => {
            json!({ "type": "integer", "minimum": 0 })
        }
        PageSlot::Page | PageSlot::Limit => json!({ "type": "integer", "minimum": 1 }),
        PageSlot::Next => next(route),
        PageSlot::NextAddress | PageSlot::PreviousAddress => json!({ "type": ["string", "null"] }),
        PageSlot::HasNext | PageSlot::HasPrevious => json!({ "type": "boolean" }),
        PageSlot::Constant(value) => json!({ "const": value }),
        PageSlot::Object(inner) => envelope(inner, rows, route),
    };
    let properties: Map<String, Value> =
        members.iter().map(|(name, slot)| (name.clone(), property(slot))).collect();
    let required: Vec<&String> = properties.keys().collect();
    json!({ "type": "object", "required": required, "properties": properties })
}

/// What the parameter of the next page takes.
fn next(route: &Route) -> Value {
    let is_cursor =
        route.query.paging.as_ref().is_none_or(|it| matches!(it.form, PageForm::Cursor(_)));
    json!({ "type": [if is_cursor { "string" } else { "integer" }, "null"] })
}

/// The answer of figures.
pub(super) fn figures(resource: &Resource, aggregate: &Aggregate) -> Value {
    members(resource, &aggregate.members)
}

fn members(resource: &Resource, figures: &[(String, Figure)]) -> Value {
    let count = || json!({ "type": "integer", "minimum": 0 });
    let property = |figure: &Figure| match figure {
        Figure::Count | Figure::CountOf(..) => count(),
        Figure::CountBy(at) => {
            let allowed = resource.column(*at).map(|it| it.allowed.clone()).unwrap_or_default();
            let properties: Map<String, Value> =
                allowed.iter().map(|value| (value.clone(), count())).collect();
            json!({ "type": "object", "required": allowed, "properties": properties })
        }
        Figure::Sum(at) => figure_of(resource, *at, false, false),
        Figure::Mean(at) => figure_of(resource, *at, true, true),
        Figure::Least(at) | Figure::Most(at) => figure_of(resource, *at, true, false),
        Figure::Object(inner) => members(resource, inner),
    };
    let properties: Map<String, Value> =
        figures.iter().map(|(name, figure)| (name.clone(), property(figure))).collect();
    let required: Vec<&String> = properties.keys().collect();
    json!({ "type": "object", "required": required, "properties": properties })
}

/// A figure in the form of its column; null where there are no rows.
fn figure_of(resource: &Resource, at: usize, nullable: bool, is_mean: bool) -> Value {
    let ty = match resource.column(at).map(|it| &it.ty) {
        Some(ColumnType::Integer { .. }) if !is_mean => "integer",
        Some(ColumnType::Integer { .. } | ColumnType::Float) => "number",
        _ => "string",
    };
    if nullable { json!({ "type": [ty, "null"] }) } else { json!({ "type": ty }) }
}

/// A file in each of its forms.
pub(super) fn file(
    plan: &ServicePlan,
    route: &Route,
    export: &Export,
) -> Option<Map<String, Value>> {
    let resource = plan.resources.get(route.binding.as_ref()?.resource)?;
    let content = export.formats.iter().map(|format| {
        let schema = match format {
            ExportFormat::Json => {
                json!({ "type": "array", "items": schema_ref(&name::schema(resource)) })
            }
            _ => json!({ "type": "string" }),
        };
        let essence = format.media_type().split(';').next().unwrap_or_default();
        (essence.to_owned(), json!({ "schema": schema }))
    });
    Some(content.collect())
}

/// The answer to a write of many rows; `None` where there is no body.
pub(super) fn written(resource: &Resource, answer: &BulkAnswer) -> Option<Value> {
    let rows = json!({ "type": "array", "items": schema_ref(&name::schema(resource)) });
    match answer {
        BulkAnswer::Nothing => None,
        BulkAnswer::Rows(ListShape::Array) => Some(rows),
        BulkAnswer::Rows(ListShape::Envelope(members)) => {
            let property = |slot: &PageSlot| match slot {
                PageSlot::Items => rows.clone(),
                PageSlot::Total | PageSlot::Count => json!({ "type": "integer", "minimum": 0 }),
                PageSlot::Constant(value) => json!({ "const": value }),
                _ => json!({ "type": "null" }),
            };
            Some(object(members.iter().map(|(name, slot)| (name.clone(), property(slot)))))
        }
        BulkAnswer::Object(members) => {
            let property = |slot: &BulkSlot| match slot {
                BulkSlot::Count => json!({ "type": "integer", "minimum": 0 }),
                BulkSlot::Rows => rows.clone(),
                BulkSlot::Keys => json!({ "type": "array" }),
                BulkSlot::Constant(value) => json!({ "const": value }),
            };
            Some(object(members.iter().map(|(name, slot)| (name.clone(), property(slot)))))
        }
    }
}

fn object(properties: impl Iterator<Item = (String, Value)>) -> Value {
    let properties: Map<String, Value> = properties.collect();
    let required: Vec<&String> = properties.keys().collect();
    json!({ "type": "object", "required": required, "properties": properties })
}

/// The body of a write of many rows; `None` where the query says which.
pub(super) fn body(resource: &Resource, route: &Route, bound: Option<usize>) -> Option<Value> {
    let (bulk, is_create) = match &route.operation {
        Operation::CreateMany(bulk) => (bulk, true),
        Operation::UpdateMany(bulk) | Operation::DeleteMany(bulk) => (bulk, false),
        _ => return None,
    };
    match &bulk.source {
        BulkSource::Query => None,
        BulkSource::Rows(member) => {
            let row = if is_create {
                resource::create_body(resource, bound)
            } else {
                keyed(resource, bound)
            };
            Some(within(member.as_deref(), array(bulk, row), Map::new()))
        }
        BulkSource::Keys { member, changes } => {
            let keys = array(bulk, key(resource));
            let beside = match (&route.operation, changes) {
                (Operation::DeleteMany(_), _) => Map::new(),
                (_, Some(name)) => {
                    let changes = resource::update_body(resource, bound);
                    Map::from_iter([(name.clone(), changes)])
                }
                (_, None) => {
                    let changes = resource::update_body(resource, bound);
                    changes
                        .get("properties")
                        .and_then(Value::as_object)
                        .cloned()
                        .unwrap_or_default()
                }
            };
            let mut body = within(member.as_deref(), keys, beside);
            require(&mut body, changes.as_deref());
            Some(body)
        }
    }
}

fn array(bulk: &Bulk, items: Value) -> Value {
    json!({ "type": "array", "minItems": 1, "maxItems": bulk.max, "items": items })
}

/// A bare array, or an object that has it beside other members.
fn within(member: Option<&str>, array: Value, beside: Map<String, Value>) -> Value {
    let Some(member) = member else { return array };
    let mut properties = Map::from_iter([(member.to_owned(), array)]);
    properties.extend(beside);
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": [member],
        "properties": properties,
    })
}

fn require(body: &mut Value, name: Option<&str>) {
    if let (Some(Value::Array(required)), Some(name)) = (body.get_mut("required"), name) {
        required.push(name.into());
    }
}

fn key(resource: &Resource) -> Value {
    let column = resource.key_index().and_then(|at| resource.column(at));
    column.map_or_else(|| json!({}), column::parameter)
}

/// A row that is there already: its key, and what of it changes.
fn keyed(resource: &Resource, bound: Option<usize>) -> Value {
    let mut row = resource::update_body(resource, bound);
    let name = resource.key_index().and_then(|at| resource.fields.get(at)).map(|it| &it.name);
    if let (Some(Value::Object(properties)), Some(name)) = (row.get_mut("properties"), name) {
        properties.insert(name.clone(), key(resource));
    }
    if let (Value::Object(members), Some(name)) = (&mut row, name) {
        members.insert("required".into(), json!([name]));
    }
    row
}
