//! Those who do what is in the queue.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use arc_swap::ArcSwap;
use groundplan_model::service::{Attempts, Refusal};
use http::Request;
use http::request::Parts;
use serde_json::{Map, Value};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::job::{self, Claim, Job, now_s};
use crate::answer::{Response, take_body};
use crate::app::App;
use crate::endpoint::Endpoint;
use crate::refused::Refused;
use crate::router::{Found, Params};
use crate::service::Shared;
use crate::store::{Db, Steps, Store};

/// Jobs that one process does at a time.
const WORKERS: usize = 2;

/// How often to look for jobs of other replicas, and for those whose time has come.
const PAUSE: Duration = Duration::from_secs(1);

/// How often a worker says that it is still at a job.
const BEAT: Duration = Duration::from_secs(5);

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
    let terms = terms(app, &job);
    let its = Arc::clone(app);
    let most = terms.most;
    let work = tokio::spawn(async move { attempt(&its, &job, most).await });
    let came = match keeping(&app.store, &claim, limited(work, terms.limit_ms)).await {
        Came::Later(reason) if attempts >= most => given_up(most, &reason),
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
            let pause_s = terms.pause_ms(attempts).div_ceil(1000);
            let run_s = now_s().saturating_add(i64::try_from(pause_s).unwrap_or(i64::MAX));
            let later = move |db: &Db<'_>| claim.retry(db, run_s).map(drop);
            (&queue.retried, app.store.write(Steps::One, later).await)
        }
    };
    count.fetch_add(1, Ordering::Relaxed);
    if settled.is_err() {
        tracing::warn!(job = id, "what came of a job was not kept");
    }
}

/// How the document says that a job is tried; the usual way, where it has no such endpoint any more.
fn terms(app: &App, job: &Job) -> Attempts {
    let parts = parts(job);
    let endpoint = parts.as_ref().and_then(|it| endpoint(app, it)).map(|(endpoint, _)| endpoint);
    endpoint.and_then(|it| it.deferral()).map(|it| it.attempts.clone()).unwrap_or_default()
}

/// The work, ended when its time is over. What it has written by then without a commit is undone.
async fn limited(mut work: JoinHandle<Came>, limit_ms: Option<u32>) -> Came {
    let Some(limit_ms) = limit_ms else { return work.await.unwrap_or_else(|_| broken()) };
    let limit = Duration::from_millis(limit_ms.into());
    match tokio::time::timeout(limit, &mut work).await {
        Ok(came) => came.unwrap_or_else(|_| broken()),
        Err(_) => {
            work.abort();
            Came::Later(format!("it took longer than {limit_ms} ms"))
        }
    }
}

/// Waits for `work`, and says meanwhile that the job is this worker's.
async fn keeping(store: &Store, claim: &Claim, work: impl Future<Output = Came>) -> Came {
    let mut work = std::pin::pin!(work);
    loop {
        tokio::select! {
            came = &mut work => return came,
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
        if is_done {
            // Work that wrote nothing has not said that it is done.
            let _ = claim.finish(db);
        } else if !claim.fail(db)? {
            // Work whose time was over may have been committed all the same.
            return Ok(());
        }
        claim.answer(db, status, &body)
    };
    store.write(Steps::Several, work).await
}

fn given_up(most: u32, reason: &str) -> Came {
    let times = if most == 1 { "1 attempt".to_owned() } else { format!("{most} attempts") };
    let body = serde_json::json!({ "error": format!("given up after {times}: {reason}") });
    Came::Refused(crate::answer::json(503, body.to_string().into_bytes()))
}

/// Makes the job's request again, past what was checked when it was let in.
async fn attempt(app: &App, job: &Job, most: u32) -> Came {
    if job.attempts > most {
        return given_up(most, "every worker that had it ended");
    }
    let Some(parts) = parts(job) else { return given_up(most, "its request cannot be read") };
    let Some((endpoint, params)) = endpoint(app, &parts) else {
        return given_up(most, "the document has no such endpoint any more");
    };
    match endpoint.redo(app, job, &parts, &params).await {
        Ok(response) => Came::Done(response),
        Err(refused) if matches!(refused.refusal, Refusal::Unavailable | Refusal::KeyRunning) => {
            Came::Later(refused.message.into_owned())
        }
        Err(refused) => Came::Refused(endpoint.refuse(app, &parts, &refused)),
    }
}

fn endpoint<'a>(app: &'a App, parts: &'a Parts) -> Option<(&'a Endpoint, Params<'a>)> {
    match app.router.find(parts.method.as_str(), parts.uri.path()) {
        Found::Route(index, params) => Some((app.endpoints.get(index)?, params)),
        _ => None,
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
