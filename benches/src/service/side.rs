//! One side of a ratio: a service with a token and rows for each connection.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;
use tokio_postgres::NoTls;

use super::{CONNECTIONS, PATH, get, new_row};
use crate::by_hand;
use crate::folder::sibling;
use crate::load::Client;
use crate::server::Server;

const DESIGN: &str = include_str!("../../../examples/data-export/docs/001_TDD-data-export.md");
const STACK: &str = include_str!("../../stack/app.py");

/// Rows that each caller has before the first round: two pages.
const ROWS: usize = 40;

/// A way to serve the datasets.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Sqlite,
    Postgres,
    SqliteByHand,
    PostgresByHand,
    Stack,
}

/// A service with a token and rows for each connection.
pub(super) struct Side {
    pub(super) server: Server,
    pub(super) tokens: Vec<String>,
    /// Keys of the rows of each caller.
    pub(super) keys: Arc<Vec<Vec<String>>>,
    /// From the call to the first answer.
    pub(super) start_ms: f64,
}

/// Servers that were started beside us, by the environment.
pub(super) struct Servers {
    postgres: Option<String>,
    redis: Option<String>,
    /// The Python with the packages of `stack/requirements.txt`.
    python: Option<String>,
}

impl Servers {
    pub(super) fn of_environment() -> Self {
        let variable = |name| std::env::var(name).ok().filter(|it| !it.is_empty());
        Self {
            postgres: variable("GROUNDPLAN_TEST_POSTGRES"),
            redis: variable("GROUNDPLAN_TEST_REDIS"),
            python: variable("GROUNDPLAN_BENCH_PYTHON"),
        }
    }

    /// What is not there that one of `kinds` needs.
    pub(super) fn lack(&self, kinds: [Kind; 2]) -> Option<&'static str> {
        let needs = |some: &[Kind]| kinds.iter().any(|kind| some.contains(kind));
        if needs(&[Kind::Postgres, Kind::PostgresByHand, Kind::Stack]) && self.postgres.is_none() {
            return Some("GROUNDPLAN_TEST_POSTGRES names no server");
        }
        if needs(&[Kind::Stack]) && self.redis.is_none() {
            return Some("GROUNDPLAN_TEST_REDIS names no server");
        }
        if needs(&[Kind::Stack]) && self.python.is_none() {
            return Some("GROUNDPLAN_BENCH_PYTHON names no Python");
        }
        None
    }

    /// The URL of an empty database of its own.
    async fn database(&self, name: &str) -> Result<String> {
        let base = self.postgres.as_deref().context("no PostgreSQL")?;
        let (client, connection) = tokio_postgres::connect(base, NoTls).await?;
        tokio::spawn(connection);
        client.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await?;
        client.batch_execute(&format!("CREATE DATABASE {name}")).await?;
        let (server, _) = base.rsplit_once('/').context("the URL names no database")?;
        Ok(format!("{server}/{name}"))
    }
}

impl Side {
    /// Starts a service on an empty database, and asks it once.
    pub(super) async fn start(
        kind: Kind,
        servers: &Servers,
        folder: &Path,
        round: usize,
    ) -> Result<Self> {
        let (mut command, tokens) = match kind {
            Kind::Sqlite => {
                let database = folder.join(format!("ours-{round}.db"));
                groundplan(folder, &database.to_string_lossy())?
            }
            Kind::Postgres => groundplan(folder, &servers.database("bench_ours").await?)?,
            Kind::SqliteByHand => {
                let database = folder.join(format!("by-hand-{round}.db"));
                by_hand(&database.to_string_lossy())?
            }
            Kind::PostgresByHand => by_hand(&servers.database("bench_by_hand").await?)?,
            Kind::Stack => stack(folder, servers).await?,
        };
        let began = Instant::now();
        let server = Server::start(&mut command)?;
        let token = tokens.first().context("no token")?;
        wait(&server, token).await?;
        let start_ms = began.elapsed().as_secs_f64() * 1e3;
        Ok(Self { server, tokens, keys: Arc::default(), start_ms })
    }

    /// Gives every caller its rows.
    pub(super) async fn filled(mut self) -> Result<Self> {
        let address = self.server.address();
        let filled = self.tokens.iter().cloned().map(|token| tokio::spawn(fill(address, token)));
        let filled: Vec<_> = filled.collect();
        let mut keys = Vec::with_capacity(filled.len());
        for one in filled {
            keys.push(one.await??);
        }
        self.keys = Arc::new(keys);
        Ok(self)
    }
}

/// Asks for a list until there is one: some services name their address before they listen.
async fn wait(server: &Server, token: &str) -> Result<()> {
    let patience = Duration::from_secs(30);
    let began = Instant::now();
    loop {
        let asked = async {
            let mut client = Client::connect(server.address(), token).await?;
            client.send(get(PATH.to_owned())).await
        };
        match asked.await {
            Ok(_) => return Ok(()),
            Err(error) if began.elapsed() > patience => return Err(error),
            Err(_) => tokio::time::sleep(Duration::from_millis(1)).await,
        }
    }
}

fn groundplan(folder: &Path, database: &str) -> Result<(Command, Vec<String>)> {
    let program = sibling("groundplan")?;
    let design = folder.join("design.md");
    // Otherwise the service would do what the design says, and refuse most of the requests.
    let (limit, raised) = ("6,000 requests per minute", "600,000,000 requests per minute");
    if !DESIGN.contains(limit) {
        bail!("the example's design has no longer a limit of {limit}; change the bench with it");
    }
    fs::write(&design, DESIGN.replace(limit, raised))?;
    let mut command = Command::new(&program);
    command.arg("run").arg(&design).args(["--port", "0", "--database", database]);
    // The design asks for an audit log, which neither rival keeps.
    command.args(["--audit", "off"]).env("GROUNDPLAN_LOG", "error");
    let tokens = (0..CONNECTIONS).map(|number| token(&program, &design, &caller(number)));
    Ok((command, tokens.collect::<Result<_>>()?))
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

fn by_hand(database: &str) -> Result<(Command, Vec<String>)> {
    let own = std::env::current_exe().context("this program does not know where it is")?;
    let mut command = Command::new(own);
    command.arg("by-hand").arg(database);
    Ok((command, hand_tokens()?))
}

async fn stack(folder: &Path, servers: &Servers) -> Result<(Command, Vec<String>)> {
    fs::write(folder.join("app.py"), STACK)?;
    let python = servers.python.as_deref().context("no Python")?;
    let database = servers.database("bench_stack").await?;
    let mut command = Command::new("sh");
    // The address is logged on standard error.
    let line = "exec \"$0\" -m uvicorn app:app --port 0 --no-access-log 2>&1";
    command.args(["-c", line, python]).current_dir(folder);
    command.env("DATABASE_URL", database.replacen("postgres://", "postgresql+asyncpg://", 1));
    command.env("REDIS_URL", servers.redis.as_deref().unwrap_or_default());
    command.env("TOKEN_KEY", by_hand::KEY);
    Ok((command, hand_tokens()?))
}

fn hand_tokens() -> Result<Vec<String>> {
    (0..CONNECTIONS).map(|number| by_hand::token(&caller(number))).collect()
}

fn caller(number: usize) -> String {
    format!("caller-{number}")
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
