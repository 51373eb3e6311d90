//! Connecting.

use std::str::FromStr as _;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Runtime};
use tokio_postgres::{Client, Config, Error, NoTls};

use super::catalog::{self, Catalog};
use super::session::Session;
use super::tables;
use crate::service::{RunOptions, StartError, without_password};

/// How long to wait for a connection.
const PATIENCE: Duration = Duration::from_secs(3);

/// How long to wait after a failure before the next attempt.
const PAUSE: Duration = Duration::from_millis(250);

/// What holds for all statements of a connection.
const SETTINGS: &str = "SET timezone = 'UTC'; SET statement_timeout = '30s'; \
     SET lock_timeout = '5s'; SET idle_in_transaction_session_timeout = '60s'; \
     SET client_min_messages = 'warning'; SET default_transaction_isolation = 'read committed'";

/// A server, and what is known of its database.
pub(super) struct Address {
    config: Config,
    /// The address without its password.
    pub(super) shown: String,
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

    pub(super) fn unreachable(&self, reason: String) -> StartError {
        StartError::Unreachable { database: self.shown.clone(), reason }
    }
}

/// Makes the tables, or migrates them; refuses a database that cannot follow.
pub(super) fn prepare(address: &Address, options: &RunOptions) -> Result<Session, StartError> {
    let (runtime, client) = address.connect().map_err(|reason| address.unreachable(reason))?;
    runtime.block_on(tables::prepare(address, client, options))?;
    address.session().map_err(|reason| address.unreachable(reason))
}

/// The server's own words, where it has said something.
pub(super) fn reason(error: &Error) -> String {
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
