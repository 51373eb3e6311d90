//! For operators of a test service, behind `--control`: all rows out, other rows in, back to the
//! start.

use groundplan_model::service::Refusal;
use http::request::Parts;
use hyper::body::Incoming;
use serde_json::json;

use crate::answer::{self, Response};
use crate::app::App;
use crate::body;
use crate::data::{self, DataError, Filled};
use crate::exchange::accept::JSON;
use crate::problem::Problem;
use crate::refused::Refused;

/// Larger snapshots are put in with `--data` at the start.
const SNAPSHOT_BYTES: usize = 64 * 1024 * 1024;

/// Throws all rows away and puts in those that the service began with.
pub(super) async fn reset(app: &App, parts: &Parts) -> Response {
    let tables = app.host.begun_with();
    let done = async {
        data::clear(app).await?;
        data::fill(app, tables, "").await
    };
    told(app, parts, done.await)
}

/// All rows.
pub(super) async fn snapshot(app: &App, parts: &Parts) -> Response {
    match data::dump(app).await {
        Ok(json) => answer::new(200, JSON, json),
        Err(refused) => refuse(app, parts, &refused),
    }
}

/// Throws all rows away and puts in those of a snapshot.
pub(super) async fn restore(app: &App, parts: &Parts, body: Incoming) -> Response {
    let body = match body::read_up_to(&app.host, parts, body, SNAPSHOT_BYTES).await {
        Ok(body) => body,
        Err(refused) => return refuse(app, parts, &refused),
    };
    let done = async {
        let value = serde_json::from_slice(&body);
        let value = value.map_err(|error| DataError::Form(format!("the body is no JSON: {error}")));
        // What cannot be put in must not cost the rows that are there.
        let tables = data::read(&app.plan, value?)?;
        data::clear(app).await?;
        data::fill(app, tables, "").await
    };
    told(app, parts, done.await)
}

fn told(app: &App, parts: &Parts, done: Result<Filled, DataError>) -> Response {
    match done {
        Ok(filled) => {
            let body = json!({ "rows": filled.rows, "refused": filled.refused });
            answer::json(200, body.to_string().into_bytes())
        }
        Err(DataError::Unavailable) => refuse(app, parts, &Refused::unavailable()),
        Err(error) => {
            let problem = Problem::new(400, "malformed_body", error.to_string());
            app.problem(&problem, parts)
        }
    }
}

pub(super) fn refuse(app: &App, parts: &Parts, refused: &Refused) -> Response {
    let status = refused.refusal.statuses().first().copied().unwrap_or(500);
    let is_busy = refused.refusal == Refusal::Unavailable;
    let problem = Problem::new(status, refused.refusal.code(), refused.message.as_ref());
    app.problem(&Problem { retry_after_s: is_busy.then_some(1), ..problem }, parts)
}
