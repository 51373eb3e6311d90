//! Databases for tests, on the servers that `cargo xtask test` starts. Without their addresses in
//! the environment a test says that it is skipped.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::sync::atomic::{AtomicU32, Ordering};

use tokio::runtime::{Builder, Runtime};
use tokio_postgres::{Client, Error, NoTls};

/// How many tests have asked: each has a database of its own.
static COUNT: AtomicU32 = AtomicU32::new(0);

/// An empty PostgreSQL database, gone with the value.
#[derive(Debug)]
pub struct TestDatabase {
    server: String,
    name: String,
}

/// A database of its own; `None` where no server was named.
pub fn postgres() -> Option<TestDatabase> {
    let server = address("GROUNDPLAN_TEST_POSTGRES")?;
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("groundplan_test_{}_{number}", std::process::id());
    let database = TestDatabase { server, name };
    database.ask(&format!("CREATE DATABASE {}", database.name)).unwrap_or_else(|error| {
        panic!("no database at {}: {error}", database.server);
    });
    Some(database)
}

/// The address of an empty Redis database that no other test uses; `None` where no server was
/// named.
pub fn redis() -> Option<String> {
    let server = address("GROUNDPLAN_TEST_REDIS")?;
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    Some(format!("{}/{}", server.trim_end_matches('/'), number % 1024))
}

/// The same by TLS; `None` where the server does not speak it.
pub fn redis_by_tls() -> Option<String> {
    let address = redis()?;
    let (server, number) = address.strip_prefix("redis://")?.split_once('/')?;
    let mut stream = TcpStream::connect(server).ok()?;
    stream.write_all(b"CONFIG GET tls-port\r\n").ok()?;
    let lines = BufReader::new(stream).lines().map_while(Result::ok);
    // An array of the name and the value, each behind its length.
    let port: u16 = lines.take(5).last()?.parse().ok()?;
    (port != 0).then(|| format!("rediss://localhost:{port}/{number}"))
}

/// A table that nobody else can use until this is released.
#[derive(Debug)]
pub struct Lock {
    runtime: Runtime,
    client: Client,
}

impl Lock {
    /// How many statements wait for a lock of this database.
    pub fn waiting(&self) -> i64 {
        let sql = "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database \
             WHERE datname = current_database() AND NOT granted";
        let row = self.runtime.block_on(self.client.query_one(sql, &[]));
        row.unwrap_or_else(|error| panic!("no answer: {error}")).get(0)
    }

    /// Lets others use the table again.
    pub fn release(self) {
        let ended = self.runtime.block_on(self.client.batch_execute("COMMIT"));
        ended.unwrap_or_else(|error| panic!("no answer: {error}"));
    }
}

impl TestDatabase {
    /// Keeps everybody else from a table.
    pub fn lock(&self, table: &str) -> Lock {
        let failed = |error: Error| -> Client { panic!("no lock: {error}") };
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let runtime = runtime.unwrap_or_else(|error| panic!("no runtime: {error}"));
        let client = runtime.block_on(async {
            let (client, connection) = tokio_postgres::connect(&self.url(), NoTls).await?;
            tokio::spawn(connection);
            client.batch_execute(&format!("BEGIN; LOCK TABLE {table}")).await?;
            Ok(client)
        });
        Lock { client: client.unwrap_or_else(failed), runtime }
    }

    /// `postgres://user@host:port/its_name`
    pub fn url(&self) -> String {
        let server = self.server.rsplit_once('/').map_or(self.server.as_str(), |(it, _)| it);
        format!("{server}/{}", self.name)
    }

    /// How many connections it has by TLS, and how many without.
    pub fn connections(&self) -> (i64, i64) {
        let sql = "SELECT count(*) FILTER (WHERE ssl), count(*) FILTER (WHERE NOT ssl) \
             FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE datname = $1";
        let ask = async |client: &Client| client.query_one(sql, &[&self.name]).await;
        let row = self.with_server(ask).unwrap_or_else(|error| panic!("no answer: {error}"));
        (row.get(0), row.get(1))
    }

    /// Sends `sql` to the server's own database.
    fn ask(&self, sql: &str) -> Result<(), String> {
        self.with_server(async |client| client.batch_execute(sql).await)
    }

    fn with_server<T>(
        &self,
        ask: impl AsyncFnOnce(&Client) -> Result<T, Error>,
    ) -> Result<T, String> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let told = |error: Error| format!("{error:?}");
        runtime.map_err(|error| error.to_string())?.block_on(async {
            let connected = tokio_postgres::connect(&self.server, NoTls).await;
            let (client, connection) = connected.map_err(told)?;
            let connection = tokio::spawn(connection);
            let asked = ask(&client).await.map_err(told);
            drop(client);
            let _ = connection.await;
            asked
        })
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        // What a failed test leaves goes with the server.
        let _ = self.ask(&format!("DROP DATABASE {} WITH (FORCE)", self.name));
    }
}

fn address(variable: &str) -> Option<String> {
    let found = std::env::var(variable).ok();
    if found.is_none() {
        let test = std::thread::current().name().unwrap_or("a test").to_owned();
        // Not `eprintln!`, which the test harness keeps to itself.
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED {test}: {variable} is not set; `cargo xtask test` starts what it needs"
        );
    }
    found
}
