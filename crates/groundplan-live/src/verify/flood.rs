//! One request over and over, on a few connections at once, until it is refused.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use groundplan_model::case::{ErrorCheck, Request};

use super::check;
use super::client::{Answer, Client, NoAnswer};
use super::fill::Filled;
use super::sentence;
use super::stage::{Stage, Stop};
use super::stop::{Failure, Mismatch};

/// Connections that send at once.
const CONNECTIONS: u64 = 4;

/// A flood ends after this time, whatever the window.
const LIMIT: Duration = Duration::from_secs(30);

/// What the connections share.
struct Flood {
    began: Instant,
    limit: Duration,
    most: u64,
    sent: AtomicU64,
    ended: Mutex<Option<Ended>>,
}

/// The first answer that is no success.
enum Ended {
    Refused(Answer),
    Broken(String),
    Gone(super::VerifyError),
}

/// What the document says about it.
struct Limit<'w> {
    count: u32,
    window_s: u32,
    wanted: &'w ErrorCheck,
}

pub(super) async fn run(
    stage: &mut Stage<'_, '_>,
    request: &Request,
    count: u32,
    window_s: u32,
    wanted: &ErrorCheck,
) -> Result<(), Stop> {
    let filled = stage.fill(request).map_err(Stop::Skipped)?;
    let flood = Flood::new(count, window_s);
    let client = &*stage.client;
    tokio::join!(
        flood.send(client.another(), &filled),
        flood.send(client.another(), &filled),
        flood.send(client.another(), &filled),
        flood.send(client.another(), &filled),
    );
    let judged = judge(stage, flood, &Limit { count, window_s, wanted })?;
    judged.map_err(|mismatch| Stop::Failed(failure(stage, request, &filled, mismatch)))
}

/// Whether the flood ended as the document says.
fn judge(
    stage: &Stage<'_, '_>,
    flood: Flood,
    limit: &Limit<'_>,
) -> Result<Result<(), Mismatch>, Stop> {
    let took_s = flood.began.elapsed().as_secs_f64();
    let sent = flood.sent.into_inner();
    let expected = format!("the document allows {} in {} s", limit.count, limit.window_s);
    match flood.ended.into_inner().unwrap_or_default() {
        Some(Ended::Gone(error)) => Err(Stop::Over(error)),
        Some(Ended::Broken(observed)) => Ok(Err(Mismatch::new(observed, "an answer was expected"))),
        Some(Ended::Refused(answer)) => {
            let fresh = stage.run.people.are_fresh();
            let early = fresh && sent + CONNECTIONS < u64::from(limit.count);
            Ok(check::error(stage.run.plan, limit.wanted, &answer).and_then(|()| {
                let observed = format!("was refused after {sent} requests");
                if early { Err(Mismatch::new(observed, expected)) } else { Ok(()) }
            }))
        }
        None if sent < flood.most => {
            Err(Stop::NotProvoked(format!("only {sent} requests could be made in {took_s:.0} s")))
        }
        None => {
            let observed = format!("was answered {sent} times in {took_s:.1} s");
            Ok(Err(Mismatch::new(observed, expected)))
        }
    }
}

impl Flood {
    fn new(count: u32, window_s: u32) -> Self {
        Self {
            began: Instant::now(),
            limit: LIMIT.min(Duration::from_secs(window_s.into())),
            // Windows that begin at fixed times let twice as many through around such a time.
            most: u64::from(count) * 2 + 1,
            sent: AtomicU64::new(0),
            ended: Mutex::new(None),
        }
    }

    async fn send(&self, mut client: Client, filled: &Filled) {
        while !self.is_over() {
            let request = match filled.http(&client) {
                Ok(request) => request,
                Err(reason) => return self.end(Ended::Broken(reason)),
            };
            match client.send(request).await {
                Ok(answer) if answer.status < 400 => {
                    self.sent.fetch_add(1, Ordering::Relaxed);
                }
                Ok(answer) => self.end(Ended::Refused(answer)),
                Err(NoAnswer::Broken(reason)) => self.end(Ended::Broken(reason)),
                Err(NoAnswer::Gone(error)) => self.end(Ended::Gone(error)),
            }
        }
    }

    fn is_over(&self) -> bool {
        let ended = self.ended.lock().is_ok_and(|ended| ended.is_some());
        ended
            || self.began.elapsed() >= self.limit
            || self.sent.load(Ordering::Relaxed) >= self.most
    }

    fn end(&self, how: Ended) {
        if let Ok(mut ended) = self.ended.lock() {
            ended.get_or_insert(how);
        }
    }
}

fn failure(
    stage: &Stage<'_, '_>,
    request: &Request,
    filled: &Filled,
    mismatch: Mismatch,
) -> Box<Failure> {
    let subject = sentence::subject(stage.run.plan, stage.cases, stage.case, Some(request));
    Box::new(Failure {
        observed: format!("{subject} {}", mismatch.observed),
        expected: mismatch.expected,
        request: filled.curl(stage.client),
        place: mismatch.place,
        row: None,
        lost: false,
    })
}
