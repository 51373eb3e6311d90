//! Links from a create to everything that can be done with the new row.

use groundplan_model::ServicePlan;
use groundplan_model::service::{Binding, Operation, Route};
use serde_json::{Map, Value, json};

use super::name::OperationIds;

/// One link an operation on the row that `create` made, by operation id.
pub(super) fn links(plan: &ServicePlan, ids: &OperationIds, create: &Route) -> Map<String, Value> {
    let mut links = Map::new();
    let Some(from) = create.binding.as_ref().filter(|_| create.operation == Operation::Create)
    else {
        return links;
    };
    for (index, route) in plan.routes.iter().enumerate() {
        if let Some(parameters) = parameters(plan, from, route) {
            let id = ids.of(index);
            links.insert(id.to_owned(), json!({ "operationId": id, "parameters": parameters }));
        }
    }
    links
}

/// Where the parameters of `route` come from, if it works on a row that a create on `from` makes.
fn parameters(plan: &ServicePlan, from: &Binding, route: &Route) -> Option<Map<String, Value>> {
    let to = route.binding.as_ref().filter(|to| to.resource == from.resource)?;
    let key = to.key.as_ref()?;
    let field = plan.resources.get(to.resource)?.fields.get(key.column)?;
    let mut parameters = Map::new();
    if let Some(parent) = &to.parent {
        let known = from.parent.as_ref().filter(|it| it.resource == parent.resource)?;
        let value = format!("$request.path.{}", known.key.parameter);
        parameters.insert(parent.key.parameter.clone(), json!(value));
    }
    let value = format!("$response.body#/{}", field.name.replace('~', "~0").replace('/', "~1"));
    parameters.insert(key.parameter.clone(), json!(value));
    Some(parameters)
}
