//! Starting, serving, going on with a changed document, and stopping.

mod connection;
mod head_timer;
mod http_options;
mod listen;
mod options;
mod patient;
mod start_error;
mod stop;
mod tls;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use groundplan_model::ServicePlan;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;

use serde_json::Value;

use crate::app::App;
use crate::data::{self, DataError, Filled};
use crate::host::Host;
use crate::jobs;
use crate::observe::tracer::Tracer;
use crate::outside::Upstream;
use crate::queue;

use connection::Line;
use listen::Listener;
use stop::Stopping;
use tls::Tls;

pub use http_options::{HttpOptions, OutsideOptions, TlsFiles, TraceOptions};
pub use options::{AuditChoice, CacheOptions, CachePlace, Database, RunOptions, without_password};
pub use start_error::StartError;

#[cfg(test)]
mod tests;

/// How long to wait where the system has no file handle left for a connection.
const EXHAUSTED: Duration = Duration::from_millis(50);

/// How long between two runs of the jobs.
const JOBS: Duration = Duration::from_secs(60 * 60);

/// A service that answers requests until it is stopped.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    admin: Option<SocketAddr>,
    shared: Arc<Shared>,
    stop: oneshot::Sender<()>,
    served: JoinHandle<()>,
}

/// What all connections share.
pub(crate) struct Shared {
    /// The plan that is served just now.
    pub(crate) app: ArcSwap<App>,
    pub(crate) host: Arc<Host>,
}

/// At which door a request came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Where clients call.
    Front,
    /// Where operators look.
    Admin,
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Shared").finish_non_exhaustive()
    }
}

impl Running {
    /// Where it listens, with the real port.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where operators look, where that is another place.
    pub fn admin_address(&self) -> Option<SocketAddr> {
        self.admin
    }

    /// Goes on with another plan and its pages, on the same rows; requests that are under way end
    /// with the old one. A plan of other tables is refused. Addresses and limits stay as they are.
    pub async fn replace(
        &self,
        plan: Arc<ServicePlan>,
        options: RunOptions,
    ) -> Result<(), StartError> {
        let before = self.shared.app.load_full();
        let next = move || before.replaced(plan, options);
        let next = tokio::task::spawn_blocking(next).await.map_err(ended)??;
        self.shared.app.store(Arc::new(next));
        Ok(())
    }

    /// Puts rows into tables that are empty: `{"TABLE": [{"COLUMN": value}]}`. Rows without an owner
    /// become `subject`'s. A reset puts them in again.
    pub async fn fill(&self, rows: Value, subject: &str) -> Result<Filled, DataError> {
        let app = self.shared.app.load_full();
        let tables = data::read(&app.plan, rows)?;
        data::begin_with(&app, tables, subject).await
    }

    /// As [`Running::fill`], of one table in CSV whose first record names the columns.
    pub async fn fill_csv(
        &self,
        table: &str,
        csv: &str,
        subject: &str,
    ) -> Result<Filled, DataError> {
        let app = self.shared.app.load_full();
        let tables = data::read_csv(&app.plan, table, csv)?;
        data::begin_with(&app, tables, subject).await
    }

    /// Puts `count` rows that look like real ones into each table that is empty; the same ones for
    /// the same seed, owned by `subject`. A reset puts them in again.
    pub async fn fill_samples(
        &self,
        seed: u64,
        count: usize,
        subject: &str,
    ) -> Result<Filled, DataError> {
        let app = self.shared.app.load_full();
        let owner = app.callers.name(subject.into());
        let present = data::present(&app).await?;
        let tables = data::sample(&app.plan, &present, (seed, count), &owner);
        data::begin_with(&app, tables, subject).await
    }

    /// Takes no more connections, finishes answers that are under way, and closes the database.
    pub async fn stop(self) {
        let _ = self.stop.send(());
        let _ = self.served.await;
    }
}

/// Starts the service that `plan` describes; it answers when this returns.
pub async fn start(plan: Arc<ServicePlan>, options: RunOptions) -> Result<Running, StartError> {
    let http = options.http.clone();
    let tls = http.tls.as_ref().map(Tls::open).transpose()?;
    let (front, address) = Listener::tcp(options.address).await?;
    let admin = match http.admin {
        Some(admin) => Some(Listener::tcp(admin).await?),
        None => None,
    };
    let admin_address = admin.as_ref().map(|(_, address)| *address);
    let socket = http.unix_socket.as_deref().map(Listener::unix).transpose()?;
    let tracer = http.traces.as_ref().map(Tracer::start).transpose()?;
    let upstream = Upstream::new(&http)?;
    let host = Arc::new(Host::new(http, tracer, upstream));
    let its = Arc::clone(&host);
    let app = tokio::task::spawn_blocking(move || App::new(plan, options, its));
    let app = app.await.map_err(ended)??;
    let shared = Arc::new(Shared { app: ArcSwap::from_pointee(app), host });
    let listeners = [
        Some((front, Side::Front, tls)),
        admin.map(|(listener, _)| (listener, Side::Admin, None)),
        socket.map(|listener| (listener, Side::Front, None)),
    ];
    let listeners = listeners.into_iter().flatten().collect();
    let (stop, stopped) = oneshot::channel();
    let served = tokio::spawn(serve(listeners, Arc::clone(&shared), stopped));
    Ok(Running { address, admin: admin_address, shared, stop, served })
}

fn ended(error: tokio::task::JoinError) -> StartError {
    StartError::Thread(std::io::Error::other(error))
}

async fn serve(
    listeners: Vec<(Listener, Side, Option<Tls>)>,
    shared: Arc<Shared>,
    stopped: oneshot::Receiver<()>,
) {
    let (stopping, is_stopping) = watch::channel(false);
    let (cut, is_cut) = watch::channel(false);
    let open = Arc::new(GracefulShutdown::new());
    let mut accepting = Vec::with_capacity(listeners.len());
    for (listener, side, tls) in listeners {
        let line = Line { shared: Arc::clone(&shared), tls, side, cut: is_cut.clone() };
        let accept = accept_all(listener, line, Arc::clone(&open), is_stopping.clone());
        accepting.push(tokio::spawn(accept));
    }
    let workers = queue::start(&shared, &is_stopping);
    // A service whose handle was dropped stops, too.
    tokio::select! {
        () = jobs::run(&shared.app, &shared.host.jobs, JOBS) => {}
        _ = stopped => {}
    }
    let _ = stopping.send(true);
    for task in accepting {
        let _ = task.await;
    }
    let host = &shared.host;
    if let Some(open) = Arc::into_inner(open) {
        Stopping { host, open, cut }.end().await;
    }
    // Whatever is not done is there at the next start.
    for worker in workers {
        let _ = tokio::time::timeout(host.http.drain, worker).await;
    }
    if let Some(tracer) = &host.tracer {
        tracer.close().await;
    }
    let app = shared.app.load_full();
    let _ = tokio::task::spawn_blocking(move || app.store.close()).await;
}

async fn accept_all(
    listener: Listener,
    line: Line,
    open: Arc<GracefulShutdown>,
    mut stopping: watch::Receiver<bool>,
) {
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => line.serve(accepted, open.watcher()),
                Err(_) => tokio::time::sleep(EXHAUSTED).await,
            },
            () = said(&mut stopping) => return,
        }
    }
}

/// Waits until it is said, or nobody is left to say it.
async fn said(flag: &mut watch::Receiver<bool>) {
    let _ = flag.wait_for(|flag| *flag).await;
}
