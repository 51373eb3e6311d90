//! Parameters of a route: those of its path, and the query of a list.

use groundplan_model::ServicePlan;
use groundplan_model::schema::Column;
use groundplan_model::service::{Operation, Resource, Role, Route, Segment};
use serde_json::{Value, json};

use super::column;

/// Rows of a page when the caller does not say.
const PAGE_DEFAULT: u32 = 20;
/// Most rows of a page.
const PAGE_MAXIMUM: u32 = 100;

/// Every parameter of `route`, the path's first.
pub(super) fn parameters(plan: &ServicePlan, route: &Route) -> Vec<Value> {
    let mut parameters: Vec<Value> =
        path_names(route).map(|name| path(plan, route, name)).collect();
    if route.operation == Operation::List {
        parameters.push(limit());
        parameters.push(cursor());
        let binding = route.binding.as_ref();
        if let Some(resource) = binding.and_then(|it| plan.resources.get(it.resource)) {
            parameters.extend(filters(resource));
        }
    }
    parameters
}

fn path_names(route: &Route) -> impl Iterator<Item = &str> {
    route.path.iter().filter_map(|segment| match segment {
        Segment::Parameter(name) => Some(name.as_str()),
        Segment::Literal(_) => None,
    })
}

fn path(plan: &ServicePlan, route: &Route, name: &str) -> Value {
    let schema = path_column(plan, route, name).map_or_else(
        || json!({ "type": "string", "minLength": 1 }),
        |column| not_empty(column::parameter(column)),
    );
    json!({ "name": name, "in": "path", "required": true, "schema": schema })
}

/// The column that the path parameter `name` is compared with.
fn path_column<'a>(plan: &'a ServicePlan, route: &Route, name: &str) -> Option<&'a Column> {
    let binding = route.binding.as_ref()?;
    let parent = binding.parent.as_ref().map(|parent| (parent.resource, &parent.key));
    let own = binding.key.as_ref().map(|key| (binding.resource, key));
    let keys = own.into_iter().chain(parent);
    let (resource, key) = keys.into_iter().find(|(_, key)| key.parameter == name)?;
    plan.resources.get(resource)?.column(key.column)
}

/// A path has no empty segments.
fn not_empty(mut schema: Value) -> Value {
    if let Value::Object(members) = &mut schema
        && members.contains_key("pattern")
    {
        members.entry("minLength").or_insert(json!(1));
    }
    schema
}

fn limit() -> Value {
    let schema = json!({
        "type": "integer", "minimum": 1, "maximum": PAGE_MAXIMUM, "default": PAGE_DEFAULT
    });
    json!({ "name": "limit", "in": "query", "description": "Most rows of a page", "schema": schema })
}

fn cursor() -> Value {
    let description = "Where the page begins: taken from the `Link` header of the page before";
    let schema = json!({ "type": "string", "pattern": "^[A-Za-z0-9_-]+$" });
    json!({ "name": "cursor", "in": "query", "description": description, "schema": schema })
}

/// One equality filter for each column that is shown and has values that can be compared.
fn filters(resource: &Resource) -> impl Iterator<Item = Value> {
    let fields = resource.fields.iter().zip(&resource.table.columns);
    let open = fields.filter(|(field, column)| {
        field.role != Role::Secret
            && column::is_comparable(column)
            && !matches!(field.name.as_str(), "limit" | "cursor")
    });
    open.map(|(field, column)| {
        let description = format!("Only rows whose `{}` equals this", field.name);
        let schema = column::parameter(column);
        json!({ "name": field.name, "in": "query", "description": description, "schema": schema })
    })
}
