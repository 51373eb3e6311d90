//! `groundplan run` on the example's design against services of the same paths: by hand on SQLite
//! and on PostgreSQL with the same durability, and on the stack that many designs name. A point
//! read, a list of 20, a create; memory and start.

mod figures;
mod side;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::Result;
use http::{Method, StatusCode};

use crate::folder::Folder;
use crate::load::{Call, Script};
use crate::options::Options;
use crate::report::Report;
use figures::Lines;
use side::{Kind, Servers, Side};

const PATH: &str = "/api/v1/datasets";
const CONNECTIONS: usize = 64;

/// Something to do, and its name in the report.
struct Workload {
    name: &'static str,
    script: fn(&Side) -> Script,
}

static WORKLOADS: [Workload; 3] = [
    Workload { name: "read", script: read },
    Workload { name: "list of 20", script: list },
    Workload { name: "create", script: create },
];

/// Two services that take turns.
struct Pair {
    name: &'static str,
    ours: Kind,
    theirs: Kind,
}

static PAIRS: [Pair; 4] = [
    Pair { name: "SQLite by hand", ours: Kind::Sqlite, theirs: Kind::SqliteByHand },
    Pair { name: "PostgreSQL by hand", ours: Kind::Postgres, theirs: Kind::PostgresByHand },
    Pair { name: "stack, ours on SQLite", ours: Kind::Sqlite, theirs: Kind::Stack },
    Pair { name: "stack, ours on PostgreSQL", ours: Kind::Postgres, theirs: Kind::Stack },
];

pub(crate) fn bench(options: &Options, report: &mut Report) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let servers = Servers::of_environment();
        for pair in &PAIRS {
            match servers.lack([pair.ours, pair.theirs]) {
                Some(reason) => report.note(format!("not measured: {}: {reason}", pair.name)),
                None => measure(pair, &servers, options, report).await?,
            }
        }
        notes(report);
        Ok(())
    })
}

async fn measure(
    pair: &Pair,
    servers: &Servers,
    options: &Options,
    report: &mut Report,
) -> Result<()> {
    let folder = Folder::new("service")?;
    let mut lines = Lines::default();
    for round in 0..options.rounds {
        let start = |kind| Side::start(kind, servers, folder.path(), round);
        lines.ours.start_ms.push(start(pair.ours).await?.start_ms);
        lines.theirs.start_ms.push(start(pair.theirs).await?.start_ms);
    }
    let ours =
        Side::start(pair.ours, servers, folder.path(), options.rounds).await?.filled().await?;
    let theirs =
        Side::start(pair.theirs, servers, folder.path(), options.rounds).await?.filled().await?;
    lines.report_start(pair.name, report);
    for workload in &WORKLOADS {
        let (name, rounds, seconds) = (workload.name, options.rounds, options.seconds);
        eprintln!("{}: {name}: {rounds} rounds of {seconds} s a side", pair.name);
        let mut lines = Lines::default();
        for _ in 0..rounds {
            lines.ours.add(&ours, workload, seconds).await?;
            lines.theirs.add(&theirs, workload, seconds).await?;
        }
        lines.report(&format!("{}: {name}", pair.name), report);
    }
    Ok(())
}

fn notes(report: &mut Report) {
    report.note(format!(
        "services: `groundplan run` on examples/data-export, {CONNECTIONS} connections in a closed \
         loop; the load, the service and its servers share the cores. By hand on SQLite: axum and \
         rusqlite, WAL with synchronous=FULL, one writer with group commit, as ours. By hand on \
         PostgreSQL: axum, tokio-postgres, a pool of 16, as ours. Stack: FastAPI, SQLAlchemy, \
         asyncpg, Redis, one worker. Every request has its own caller's HS256 token, rows are \
         scoped to their owner. Groundplan also counts requests for its rate limit (raised in the \
         copy of the design) and knows filters; the others have neither. They check each token's \
         HMAC, Groundplan remembers tokens it has seen."
    ));
    report.note(
        "CPU: processor time of the service's own process a request. Memory: its resident share \
         after the load. Start: from the call to the first answered list."
            .to_owned(),
    );
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
