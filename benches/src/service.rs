//! `groundplan run` on the example's design against a service that was written by hand for the same
//! paths, with the same durability: a point read, a list of 20, a create.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use http::{Method, StatusCode};
use serde_json::Value;

use crate::by_hand;
use crate::folder::{Folder, sibling};
use crate::load::{self, Call, Client, Outcome, Script};
use crate::options::Options;
use crate::report::{Line, Report};
use crate::rounds::Rounds;
use crate::server::Server;

const DESIGN: &str = include_str!("../../examples/data-export/docs/001_TDD-data-export.md");
const PATH: &str = "/api/v1/datasets";
const CONNECTIONS: usize = 64;
/// Rows that each caller has before the first round: two pages.
const ROWS: usize = 40;

/// One side of the ratio: a service with a token and rows for each connection.
struct Side {
    server: Server,
    tokens: Vec<String>,
    /// Keys of the rows of each caller.
    keys: Arc<Vec<Vec<String>>>,
}

/// Something to do, and the name of its line in the report.
struct Workload {
    name: &'static str,
    cpu_name: &'static str,
    script: fn(&Side) -> Script,
}

static WORKLOADS: [Workload; 3] = [
    Workload { name: "read", cpu_name: "read, CPU", script: read },
    Workload { name: "list of 20", cpu_name: "list of 20, CPU", script: list },
    Workload { name: "create", cpu_name: "create, CPU", script: create },
];

pub(crate) fn bench(options: &Options, report: &mut Report) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(measure(options, report))
}

async fn measure(options: &Options, report: &mut Report) -> Result<()> {
    let folder = Folder::new("service")?;
    let ours = groundplan(folder.path()).await?;
    let theirs = by_hand(folder.path()).await?;
    for workload in &WORKLOADS {
        eprintln!("{}: {} rounds of {} s a side", workload.name, options.rounds, options.seconds);
        let mut lines = Lines::default();
        for _ in 0..options.rounds {
            lines.ours.add(&ours, workload, options.seconds).await?;
            lines.theirs.add(&theirs, workload, options.seconds).await?;
        }
        lines.report(workload, report);
    }
    notes(report);
    Ok(())
}

fn notes(report: &mut Report) {
    report.note(format!(
        "read, list, create: `groundplan run` on examples/data-export against axum and rusqlite by \
         hand, {CONNECTIONS} connections in a closed loop; the load and the service share the cores. \
         Both: SQLite in WAL mode with synchronous=FULL, one writer with group commit, every request \
         with its own caller's HS256 token, rows scoped to their owner. Groundplan also counts \
         requests for its rate limit (raised in the copy of the design) and knows filters; the one \
         by hand has neither. It checks each token's HMAC, Groundplan remembers tokens it has seen."
    ));
    report.note("CPU: processor time of the service a request, without the load's own.".to_owned());
}

/// Figures of one side: requests a second, and its processor time a request.
#[derive(Default)]
struct Figures {
    per_second: Rounds,
    cpu_us: Rounds,
}

#[derive(Default)]
struct Lines {
    ours: Figures,
    theirs: Figures,
}

