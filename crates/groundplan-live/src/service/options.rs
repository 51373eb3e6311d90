//! What a service is started with.

use groundplan_model::schema::SchemaSql;
use groundplan_model::service::ServicePlan;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use super::HttpOptions;
use crate::{AuthOptions, Fault};

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

/// What is kept besides rows: counts of requests, and answers that the document says to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CacheOptions {
    /// Where.
    pub place: CachePlace,
    /// How much memory of this process answers may take.
    pub limit_bytes: usize,
    /// How long a request waits for a server at most.
    pub patience: Duration,
}

/// Where counts and answers are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CachePlace {
    /// In this process; answers not where other processes may write to the same database.
    Automatic,
    /// In this process, which is the only one that writes to its database.
    Process,
    /// Counts in this process, answers not at all.
    Off,
    /// On a Valkey or Redis server at this URL, for all replicas.
    Server(String),
}

impl Default for CacheOptions {
    fn default() -> Self {
        Self {
            place: CachePlace::Automatic,
            limit_bytes: 64 * 1024 * 1024,
            patience: Duration::from_millis(50),
        }
    }
}

/// Whether writes are recorded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AuditChoice {
    /// Where the document asks for it.
    #[default]
    Auto,
    /// Always.
    On,
    /// Never.
    Off,
}

impl AuditChoice {
    /// What that comes to for `plan`.
    pub(crate) fn is_on(self, plan: &ServicePlan) -> bool {
        match self {
            Self::Auto => plan.audit.is_some(),
            Self::On => true,
            Self::Off => false,
        }
    }
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
    /// What else lets callers in.
    pub auth: AuthOptions,
    /// The tables, in that database's dialect.
    pub schema: SchemaSql,
    /// Whether rows of tables and columns that the document no longer has may go.
    pub drop_removed: bool,
    /// The answer of `/openapi.json`.
    pub openapi: String,
    /// The answer of `/docs`, an HTML page.
    pub api_page: String,
    /// The answer of `/_proto/plan`: the plan as JSON.
    pub plan: String,
    /// How it speaks HTTP.
    pub http: HttpOptions,
    /// What is kept besides rows, and where.
    pub cache: CacheOptions,
    /// Whether every write is recorded.
    pub audit: AuditChoice,
    /// How to be broken on purpose.
    pub fault: Option<Fault>,
}

/// The URL of a database as it may be shown: without its password.
pub fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return "PostgreSQL".to_owned() };
    let rest = rest.split('?').next().unwrap_or(rest);
    match rest.rsplit_once('@') {
        Some((user, place)) => {
            let user = user.split(':').next().unwrap_or(user);
            format!("{scheme}://{user}@{place}")
        }
        None => format!("{scheme}://{rest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::without_password;

    #[test]
    fn a_shown_url_has_no_password() {
        let shown = without_password("postgres://me:a@b:c@host:5432/shop?password=x");
        assert_eq!(shown, "postgres://me@host:5432/shop");
        assert_eq!(without_password("host=x password=y"), "PostgreSQL");
    }
}
