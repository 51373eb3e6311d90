//! Connecting, and making the tables where they are not there.

use std::str::FromStr as _;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Runtime};
use tokio_postgres::{Client, Config, Error, NoTls};

use super::catalog::{self, Catalog};
use super::session::Session;
use crate::service::{StartError, without_password};

/// How long to wait for a connection.
const PATIENCE: Duration = Duration::from_secs(3);

/// How long to wait after a failure before the next attempt.
const PAUSE: Duration = Duration::from_millis(250);

/// What holds for all statements of a connection.
const SETTINGS: &str = "SET timezone = 'UTC'; SET statement_timeout = '30s'; \
     SET lock_timeout = '5s'; SET idle_in_transaction_session_timeout = '60s'; \
     SET client_min_messages = 'warning'; SET default_transaction_isolation = 'read committed'";

/// Where the schema's text is kept, to notice that the document has changed.
const META: &str = "CREATE TABLE groundplan_meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)";

/// Two services that start at once make the tables once.
const LOCK: &str = "SELECT pg_advisory_xact_lock(7011842634091)";

/// A server, and what is known of its database.
pub(super) struct Address {
    config: Config,
    /// The address without its password.
    shown: String,
    catalog: OnceLock<Arc<Catalog>>,
}

impl Address {
    pub(super) fn read(url: &str) -> Result<Self, StartError> {
        let mut config = Config::from_str(url)
            .map_err(|error| StartError::Address { reason: error.to_string() })?;
        config.connect_timeout(PATIENCE).application_name("groundplan");
        Ok(Self { config, shown: without_password(url), catalog: OnceLock::new() })
    }

    fn connect(&self) -> Result<(Runtime, Client), String> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| error.to_string())?;
        let connected = runtime.block_on(async {
            let (client, connection) = self.config.connect(NoTls).await?;
            tokio::spawn(async move {
                // What ends a connection is told by the statement that needs it.
                let _ = connection.await;
            });
            client.batch_execute(SETTINGS).await?;
            Ok::<_, Error>(client)
        });
        connected.map(|client| (runtime, client)).map_err(|error| reason(&error))
    }

    fn session(&self) -> Result<Session, String> {
        let (runtime, client) = self.connect()?;
        let catalog = match self.catalog.get() {
            Some(known) => Arc::clone(known),
            None => {
                let rows = runtime.block_on(client.query(catalog::SELECT, &[]));
                let rows = rows.map_err(|error| reason(&error))?;
                let pair =
                    |row: &tokio_postgres::Row| Some((row.try_get(0).ok()?, row.try_get(1).ok()?));
                let found = Arc::new(Catalog(rows.iter().filter_map(pair).collect()));
                Arc::clone(self.catalog.get_or_init(|| found))
            }
        };
        Ok(Session::new(runtime, client, catalog))
    }

    fn unreachable(&self, reason: String) -> StartError {
        StartError::Unreachable { database: self.shown.clone(), reason }
    }
}

/// Makes the tables where they are not there; refuses a database that was made for others.
pub(super) fn prepare(address: &Address, schema: &str) -> Result<Session, StartError> {
    let (runtime, client) = address.connect().map_err(|reason| address.unreachable(reason))?;
    runtime.block_on(migrate(address, client, schema))?;
    address.session().map_err(|reason| address.unreachable(reason))
}

async fn migrate(address: &Address, mut client: Client, schema: &str) -> Result<(), StartError> {
    let told = |error: Error| address.unreachable(reason(&error));
    let transaction = client.transaction().await.map_err(told)?;
    transaction.batch_execute(LOCK).await.map_err(told)?;
    let there = "SELECT to_regclass('groundplan_meta') IS NOT NULL";
    let is_ours: bool = transaction.query_one(there, &[]).await.map_err(told)?.get(0);
    if is_ours {
        let stored = "SELECT value FROM groundplan_meta WHERE name = 'schema'";
        let stored = transaction.query_opt(stored, &[]).await.map_err(told)?;
        if stored.and_then(|row| row.try_get::<_, String>(0).ok()).as_deref() != Some(schema) {
            return Err(StartError::TablesChanged { database: address.shown.clone() });
        }
        return Ok(());
    }
    let broken = |error: Error| StartError::Schema { reason: reason(&error) };
    transaction.batch_execute(schema).await.map_err(broken)?;
    transaction.batch_execute(META).await.map_err(broken)?;
    let insert = "INSERT INTO groundplan_meta VALUES ('schema', $1)";
    transaction.execute(insert, &[&schema]).await.map_err(broken)?;
    transaction.commit().await.map_err(told)
}

/// The server's own words, where it has said something.
fn reason(error: &Error) -> String {
    match (error.as_db_error(), std::error::Error::source(error)) {
        (Some(told), _) => told.message().to_owned(),
        (None, Some(source)) => format!("{error}: {source}"),
        (None, None) => error.to_string(),
    }
}

/// When to try again to connect.
#[derive(Default)]
pub(super) struct Patience {
    failed: Option<Instant>,
}

impl Patience {
    /// A new connection; `None` where there is none, or was none a moment ago.
    pub(super) fn connect(&mut self, address: &Address) -> Option<Session> {
        if self.failed.is_some_and(|at| at.elapsed() < PAUSE) {
            return None;
        }
        match address.session() {
            Ok(session) => {
                self.failed = None;
                Some(session)
            }
            Err(error) => {
                tracing::error!(database = address.shown, error, "the database does not answer");
                self.failed = Some(Instant::now());
                None
            }
        }
    }
}
