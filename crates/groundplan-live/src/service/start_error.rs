//! Why a service does not start, each with the way out.

use std::net::SocketAddr;
use std::path::PathBuf;

use crate::auth::JwksError;
use crate::outside::AddressError;

/// Why a service does not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// Another program listens there.
    #[error(
        "port {} is in use: another program listens on {address}; \
         stop it, or choose another port with --port (0 takes any free one)",
        address.port()
    )]
    PortInUse {
        /// The address that was asked for.
        address: SocketAddr,
    },
    /// The system refuses to listen there.
    #[error("cannot listen on {address}: {source}; choose another address or port")]
    Listen {
        /// The address that was asked for.
        address: SocketAddr,
        /// The system's reason.
        source: std::io::Error,
    },
    /// A socket file cannot be made, or somebody listens on it.
    #[error(
        "cannot listen on {}: {source}; choose another file with --unix-socket",
        path.display()
    )]
    Socket {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// A certificate or its key cannot be used.
    #[error(
        "cannot serve TLS with {}: {reason}; \
         name PEM files of one certificate and its key with --tls-cert and --tls-key",
        path.display()
    )]
    Tls {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// Spans cannot be sent there.
    #[error(
        "cannot send traces to {endpoint}: {reason}; \
         name a collector such as http://localhost:4318 with --otlp-endpoint"
    )]
    Collector {
        /// The address.
        endpoint: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A document that changed under a running service describes other tables.
    #[error("the document's tables have changed, and rows in memory cannot follow; start it again")]
    OtherTables,
    /// Another program writes to the file and does not let go.
    #[error(
        "the database {} is locked by another program; \
         stop that program, or choose another file with --database",
        path.display()
    )]
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// The file cannot be opened or written.
    #[error(
        "cannot open the database {}: {reason}; \
         check that its folder exists and may be written, or choose another file with --database",
        path.display()
    )]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// SQLite's reason.
        reason: String,
    },
    /// The file is something else than our database.
    #[error(
        "{} is not a database of groundplan: {reason}; choose another file with --database",
        path.display()
    )]
    Foreign {
        /// The file.
        path: PathBuf,
        /// What was found.
        reason: String,
    },
    /// The document has changed so that rows would be lost or do not fit.
    #[error(
        "the document has changed, and the database {database} cannot follow: {reason}; \
         mend the document or the rows, pass --drop-removed to let go what the document no longer \
         has, or begin with an empty database (--fresh, or another --database)"
    )]
    CannotFollow {
        /// The file, or the server without the password.
        database: String,
        /// What would be lost, or what does not fit.
        reason: String,
    },
    /// The database's address cannot be read.
    #[error(
        "the database's address cannot be read: {reason}; \
         write it as postgres://USER:PASSWORD@HOST:PORT/DATABASE"
    )]
    Address {
        /// What is wrong with it.
        reason: String,
    },
    /// The cache's address cannot be read.
    #[error(
        "the cache's address cannot be read: {reason}; \
         write it as redis://HOST:PORT/DATABASE with --cache"
    )]
    Cache {
        /// What is wrong with it.
        reason: String,
    },
    /// The database server does not answer, or refuses.
    #[error(
        "no connection to {database}: {reason}; \
         check that the server runs, that the database is there and that the password is right"
    )]
    Unreachable {
        /// Its address, without the password.
        database: String,
        /// The server's or the system's reason.
        reason: String,
    },
    /// The tables cannot be made, or a route's statement does not fit them.
    #[error("the document's tables cannot be used: {reason}; run `groundplan check` on it")]
    Schema {
        /// SQLite's reason, with the statement.
        reason: String,
    },
    /// The keys of an identity provider could not be had.
    #[error(transparent)]
    Jwks(#[from] JwksError),
    /// The address of another service cannot be used.
    #[error(transparent)]
    Outside(#[from] AddressError),
    /// A thread could not be started.
    #[error("the system gave no thread: {0}; close other programs and try again")]
    Thread(#[from] std::io::Error),
}
