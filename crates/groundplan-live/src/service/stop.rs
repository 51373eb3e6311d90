//! The end of a service, bounded in time whatever clients do.

use std::time::Duration;

use hyper_util::server::graceful::GracefulShutdown;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout};

use crate::host::Host;

/// A request that is still arriving has so long, and an answer that is still being taken. Who sends
/// nothing is not worth waiting for any longer.
const COURTESY: Duration = Duration::from_secs(1);

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(20);

/// A service that takes no more connections.
pub(super) struct Stopping<'h> {
    pub(super) host: &'h Host,
    pub(super) open: GracefulShutdown,
    pub(super) cut: watch::Sender<bool>,
}

impl Stopping<'_> {
    /// Waits until every connection has ended; for those on which the service is working until its
    /// time to drain is over, for the others a moment.
    pub(super) async fn end(self) {
        let Self { host, open, cut } = self;
        tokio::select! {
            () = open.shutdown() => return,
            () = patience(host) => {}
        }
        let _ = cut.send(true);
        // Connections that are cut go as soon as their tasks are looked at.
        let _ = timeout(COURTESY, cut.closed()).await;
    }
}

async fn patience(host: &Host) {
    let began = Instant::now();
    sleep(COURTESY.min(host.http.drain)).await;
    while host.working() > 0 && began.elapsed() < host.http.drain {
        sleep(PAUSE).await;
    }
}
