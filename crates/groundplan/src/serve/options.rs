//! The options that every command with a service of its own has.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use groundplan_live::{AuditChoice, CacheOptions, CachePlace, Database, HttpOptions};
use groundplan_model::ServicePlan;

use super::auth_options::AuthArgs;
use super::http::{self, HttpFlags};
use super::outside::OutsideFlags;
use super::{Settings, probe};
use crate::config::{Config, Configs};
use crate::disk::{State, delete_database};
use crate::exit::Failure;

/// The port that is taken where none is named.
const DEFAULT_PORT: u16 = 4010;

/// Whether writes are recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Audit {
    /// Where the document asks for it.
    Auto,
    /// Always.
    On,
    /// Never.
    Off,
}

impl From<Audit> for AuditChoice {
    fn from(audit: Audit) -> Self {
        match audit {
            Audit::Auto => Self::Auto,
            Audit::On => Self::On,
            Audit::Off => Self::Off,
        }
    }
}

/// Where the service listens and keeps its rows.
#[derive(clap::Args)]
pub(crate) struct ServiceOptions {
    /// The address to listen on; 0.0.0.0 lets other machines in [default: 127.0.0.1]
    #[arg(long, value_name = "ADDRESS", env = "GROUNDPLAN_HOST", hide_env = true)]
    host: Option<IpAddr>,

    /// The database: a file, `:memory:`, or PostgreSQL at postgres://USER:PASSWORD@HOST:PORT/DATABASE
    /// [default: a file in `.groundplan/` beside the document]
    #[arg(
        long,
        value_name = "PATH|URL",
        visible_alias = "db",
        env = "GROUNDPLAN_DATABASE",
        hide_env = true
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

    /// Whether every write is recorded: who, what, when, and the row before and after
    /// [default: auto, as the document asks]
    #[arg(long, value_name = "WHEN", env = "GROUNDPLAN_AUDIT", hide_env = true)]
    audit: Option<Audit>,

    #[command(flatten)]
    auth: AuthArgs,

    #[command(flatten)]
    http: HttpFlags,

    #[command(flatten)]
    outside: OutsideFlags,
}

impl ServiceOptions {
    /// What the service of `plan`, named by `target`, is started with.
    pub(crate) fn settings(
        &self,
        target: &Path,
        plan: &ServicePlan,
        port: Option<u16>,
    ) -> Result<Settings, Failure> {
        let state = State::of(target);
        let config = settled(plan)?;
        let host = self.host(&config)?;
        let port = match port {
            Some(port) => port,
            None => config.count("run.port").map_or(Ok(DEFAULT_PORT), http::port)?,
        };
        let address = SocketAddr::new(host, port);
        let database = self.database(&state, plan, &config)?;
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
            http: HttpOptions {
                outside: self.outside.options(&config, plan)?,
                ..self.http.options(&config, host, &plan.title)?
            },
            auth: self.auth.options()?,
            cache: self.cache(),
            audit: self.audit.map_or_else(|| audit_in(&config), AuditChoice::from),
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

    fn host(&self, config: &Config) -> Result<IpAddr, Failure> {
        let of_file = || match config.text("run.host") {
            None => Ok(IpAddr::V4(Ipv4Addr::LOCALHOST)),
            Some(text) => text.parse().map_err(|_| {
                let help = "name one such as 127.0.0.1 or 0.0.0.0 in `[run]` of groundplan.toml";
                Failure::new(format!("`{text}` is no address to listen on"), help)
            }),
        };
        self.host.map_or_else(of_file, Ok)
    }

    fn database(
        &self,
        state: &State,
        plan: &ServicePlan,
        config: &Config,
    ) -> Result<Database, Failure> {
        let in_file = config.text("run.database");
        match self.database.as_deref().or(in_file) {
            Some(":memory:") => Ok(Database::Memory),
            Some(url) if is_postgres(url) => Ok(Database::Postgres(url.to_owned())),
            Some(path) => {
                let seen_from_file = || config.path("run.database");
                let own = self.database.is_some().then(|| path.into());
                Ok(Database::File(own.or_else(seen_from_file).unwrap_or_else(|| path.into())))
            }
            None => state.database(plan.source.path()).map(Database::File),
        }
    }
}

fn audit_in(config: &Config) -> AuditChoice {
    match config.text("run.audit") {
        Some("on") => AuditChoice::On,
        Some("off") => AuditChoice::Off,
        _ => AuditChoice::Auto,
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

/// What the configuration around the plan's document settles.
pub(crate) fn settled(plan: &ServicePlan) -> Result<Arc<Config>, Failure> {
    let configs = Configs::default();
    let config = configs.settled(Path::new(plan.source.path()))?;
    configs.refuse()?;
    Ok(config)
}

fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres://") || url.starts_with("postgresql://")
}
