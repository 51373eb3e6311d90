//! The OpenAPI 3.1 description of a service: a value with a fixed order of keys, never a template.
//!
//! It states what the running service does, not more: request schemas accept exactly what the
//! service accepts, and every status that a route can answer is there.

mod column;
mod decimal;
mod error;
mod file;
mod header;
mod job;
mod links;
mod many;
mod name;
mod operation;
mod parameter;
mod query;
mod resource;
mod response;
mod search;
mod security;
mod session;

#[cfg(test)]
mod tests;

use groundplan_model::ServicePlan;
use serde_json::{Map, Value, json};

pub(crate) use column::TEXT_PATTERN;
use name::OperationIds;

/// The service as an OpenAPI 3.1 document.
pub fn openapi(plan: &ServicePlan) -> Value {
    let mut document = Map::new();
    document.insert("openapi".into(), json!("3.1.0"));
    document.insert("info".into(), json!({ "title": plan.title, "version": plan.version }));
    document.insert("servers".into(), json!([{ "url": "/" }]));
    if let Some(auth) = &plan.auth {
        document.insert("security".into(), security::requirements(auth));
    }
    document.insert("tags".into(), tags(plan));
    document.insert("paths".into(), paths(plan));
    document.insert("components".into(), components(plan));
    Value::Object(document)
}

/// One tag a group of operations, in the order in which the document speaks of them.
fn tags(plan: &ServicePlan) -> Value {
    let mut names: Vec<String> = Vec::new();
    for route in &plan.routes {
        let name = name::tag(plan, route);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.into_iter().map(|name| json!({ "name": name })).collect()
}

fn paths(plan: &ServicePlan) -> Value {
    let ids = OperationIds::new(plan);
    let mut paths = Map::new();
    for (index, route) in plan.routes.iter().enumerate() {
        let item = paths.entry(route.path_text()).or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(item) = item {
            let method = route.method.as_str().to_ascii_lowercase();
            item.entry(method).or_insert_with(|| operation::operation(plan, &ids, index, route));
        }
    }
    if plan.defers() {
        paths.insert(job::PATH.to_owned(), job::path(plan));
    }
    Value::Object(paths)
}

fn components(plan: &ServicePlan) -> Value {
    let mut components = Map::new();
    components.insert("schemas".into(), schemas(plan));
    if plan.rate_limit.is_some() {
        components.insert("headers".into(), response::rate_limit_headers());
    }
    if let Some(auth) = &plan.auth {
        components.insert("securitySchemes".into(), security::schemes(auth));
    }
    Value::Object(components)
}

fn schemas(plan: &ServicePlan) -> Value {
    let mut schemas = Map::new();
    for (index, resource) in plan.resources.iter().enumerate() {
        for (name, schema) in resource::schemas(plan, index, resource) {
            schemas.entry(name).or_insert(schema);
        }
    }
    schemas.extend(plan.defers().then(job::schema));
    schemas.insert(error::schema_name(plan), error::schema(&plan.error_shape));
    Value::Object(schemas)
}

/// A reference to a schema of the components.
fn schema_ref(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}
