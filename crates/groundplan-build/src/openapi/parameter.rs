//! Parameters of a route: those of its path, then its query's.

use groundplan_model::ServicePlan;
use groundplan_model::schema::Column;
use groundplan_model::service::{Operation, Route, Segment};
use serde_json::{Value, json};

use super::{column, header, query};

/// Every parameter of `route`, the path's first.
pub(super) fn parameters(plan: &ServicePlan, route: &Route) -> Vec<Value> {
    let mut parameters: Vec<Value> =
        path_names(route).map(|name| path(plan, route, name)).collect();
    let binding = route.binding.as_ref();
    if let Some(resource) = binding.and_then(|it| plan.resources.get(it.resource)) {
        parameters.extend(match route.operation {
            Operation::Search => query::pages(&route.query),
            _ => query::parameters(resource, &route.query),
        });
    }
    if let Operation::Export(export) = &route.operation {
        parameters.extend(query::format(export));
    }
    parameters.extend(header::parameters(plan, route));
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
