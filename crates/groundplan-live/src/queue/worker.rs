//! Those who do what is in the queue.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use arc_swap::ArcSwap;
use groundplan_model::service::Refusal;
use http::Request;
use http::request::Parts;
use serde_json::{Map, Value};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::job::{self, Claim, Job, now_s};
use crate::answer::{Response, take_body};
use crate::app::App;
use crate::refused::Refused;
use crate::router::Found;
use crate::service::Shared;
use crate::store::{Db, Steps, Store};

/// Jobs that one process does at a time.
const WORKERS: usize = 2;

/// How often to look for jobs of other replicas, and for those whose time has come.
const PAUSE: Duration = Duration::from_secs(1);

/// How often a worker says that it is still at a job.
const BEAT: Duration = Duration::from_secs(5);

/// How often a job is tried.
pub(super) const ATTEMPTS: i64 = 3;

/// What came of trying a job.
enum Came {
    /// It is done.
    Done(Response),
    /// It cannot be done: the answer says why.
    Refused(Response),
    /// It may be done later.
    Later(String),
}

/// Starts the workers. They end when it is said that the service stops, each with what it is doing.
pub(crate) fn start(shared: &Arc<Shared>, stopping: &watch::Receiver<bool>) -> Vec<JoinHandle<()>> {
    let worker = |_| {
        let (shared, stopping) = (Arc::clone(shared), stopping.clone());
        tokio::spawn(async move { work_off(&shared.app, stopping).await })
    };
    (0..WORKERS).map(worker).collect()
}

async fn work_off(app: &ArcSwap<App>, mut stopping: watch::Receiver<bool>) {
    while !*stopping.borrow() {
        let served = app.load_full();
        if served.plan.defers() && step(&served).await {
            continue;
        }
        let queue = &served.host.queue;
        tokio::select! {
            () = queue.arrived.notified() => {}
            () = tokio::time::sleep(PAUSE) => {}
            _ = stopping.changed() => {}
        }
    }
}

/// Does the next job; answers whether there may be another.
async fn step(app: &Arc<App>) -> bool {
    let claim = |db: &Db<'_>| Job::claim(db, now_s());
    let job = match app.store.write(Steps::One, claim).await {
        Ok(job) => job,
        Err(refused) => {
            tracing::warn!(reason = %refused.message, "no job could be taken from the queue");
            None
        }
    };
    let is_there = job.is_some();
    if let Some(job) = job {
        tried(app, job).await;
    }
    if let Ok(waiting) = app.store.read(job::waiting).await {
        app.host.queue.waiting.store(waiting, Ordering::Relaxed);
    }
    is_there
}

/// Tries a job and writes down what came of it.
async fn tried(app: &Arc<App>, job: Job) {
    let (claim, attempts, id) = (job.claim.clone(), job.attempts, job.task.id.clone());
    let its = Arc::clone(app);
    let work = tokio::spawn(async move { attempt(&its, &job).await });
    let came = match keeping(&app.store, &claim, work).await {
        Came::Later(reason) if attempts >= ATTEMPTS => given_up(&reason),
        came => came,
    };
    let queue = &app.host.queue;
    let (count, settled) = match came {
        Came::Done(response) => (&queue.completed, end(&app.store, claim, response, true).await),
        Came::Refused(response) => {
            tracing::warn!(job = id, status = response.status().as_u16(), "a job failed");
            (&queue.failed, end(&app.store, claim, response, false).await)
        }
        Came::Later(reason) => {
            tracing::warn!(job = id, attempts, reason, "a job is tried again");
            // 1 s, then 4 s.
            let run_s = now_s() + attempts.saturating_mul(attempts);
            let later = move |db: &Db<'_>| claim.retry(db, run_s).map(drop);
            (&queue.retried, app.store.write(Steps::One, later).await)
        }
    };
    count.fetch_add(1, Ordering::Relaxed);
    if settled.is_err() {
        tracing::warn!(job = id, "what came of a job was not kept");
    }
}

/// Waits for `work`, and says meanwhile that the job is this worker's.
async fn keeping(store: &Store, claim: &Claim, mut work: JoinHandle<Came>) -> Came {
    loop {
        tokio::select! {
            came = &mut work => return came.unwrap_or_else(|_| broken()),
            () = tokio::time::sleep(BEAT) => {
                let claim = claim.clone();
                let renew = move |db: &Db<'_>| claim.renew(db, now_s()).map(drop);
                // Whoever cannot say so loses the job, and its work is undone with it.
                let _ = store.write(Steps::One, renew).await;
            }
        }
    }
}

fn broken() -> Came {
    Came::Later("the service failed; its log says more".to_owned())
}

async fn end(
    store: &Store,
    claim: Claim,
    mut response: Response,
    is_done: bool,
) -> Result<(), Refused> {
    let (status, body) = (response.status().as_u16(), take_body(&mut response));
    let body = String::from_utf8_lossy(&body).into_owned();
    let work = move |db: &Db<'_>| {
        // Work that wrote nothing has not said that it is done.
        let _ = if is_done { claim.finish(db).is_ok() } else { claim.fail(db)? };
        claim.answer(db, status, &body)
    };
    store.write(Steps::Several, work).await
}

fn given_up(reason: &str) -> Came {
    let body =
        serde_json::json!({ "error": format!("given up after {ATTEMPTS} attempts: {reason}") });
    Came::Refused(crate::answer::json(503, body.to_string().into_bytes()))
}

/// Makes the job's request again, past what was checked when it was let in.
async fn attempt(app: &App, job: &Job) -> Came {
    if job.attempts > ATTEMPTS {
        return given_up("every worker that had it ended");
    }
    let Some(parts) = parts(job) else { return given_up("its request cannot be read") };
    let found = app.router.find(parts.method.as_str(), parts.uri.path());
    let endpoint = match &found {
        Found::Route(index, _) => app.endpoints.get(*index),
        _ => None,
    };
    let (Some(endpoint), Found::Route(_, params)) = (endpoint, &found) else {
        return given_up("the document has no such endpoint any more");
    };
    match endpoint.redo(app, job, &parts, params).await {
        Ok(response) => Came::Done(response),
        Err(refused) if matches!(refused.refusal, Refusal::Unavailable | Refusal::KeyRunning) => {
            Came::Later(refused.message.into_owned())
        }
        Err(refused) => Came::Refused(endpoint.refuse(app, &parts, &refused)),
    }
}

fn parts(job: &Job) -> Option<Parts> {
    let headers: Map<String, Value> = serde_json::from_str(&job.task.headers).ok()?;
    let request = Request::builder().method(job.task.method.as_str()).uri(&job.task.uri);
    let request = headers.iter().fold(request, |request, (name, value)| {
        request.header(name.as_str(), value.as_str().unwrap_or_default())
    });
    Some(request.body(()).ok()?.into_parts().0)
}
