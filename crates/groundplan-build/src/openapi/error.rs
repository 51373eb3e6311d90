//! The form of error bodies as a schema.

use groundplan_model::ServicePlan;
use groundplan_model::service::{ErrorShape, Slot};
use serde_json::{Map, Value, json};

use super::name;

/// The media type of error bodies.
pub(super) fn media_type(shape: &ErrorShape) -> &'static str {
    match shape {
        ErrorShape::Problem => "application/problem+json",
        ErrorShape::Documented(_) => "application/json",
    }
}

/// `Error`, or another name where a resource has that one.
pub(super) fn schema_name(plan: &ServicePlan) -> String {
    let is_taken = |wanted: &str| plan.resources.iter().any(|it| name::schema(it) == wanted);
    if is_taken("Error") { "ErrorBody".to_owned() } else { "Error".to_owned() }
}

/// What every error body looks like.
pub(super) fn schema(shape: &ErrorShape) -> Value {
    match shape {
        ErrorShape::Problem => problem(),
        ErrorShape::Documented(members) => object(members),
    }
}

/// Problem details as RFC 9457 has them, with the faults of single fields.
fn problem() -> Value {
    json!({
        "type": "object",
        "required": ["type", "title", "status"],
        "properties": {
            "type": { "type": "string", "format": "uri-reference" },
            "title": { "type": "string" },
            "status": { "type": "integer", "minimum": 400, "maximum": 599 },
            "detail": { "type": "string" },
            "instance": { "type": "string", "format": "uri-reference" },
            "code": { "type": "string" },
            "errors": faults(),
        },
    })
}

fn object(members: &[(String, Slot)]) -> Value {
    let required: Vec<&str> = members
        .iter()
        .filter(|(_, slot)| is_constant(slot))
        .map(|(name, _)| name.as_str())
        .collect();
    let properties: Map<String, Value> =
        members.iter().map(|(name, slot)| (name.clone(), member(slot))).collect();
    json!({ "type": "object", "required": required, "properties": properties })
}

fn member(slot: &Slot) -> Value {
    match slot {
        Slot::Message | Slot::Code => json!({ "type": "string" }),
        Slot::Status => json!({ "type": "integer", "minimum": 400, "maximum": 599 }),
        Slot::RetryAfter => json!({ "type": "integer", "minimum": 0 }),
        Slot::Faults => faults(),
        Slot::Object(members) => object(members),
    }
}

/// Whether every error body has it.
fn is_constant(slot: &Slot) -> bool {
    match slot {
        Slot::Message | Slot::Code | Slot::Status => true,
        Slot::RetryAfter | Slot::Faults => false,
        Slot::Object(members) => members.iter().any(|(_, slot)| is_constant(slot)),
    }
}

fn faults() -> Value {
    json!({
        "type": "array",
        "items": {
            "type": "object",
            "required": ["field", "message"],
            "properties": { "field": { "type": "string" }, "message": { "type": "string" } },
        },
    })
}
