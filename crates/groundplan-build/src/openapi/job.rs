//! Work that is done after its request was answered: what is answered, and where the job is.

use groundplan_model::ServicePlan;
use groundplan_model::service::{Attempts, Deferral, JobSlot};
use serde_json::{Map, Value, json};

use super::{error, schema_ref};

/// The name of the schema of jobs. No resource is called so: those are singular nouns of tables.
const SCHEMA: &str = "BackgroundJob";

/// The path where jobs are looked at.
pub(super) const PATH: &str = "/_jobs/{id}";

/// What is answered instead of what the work comes to.
pub(super) fn accepted(deferral: &Deferral) -> Value {
    let member = |(name, slot): &(String, JobSlot)| {
        let schema = match slot {
            JobSlot::Id => json!({ "type": "string", "description": "The job's id" }),
            JobSlot::Status(word) => json!({ "const": word }),
            JobSlot::Constant(value) => json!({ "const": value }),
        };
        (name.clone(), schema)
    };
    let members: Map<String, Value> = deferral.answer.iter().map(member).collect();
    let names: Vec<&String> = deferral.answer.iter().map(|(name, _)| name).collect();
    json!({ "type": "object", "required": names, "properties": members })
}

/// What the answer is, and how often the work is tried where the document says it.
pub(super) fn description(deferral: &Deferral) -> String {
    let what = "The job that does it: it was checked, and is done after this answer";
    match deferral.attempts.most {
        most if most == Attempts::default().most => what.to_owned(),
        1 => format!("{what}, or fails"),
        most => format!("{what}, with {most} attempts at most"),
    }
}

/// The operation that looks at a job.
pub(super) fn path(plan: &ServicePlan) -> Value {
    let refused = |description: &str| {
        let media_type = error::media_type(&plan.error_shape);
        let schema = schema_ref(&error::schema_name(plan));
        json!({ "description": description, "content": { media_type: { "schema": schema } } })
    };
    let mut responses = Map::new();
    let job = json!({
        "description": "The job; with `Retry-After` while it is not finished",
        "content": { "application/json": { "schema": schema_ref(SCHEMA) } },
    });
    responses.insert("200".into(), job);
    if plan.auth.is_some() {
        responses.insert("401".into(), refused("No token, or one that does not hold"));
    }
    responses.insert("404".into(), refused("The caller has no such job"));
    responses.insert("503".into(), refused("The database is busy or gone"));
    json!({
        "get": {
            "operationId": "readBackgroundJob",
            "summary": "What has become of a request that was answered with 202",
            "parameters": [{
                "name": "id", "in": "path", "required": true, "schema": { "type": "string" },
            }],
            "responses": responses,
        },
    })
}

/// The schema of jobs, by its name.
pub(super) fn schema() -> (String, Value) {
    let time = json!({ "type": ["string", "null"], "format": "date-time" });
    let schema = json!({
        "type": "object",
        "required": ["id", "status", "method", "path", "attempts", "created_at", "answer"],
        "properties": {
            "id": { "type": "string", "format": "uuid" },
            "status": { "enum": ["queued", "running", "completed", "failed"] },
            "method": { "type": "string" },
            "path": { "type": "string" },
            "attempts": { "type": "integer", "minimum": 0 },
            "created_at": { "type": "string", "format": "date-time" },
            "started_at": time,
            "finished_at": time,
            "answer": {
                "description": "What the request would have been answered, when it is finished",
                "type": ["object", "null"],
                "required": ["status", "body"],
                "properties": { "status": { "type": "integer" }, "body": {} },
            },
        },
    });
    (SCHEMA.to_owned(), schema)
}
