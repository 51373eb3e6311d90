//! A service in this process: started, shown, and stopped by a signal.

mod auth_options;
mod curl;
pub(crate) mod dev_token;
mod http;
mod log;
mod open_files;
mod options;
mod outside;
mod rows;
mod signals;
mod watched;

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use groundplan_build::{api_page, openapi, postgres_schema, sqlite_schema};
use groundplan_live::{
    AuditChoice, AuthOptions, CacheOptions, Database, Fault, HttpOptions, RunOptions, Running,
    StartError, TokenClaims, mint_claims, without_password,
};
use groundplan_model::ServicePlan;
use groundplan_model::service::Route;

pub(crate) use log::LogOptions;
pub(crate) use options::{ServiceOptions, settled};
pub(crate) use outside::upstream;
pub(crate) use rows::RowOptions;
pub(crate) use signals::Signals;
pub(crate) use watched::Watched;

use crate::cli::plan_json;
use crate::disk::printed;
use crate::exit::{Exit, Failure, Outcome};
use crate::ui::{DIM, STRONG, Ui};

/// The caller of tokens that name nobody else.
pub(crate) const SUBJECT: &str = "developer";

/// How long the token of the printed `curl` line holds.
const GREETING_TTL_S: i64 = 24 * 60 * 60;

/// What a service is started with.
#[derive(Clone)]
pub(crate) struct Settings {
    /// Where it listens.
    pub(crate) address: SocketAddr,
    /// Where its rows are kept.
    pub(crate) database: Database,
    /// The key of its tokens.
    pub(crate) key: Vec<u8>,
    /// How it speaks HTTP.
    pub(crate) http: HttpOptions,
    /// Whether rows of tables and columns that the document no longer has may go.
    pub(crate) drop_removed: bool,
    /// What else lets callers in.
    pub(crate) auth: AuthOptions,
    /// What is kept besides rows, and where.
    pub(crate) cache: CacheOptions,
    /// Whether every write is recorded.
    pub(crate) audit: AuditChoice,
    /// A fault to be found by `verify`.
    pub(crate) fault: Option<Fault>,
}

/// Runs `future` on a runtime of its own.
pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| {
        Failure::io("cannot start threads", &error, "allow the process more threads")
    })?;
    Ok(runtime.block_on(future))
}

/// Starts the service that `plan` describes.
pub(crate) async fn start(
    plan: Arc<ServicePlan>,
    settings: Settings,
) -> Result<Running, StartError> {
    open_files::raise();
    let options = run_options(&plan, settings);
    groundplan_live::start(plan, options).await
}

/// Goes on with what `plan` describes now, on the same rows.
pub(crate) async fn replace(
    running: &Running,
    plan: Arc<ServicePlan>,
    settings: Settings,
) -> Result<(), StartError> {
    let options = run_options(&plan, settings);
    running.replace(plan, options).await
}

fn run_options(plan: &ServicePlan, settings: Settings) -> RunOptions {
    let description = openapi(plan);
    RunOptions {
        address: settings.address,
        schema: match settings.database {
            Database::Postgres(_) => postgres_schema(plan),
            Database::File(_) | Database::Memory => sqlite_schema(plan),
        },
        drop_removed: settings.drop_removed,
        database: settings.database,
        key: settings.key,
        auth: settings.auth,
        api_page: api_page(&description),
        plan: plan_json(plan).to_string(),
        http: settings.http,
        openapi: format!("{description:#}\n"),
        cache: settings.cache,
        audit: settings.audit,
        fault: settings.fault,
    }
}

/// Serves until a signal comes, then answers what is being asked and ends. A second signal does not
/// wait for that.
pub(crate) async fn until_stopped(running: Running, mut signals: Signals, ui: &mut Ui) -> Outcome {
    signals.next().await;
    stop(running, signals, ui).await
}

/// Answers what is being asked and ends. A signal does not wait for that.
pub(crate) async fn stop(running: Running, mut signals: Signals, ui: &mut Ui) -> Outcome {
    ui.note("Stopping.\n");
    tokio::select! {
        () = running.stop() => Ok(Exit::Clean),
        () = signals.next() => Ok(Exit::Interrupted),
    }
}

/// What runs where, with a `curl` line that works as printed.
pub(crate) fn greeting(
    plan: &ServicePlan,
    settings: &Settings,
    running: &Running,
    ui: &Ui,
) -> String {
    let scheme = if settings.http.tls.is_some() { "https" } else { "http" };
    let base = format!("{scheme}://{}", reachable(running.address()));
    let database = match &settings.database {
        Database::File(path) => printed(path),
        Database::Memory => "in memory: gone when it stops".to_owned(),
        Database::Postgres(url) => without_password(url),
    };
    let expires_at_s = now_s() + GREETING_TTL_S;
    let token = |route: &Route| {
        let claims = dev_token::claims(plan, &settings.auth);
        let roles = route.access.usual_role().map(str::to_owned).into_iter().collect();
        mint_claims(&settings.key, &TokenClaims { expires_at_s, roles, ..claims })
    };
    let title = ui.paint(STRONG, &plan.title);
    let mut rows = vec![
        ("from", plan.source.path().to_owned()),
        ("API page", format!("{base}/docs")),
        ("OpenAPI", format!("{base}/openapi.json")),
        ("database", database),
    ];
    let admin = running.admin_address().map(|it| format!("http://{}", reachable(it)));
    rows.extend(admin.map(|admin| ("operators", admin)));
    rows.extend(settings.http.unix_socket.iter().map(|path| ("socket", printed(path))));
    rows.extend(settings.http.outside.upstream.iter().map(|url| ("upstream", url.clone())));
    let services = outside::told(plan, &settings.http.outside);
    rows.extend(services.into_iter().map(|text| ("calls", text)));
    rows.push(("try", curl::line(plan, &base, token)));
    let row = |(name, text): &(&str, String)| {
        format!("  {} {text}\n", ui.paint(DIM, &format!("{name:<9}")))
    };
    format!(
        "{title} runs on {base}\n{}Ctrl-C stops it.\n",
        rows.iter().map(row).collect::<String>()
    )
}

/// Seconds since 1970.
pub(crate) fn now_s() -> i64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(elapsed.as_secs()).unwrap_or(i64::MAX)
}

/// An address that a client on this machine can use: listening on every address is no address.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        address.set_ip(match address {
            SocketAddr::V4(_) => std::net::Ipv4Addr::LOCALHOST.into(),
            SocketAddr::V6(_) => std::net::Ipv6Addr::LOCALHOST.into(),
        });
    }
    address
}

/// Whether `address` is free to listen on.
fn probe(address: SocketAddr) -> Result<(), Failure> {
    match std::net::TcpListener::bind(address) {
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            Err(failure(&StartError::PortInUse { address }))
        }
        _ => Ok(()),
    }
}

/// An error of the service says what is wrong and, behind its last semicolon, the way out.
pub(crate) fn failure(error: &impl std::error::Error) -> Failure {
    let text = error.to_string();
    match text.rsplit_once("; ") {
        Some((message, help)) => Failure::new(message, help),
        None => Failure::new(text, "run `groundplan check` on the document"),
    }
}
