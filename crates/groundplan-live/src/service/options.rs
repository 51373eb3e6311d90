//! What a service is started with.

use std::net::SocketAddr;
use std::path::PathBuf;

use crate::Fault;

/// Where rows are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// A SQLite file; made where there is none. Its folder must exist.
    File(PathBuf),
    /// In memory: gone when the service stops.
    Memory,
    /// PostgreSQL at this URL (`postgres://user:password@host:port/database`).
    Postgres(String),
}

/// What a service is started with.
#[derive(Clone, Debug)]
pub struct RunOptions {
    /// Where to listen; port 0 takes any free one.
    pub address: SocketAddr,
    /// Where rows are kept.
    pub database: Database,
    /// The key that tokens are signed with (HS256).
    pub key: Vec<u8>,
    /// SQL that makes the tables of a new database, in that database's dialect.
    pub schema_sql: String,
    /// The answer of `/openapi.json`.
    pub openapi: String,
    /// The answer of `/docs`, an HTML page.
    pub api_page: String,
    /// How to be broken on purpose.
    pub fault: Option<Fault>,
}
