//! One route as an operation.

use groundplan_model::ServicePlan;
use groundplan_model::service::{Operation, Resource, Route, Who};
use serde_json::{Map, Value, json};

use super::name::{self, OperationIds};
use super::{file, many, parameter, resource, response, schema_ref, search, security, session};

/// The operation of `route`, which is the plan's route at `index`.
pub(super) fn operation(
    plan: &ServicePlan,
    ids: &OperationIds,
    index: usize,
    route: &Route,
) -> Value {
    let mut operation = Map::new();
    operation.insert("operationId".into(), json!(ids.of(index)));
    operation.insert("summary".into(), json!(route.summary));
    operation.insert("tags".into(), json!([name::tag(plan, route)]));
    operation.insert("x-handler".into(), json!(route.handler().as_str()));
    operation.insert("x-source".into(), json!(source(plan, route)));
    if plan.auth.is_some() && route.access.who == Who::Anybody {
        operation.insert("security".into(), json!([]));
    }
    if let Some(description) = security::description(&route.access) {
        operation.insert("description".into(), json!(description));
    }
    let parameters = parameter::parameters(plan, route);
    if !parameters.is_empty() {
        operation.insert("parameters".into(), Value::Array(parameters));
    }
    if let Some(body) = request_body(plan, route) {
        operation.insert("requestBody".into(), body);
    }
    operation.insert("responses".into(), response::responses(plan, ids, route));
    Value::Object(operation)
}

/// Where the document states the route: `docs/design.md:120`.
fn source(plan: &ServicePlan, route: &Route) -> String {
    let line = plan.source.line(route.span.range().start);
    format!("{}:{line}", plan.source.path())
}

fn request_body(plan: &ServicePlan, route: &Route) -> Option<Value> {
    let resource = plan.resources.get(route.binding.as_ref()?.resource)?;
    if let Operation::Upload(upload) = &route.operation {
        return Some(file::form(resource, route, upload));
    }
    let schema = match &route.operation {
        Operation::Session(session) => session::body(session, resource)?,
        Operation::Search => search::body(resource, &route.query),
        operation if operation.has_body() => body_schema(resource, route),
        _ if !route.members.is_empty() => body_schema(resource, route),
        _ => many::body(resource, route, path_filled(resource, route))?,
    };
    let required = schema.get("required").and_then(Value::as_array);
    let has_required = required.is_some_and(|it| !it.is_empty());
    let mut media = json!({ "schema": schema });
    if let (Value::Object(members), Some(example)) = (&mut media, &route.request_example) {
        members.insert("example".into(), example.clone());
    }
    let mut content = Map::new();
    content.insert("application/json".into(), media.clone());
    if is_patch(route) {
        content.insert("application/merge-patch+json".into(), media);
    }
    let needed = route.operation.has_body()
        || matches!(route.operation, Operation::CreateMany(_) | Operation::UpdateMany(_))
        || route.members.iter().any(|it| it.required)
        || has_required;
    Some(json!({ "required": needed, "content": content }))
}

/// The resource's own schema, unless the path fills one of its writable columns.
fn body_schema(resource: &Resource, route: &Route) -> Value {
    if !route.members.is_empty() {
        return resource::members_body(&route.members);
    }
    if let Some(column) = route.binding.as_ref().and_then(|it| it.value) {
        return resource::value_body(resource, column);
    }
    let is_update = is_patch(route);
    match path_filled(resource, route) {
        Some(bound) if is_update => resource::update_body(resource, Some(bound)),
        Some(bound) => resource::create_body(resource, Some(bound)),
        None if is_update => schema_ref(&name::update_schema(resource)),
        None => schema_ref(&name::create_schema(resource)),
    }
}

/// Whether the body is a merge patch: of one value alone there is nothing to merge.
fn is_patch(route: &Route) -> bool {
    let value = route.binding.as_ref().and_then(|it| it.value);
    route.operation == Operation::Update && value.is_none()
}

fn path_filled(resource: &Resource, route: &Route) -> Option<usize> {
    let parent = route.binding.as_ref()?.parent.as_ref().filter(|it| it.through.is_none())?;
    let field = resource.fields.get(parent.foreign_key)?;
    field.role.is_writable().then_some(parent.foreign_key)
}
