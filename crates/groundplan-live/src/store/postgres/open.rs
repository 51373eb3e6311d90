//! Connecting.

use std::str::FromStr as _;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Runtime};
use tokio_postgres::config::SslMode;
use tokio_postgres::tls::{MakeTlsConnect, TlsConnect};
use tokio_postgres::{Client, Config, Error, NoTls, Socket};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::catalog::{self, Catalog};
use super::session::Session;
use super::tables;
use crate::outside::trust;
use crate::service::{RunOptions, StartError, without_password};
use crate::store::Failed;

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
    /// Where the address asks for TLS.
    tls: Option<MakeRustlsConnect>,
    /// The address without its password.
    pub(super) shown: String,
    catalog: OnceLock<Arc<Catalog>>,
    /// When connecting failed last, on whichever thread; `None` when it has gone well since.
    failed: Mutex<Option<Instant>>,
}

impl Address {
    pub(super) fn read(url: &str) -> Result<Self, StartError> {
        let wrong = |reason: String| StartError::Address { reason };
        let config = Config::from_str(&checked(url));
        let mut config = config.map_err(|error| wrong(error.to_string()))?;
        config.connect_timeout(PATIENCE).application_name("groundplan");
        let asks = matches!(config.get_ssl_mode(), SslMode::Require);
        let tls = asks.then(|| trust::config().map(MakeRustlsConnect::new));
        let tls = tls.transpose().map_err(wrong)?;
        let (catalog, failed) = Default::default();
        Ok(Self { config, tls, shown: without_password(url), catalog, failed })
    }

    fn connect(&self) -> Result<(Runtime, Client), String> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| error.to_string())?;
        let connected = runtime.block_on(self.client());
        connected.map(|client| (runtime, client)).map_err(|error| reason(&error))
    }

    /// A connection of the runtime that waits for it.
    async fn client(&self) -> Result<Client, Error> {
        let client = match &self.tls {
            Some(tls) => open(&self.config, tls.clone()).await?,
            None => open(&self.config, NoTls).await?,
        };
        client.batch_execute(SETTINGS).await?;
        Ok(client)
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

    /// A new connection in the place of one that broke; `None` where there is none, or was none a
    /// moment ago. As soon as one thread has one, the others try as well: whoever was answered once
    /// is not refused afterwards.
    pub(super) fn connect_again(&self) -> Option<Session> {
        if self.has_just_failed() { None } else { self.told(self.session()) }
    }

    /// As [`Address::connect_again`], on the runtime that waits for it.
    pub(super) async fn client_again(&self) -> Option<Client> {
        if self.has_just_failed() {
            return None;
        }
        let client = self.client().await;
        self.told(client.map_err(|error| reason(&error)))
    }

    /// What an error of a statement means.
    pub(super) fn explain(&self, error: &Error) -> Failed {
        match self.catalog.get() {
            Some(catalog) => catalog.read(error),
            None => Failed::Broken(error.to_string()),
        }
    }

    fn has_just_failed(&self) -> bool {
        self.failed().is_some_and(|at| at.elapsed() < PAUSE)
    }

    /// Takes what an attempt came to.
    fn told<T>(&self, connected: Result<T, String>) -> Option<T> {
        match connected {
            Ok(connection) => {
                *self.failed() = None;
                Some(connection)
            }
            Err(error) => {
                tracing::error!(database = self.shown, error, "the database does not answer");
                *self.failed() = Some(Instant::now());
                None
            }
        }
    }

    fn failed(&self) -> MutexGuard<'_, Option<Instant>> {
        self.failed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn unreachable(&self, reason: String) -> StartError {
        StartError::Unreachable { database: self.shown.clone(), reason }
    }
}

/// The address with the one word for TLS that the driver knows: certificates are always checked.
fn checked(url: &str) -> String {
    let words = ["sslmode=verify-full", "sslmode=verify-ca"];
    words.iter().fold(url.to_owned(), |url, word| url.replace(word, "sslmode=require"))
}

async fn open<T>(config: &Config, tls: T) -> Result<Client, Error>
where
    T: MakeTlsConnect<Socket>,
    T::Stream: Send + 'static,
    T::TlsConnect: Send,
    <T::TlsConnect as TlsConnect<Socket>>::Future: Send,
{
    let (client, connection) = config.connect(tls).await?;
    tokio::spawn(async move {
        // What ends a connection is told by the statement that needs it.
        let _ = connection.await;
    });
    Ok(client)
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
        (None, Some(source)) if source.to_string().contains("certificate") => {
            format!("{error}: {source}; SSL_CERT_FILE names the authorities to trust")
        }
        (None, Some(source)) => format!("{error}: {source}"),
        (None, None) => error.to_string(),
    }
}
