//! Header fields that the document promises to read.

use groundplan_model::ServicePlan;
use groundplan_model::document::PromisedHeader;
use groundplan_model::service::Route;
use serde_json::{Value, json};

/// The header parameters of `route`.
pub(super) fn parameters(plan: &ServicePlan, route: &Route) -> Vec<Value> {
    let mut parameters = Vec::new();
    if route.promises(PromisedHeader::ETag).is_some() {
        let text = "The `ETag` of the state that the client has: it is not sent again";
        parameters.push(parameter("If-None-Match", text, false, json!({ "type": "string" })));
    }
    if plan.documents_conditions(route) {
        let text = "The `ETag` of the state that is to be changed";
        let required = plan.documents(route, 428);
        parameters.push(parameter("If-Match", text, required, json!({ "type": "string" })));
    }
    if route.promises(PromisedHeader::IdempotencyKey).is_some() {
        let text = "Makes the request and its repetitions one: the first answer is given again";
        // As a structured string, or without its quotes.
        let pattern = r#"^(?:[!#-~]{1,255}|"[!#-~]{1,255}")$"#;
        let schema = json!({ "type": "string", "pattern": pattern });
        parameters.push(parameter("Idempotency-Key", text, false, schema));
    }
    parameters
}

fn parameter(name: &str, description: &str, required: bool, schema: Value) -> Value {
    json!({
        "name": name,
        "in": "header",
        "required": required,
        "description": description,
        "schema": schema,
    })
}
