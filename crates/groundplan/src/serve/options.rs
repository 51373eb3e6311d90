//! The options that every command with a service of its own has.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::time::Duration;

use groundplan_live::{CacheOptions, CachePlace, Database, HttpOptions};
use groundplan_model::ServicePlan;

use super::auth_options::AuthArgs;
use super::{Settings, probe};
use crate::disk::{State, delete_database};
use crate::exit::Failure;

/// The port that is taken where none is named.
pub(crate) const DEFAULT_PORT: u16 = 4010;

/// Where the service listens and keeps its rows.
#[derive(clap::Args)]
pub(crate) struct ServiceOptions {
    /// The address to listen on; 0.0.0.0 lets other machines in
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,

    /// The database: a file, `:memory:`, or PostgreSQL at postgres://USER:PASSWORD@HOST:PORT/DATABASE
    /// [default: a file in `.groundplan/` beside the document]
    #[arg(
        long,
        value_name = "PATH|URL",
        visible_alias = "db",
        env = "GROUNDPLAN_DATABASE",
        hide_env_values = true
    )]
    database: Option<String>,

    /// Where counts of requests and cached answers are kept: `process`, `off`, or Valkey or Redis at
    /// redis://HOST:PORT/DATABASE for several replicas
    /// [default: in the process; with PostgreSQL no answers, because others may write there]
    #[arg(
        long,
        value_name = "PLACE|URL",
        env = "GROUNDPLAN_CACHE",
        hide_env_values = true,
        value_parser = cache_place
    )]
    cache: Option<CachePlace>,

    /// How many milliseconds a request waits for the cache at most
    #[arg(long, value_name = "MS", default_value_t = 50, hide_short_help = true)]
    cache_patience_ms: u64,

    /// Delete the database file first
    #[arg(long)]
    fresh: bool,

    /// Let rows go whose tables or columns the document no longer has
    #[arg(long)]
    drop_removed: bool,

    #[command(flatten)]
    auth: AuthArgs,
}

impl ServiceOptions {
    /// What the service of `plan`, named by `target`, is started with.
    pub(crate) fn settings(
        &self,
        target: &Path,
        plan: &ServicePlan,
        port: u16,
    ) -> Result<Settings, Failure> {
        let state = State::of(target);
        let address = SocketAddr::new(self.host, port);
        let database = self.database(&state, plan)?;
        if let Database::File(path) = &database
            && self.fresh
        {
            // A service that is running there must not lose its rows under its feet.
            probe(address)?;
            delete_database(path)?;
        }
        Ok(Settings {
            address,
            database,
            drop_removed: self.drop_removed,
            key: state.key()?,
            http: HttpOptions::default(),
            auth: self.auth.options()?,
            cache: self.cache(),
            fault: None,
        })
    }

    fn cache(&self) -> CacheOptions {
        CacheOptions {
            place: self.cache.clone().unwrap_or(CachePlace::Automatic),
            patience: Duration::from_millis(self.cache_patience_ms),
            ..CacheOptions::default()
        }
    }

    fn database(&self, state: &State, plan: &ServicePlan) -> Result<Database, Failure> {
        match &self.database {
            Some(name) if name == ":memory:" => Ok(Database::Memory),
            Some(url) if is_postgres(url) => Ok(Database::Postgres(url.clone())),
            Some(path) => Ok(Database::File(path.into())),
            None => state.database(plan.source.path()).map(Database::File),
        }
    }
}

fn cache_place(text: &str) -> Result<CachePlace, String> {
    match text {
        "process" => Ok(CachePlace::Process),
        "off" => Ok(CachePlace::Off),
        url if url.contains("://") => Ok(CachePlace::Server(url.to_owned())),
        _ => Err("it is `process`, `off`, or an address such as redis://localhost:6379".to_owned()),
    }
}

fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres://") || url.starts_with("postgresql://")
}
