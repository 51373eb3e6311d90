//! What has become of a job, for who asked for it.

use groundplan_model::service::{Deferral, JobSlot};
use http::HeaderValue;
use http::header::{LOCATION, RETRY_AFTER};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::job::{LEASE_S, now_s, text};
use crate::answer::{self, Response};
use crate::app::App;
use crate::caller::Caller;
use crate::refused::Refused;
use crate::store::{Cell, Db, Head, Row};
use crate::value::write_time;

/// Where jobs are.
pub(crate) const PATH: &str = "/_jobs/";

const FIND: &str = "SELECT id, status, method, uri, attempts, created_s, started_s, finished_s, \
     answer_status, answer FROM groundplan_jobs \
     WHERE id = ?5 AND subject = ?6 AND coalesce(tenant, '') = ?7";

/// The answer to a request that became the job `id`.
pub(crate) fn accepted(deferral: &Deferral, status: u16, id: &str) -> Response {
    let member = |(name, slot): &(String, JobSlot)| {
        let value = match slot {
            JobSlot::Id => id.into(),
            JobSlot::Status(word) => word.as_str().into(),
            JobSlot::Constant(value) => value.clone(),
        };
        (name.clone(), value)
    };
    let members: Map<String, Value> = deferral.answer.iter().map(member).collect();
    let mut response = answer::json(status, Value::Object(members).to_string().into_bytes());
    if let Ok(address) = HeaderValue::try_from(format!("{PATH}{id}")) {
        response.headers_mut().insert(LOCATION, address);
    }
    response
}

/// The job `id` of `caller`; jobs of others are not found.
pub(crate) async fn page(app: &App, caller: Caller, id: &str) -> Result<Response, Refused> {
    let tenant = caller.tenant.as_deref().unwrap_or_default();
    let values = [text(id), text(&caller.subject), text(tenant)];
    let find =
        move |db: &Db<'_>| Ok(db.first(FIND, &Head::of(&Caller::named("")), &values, shown)?);
    let job = app.store.read(find).await?.ok_or_else(Refused::not_found)?;
    let is_over = matches!(job.get("status").and_then(Value::as_str), Some("completed" | "failed"));
    let mut response = answer::json(200, job.to_string().into_bytes());
    if !is_over {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("1"));
    }
    Ok(response)
}

fn shown(row: &Row<'_>) -> Value {
    let time = |index| match row.cell(index) {
        Cell::Integer(second) => Timestamp::from_second(second).ok().map(write_time),
        _ => None,
    };
    let body = row.text(9).map(|it| match serde_json::from_str::<Value>(&it) {
        Ok(body) => body,
        Err(_) if it.is_empty() => Value::Null,
        Err(_) => it.into(),
    });
    let answer = match row.cell(8) {
        Cell::Integer(status) => json!({ "status": status, "body": body }),
        _ => Value::Null,
    };
    // The work is committed, and what it came to is on its way; after a crash it never comes.
    let is_on_its_way = answer.is_null() && now_s() - row.integer(7) < LEASE_S;
    let status = match row.text(1).as_deref() {
        Some("completed") if is_on_its_way => Some("running".to_owned()),
        status => status.map(str::to_owned),
    };
    json!({
        "id": row.text(0),
        "status": status,
        "method": row.text(2),
        "path": row.text(3),
        "attempts": row.integer(4),
        "created_at": time(5),
        "started_at": time(6),
        "finished_at": time(7),
        "answer": answer,
    })
}
