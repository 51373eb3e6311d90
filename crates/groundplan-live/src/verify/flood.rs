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

pub(super) async fn run(
    stage: &mut Stage<'_, '_>,
    request: &Request,
    count: u32,
    window_s: u32,
    wanted: &ErrorCheck,
) -> Result<(), Stop> {
    let filled = stage.fill(request).map_err(Stop::Skipped)?;
    let flood = Flood {
        began: Instant::now(),
        limit: LIMIT.min(Duration::from_secs(window_s.into())),
        // Windows that begin at fixed times let twice as many through around such a time.
        most: u64::from(count) * 2 + 1,
        sent: AtomicU64::new(0),
        ended: Mutex::new(None),
    };
    let client = &*stage.client;
    tokio::join!(
        flood.send(client.another(), &filled),
        flood.send(client.another(), &filled),
        flood.send(client.another(), &filled),
        flood.send(client.another(), &filled),
    );
    let took = flood.began.elapsed();
    let sent = flood.sent.into_inner();
    let ended = flood.ended.into_inner().unwrap_or_default();
    let judged = match ended {
        Some(Ended::Gone(error)) => return Err(Stop::Over(error)),
        Some(Ended::Broken(observed)) => Err(Mismatch::new(observed, "an answer was expected")),
        Some(Ended::Refused(answer)) => {
            let early = stage.run.people.are_fresh() && sent + CONNECTIONS < u64::from(count);
            match check::error(stage.run.plan, wanted, &answer) {
                Ok(()) if early => Err(Mismatch::new(
                    format!("was refused after {sent} requests"),
                    format!("the document allows {count} in {window_s} s"),
                )),
                judged => judged,
            }
        }
        None if sent < flood.most => {
            let took = took.as_secs();
            let reason = format!("only {sent} requests could be made in {took} s");
            return Err(Stop::NotProvoked(reason));
        }
        None => Err(Mismatch::new(
            format!("was answered {sent} times in {:.1} s", took.as_secs_f64()),
            format!("the document allows {count} in {window_s} s"),
        )),
    };
    judged.map_err(|mismatch| Stop::Failed(failure(stage, request, &filled, mismatch)))
}

impl Flood {
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