impl Figures {
    async fn add(&mut self, side: &Side, workload: &Workload, seconds: f64) -> Result<()> {
        let script = (workload.script)(side);
        let before = side.server.cpu_s();
        let duration = Duration::from_secs_f64(seconds);
        let outcome = load::run(side.server.address(), &side.tokens, &script, duration).await?;
        if outcome.requests == 0 {
            bail!("{}: no request was answered in {seconds} s", workload.name);
        }
        self.per_second.push(outcome.per_second());
        if let (Some(before), Some(after)) = (before, side.server.cpu_s()) {
            self.cpu_us.push(cpu_us(after - before, &outcome));
        }
        eprintln!(
            "  {:>8.0} a second, median {:.2} ms, p99 {:.2} ms",
            outcome.per_second(),
            outcome.percentile_ms(0.5),
            outcome.percentile_ms(0.99)
        );
        Ok(())
    }
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
fn cpu_us(seconds: f64, outcome: &Outcome) -> f64 {
    seconds * 1e6 / outcome.requests as f64
}

impl Lines {
    fn report(self, workload: &Workload, report: &mut Report) {
        report.add(Line {
            name: workload.name,
            unit: "requests a second",
            more_is_better: true,
            ours: self.ours.per_second,
            theirs: self.theirs.per_second,
        });
        if self.ours.cpu_us.summary().median.is_finite() {
            report.add(Line {
                name: workload.cpu_name,
                unit: "microseconds a request",
                more_is_better: false,
                ours: self.ours.cpu_us,
                theirs: self.theirs.cpu_us,
            });
        }
    }
}

async fn groundplan(folder: &Path) -> Result<Side> {
    let program = sibling("groundplan")?;
    let design = folder.join("design.md");
    // Otherwise the service would do what the design says, and refuse most of the requests.
    let (limit, raised) = ("6,000 requests per minute", "600,000,000 requests per minute");
    if !DESIGN.contains(limit) {
        bail!("the example's design has no longer a limit of {limit}; change the bench with it");
    }
    fs::write(&design, DESIGN.replace(limit, raised))?;
    let mut command = Command::new(&program);
    command.arg("run").arg(&design).args(["--port", "0", "--database"]);
    command.arg(folder.join("groundplan.db"));
    command.env("GROUNDPLAN_LOG", "error");
    let server = Server::start(&mut command)?;
    let tokens = (0..CONNECTIONS).map(|number| token(&program, &design, &caller(number)));
    Side::new(server, tokens.collect::<Result<_>>()?).await
}

fn token(program: &Path, design: &Path, subject: &str) -> Result<String> {
    let mut command = Command::new(program);
    command.arg("token").arg(design).args(["--subject", subject]).stderr(Stdio::inherit());
    let output = command.output().with_context(|| format!("cannot start {command:?}"))?;
    if !output.status.success() {
        bail!("{command:?}: {}", output.status);
    }
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

async fn by_hand(folder: &Path) -> Result<Side> {
    let own = std::env::current_exe().context("this program does not know where it is")?;
    let server = Server::start(Command::new(own).arg("by-hand").arg(folder.join("by-hand.db")))?;
    let tokens = (0..CONNECTIONS).map(|number| by_hand::token(&caller(number)));
    Side::new(server, tokens.collect::<Result<_>>()?).await
}

fn caller(number: usize) -> String {
    format!("caller-{number}")
}

impl Side {
    /// Gives every caller its rows.
    async fn new(server: Server, tokens: Vec<String>) -> Result<Self> {
        let address = server.address();
        let filled = tokens.iter().cloned().map(|token| tokio::spawn(fill(address, token)));
        let filled: Vec<_> = filled.collect();
        let mut keys = Vec::with_capacity(filled.len());
        for one in filled {
            keys.push(one.await??);
        }
        Ok(Self { server, tokens, keys: Arc::new(keys) })
    }
}

async fn fill(address: std::net::SocketAddr, token: String) -> Result<Vec<String>> {
    let mut client = Client::connect(address, &token).await?;
    let mut keys = Vec::with_capacity(ROWS);
    for number in 0..ROWS {
        let row: Value =
            serde_json::from_slice(&client.send(new_row(&format!("first {number}"))).await?)?;
        let key = row.get("id").and_then(Value::as_str).context("a row without an id")?;
        keys.push(key.to_owned());
    }
    Ok(keys)
}

fn new_row(name: &str) -> Call {
    let body =
        format!(r#"{{"name":"{name}","description":"All orders of a year","row_count":4180233}}"#);
    Call {
        method: Method::POST,
        path: PATH.to_owned(),
        body: Some(body),
        expected: StatusCode::CREATED,
    }
}

fn get(path: String) -> Call {
    Call { method: Method::GET, path, body: None, expected: StatusCode::OK }
}

fn read(side: &Side) -> Script {
    let keys = Arc::clone(&side.keys);
    Arc::new(move |client, step| {
        let own = keys.get(client).map_or(&[][..], Vec::as_slice);
        let index = usize::try_from(step).unwrap_or(0) % own.len().max(1);
        get(format!("{PATH}/{}", own.get(index).map_or("", String::as_str)))
    })
}

fn list(_: &Side) -> Script {
    Arc::new(|_, _| get(PATH.to_owned()))
}

/// Names are new for as long as this program runs: one owner, one dataset of a name.
fn create(_: &Side) -> Script {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    Arc::new(|_, _| new_row(&format!("dataset {}", NEXT.fetch_add(1, Ordering::Relaxed))))
}
