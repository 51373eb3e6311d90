//! One connection: TLS where that is asked for, then requests one after the other.

use std::convert::Infallible;
use std::sync::Arc;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use hyper_util::server::graceful::{GracefulConnection, Watcher};
use tokio::sync::watch;

use super::head_timer::HeadTimer;
use super::listen::{Accepted, Stream};
use super::patient::Patient;
use super::tls::Tls;
use super::{Shared, Side, said};

/// hyper refuses to work with less.
const LEAST_HEAD: usize = 8 * 1024;

/// What every connection of one listener has.
#[derive(Clone)]
pub(super) struct Line {
    pub(super) shared: Arc<Shared>,
    pub(super) tls: Option<Tls>,
    pub(super) side: Side,
    /// Becomes true when nobody is waited for any longer.
    pub(super) cut: watch::Receiver<bool>,
}

impl Line {
    /// Serves a connection until it ends or is cut.
    pub(super) fn serve(&self, accepted: Accepted, watcher: Watcher) {
        let line = self.clone();
        let mut cut = self.cut.clone();
        tokio::spawn(async move {
            let _open = line.shared.host.connections.enter();
            tokio::select! {
                () = line.talk(accepted, watcher) => {}
                () = said(&mut cut) => {}
            }
        });
    }

    async fn talk(&self, accepted: Accepted, watcher: Watcher) {
        let Accepted { stream, peer } = accepted;
        let stream = match &self.tls {
            None => stream,
            Some(tls) => match tls.accept(stream).await {
                Some(stream) => stream,
                None => return,
            },
        };
        // Whatever the client does to its connection is nothing that the service could mend.
        let _ = watcher.watch(self.requests(stream, peer)).await;
    }

    fn requests(&self, stream: Box<dyn Stream>, peer: Arc<str>) -> impl GracefulConnection + use<> {
        let (shared, side) = (Arc::clone(&self.shared), self.side);
        let http = &self.shared.host.http;
        let service = service_fn(move |request| {
            let (app, peer) = (shared.app.load_full(), Arc::clone(&peer));
            async move { Ok::<_, Infallible>(app.answer(request, &peer, side).await) }
        });
        let stream = Patient::new(stream, http.write_timeout);
        http1::Builder::new()
            .timer(HeadTimer::default())
            // A client that has said all may close its side and still wants the answer.
            .half_close(true)
            .header_read_timeout(http.head_timeout)
            .max_buf_size(http.head_limit_bytes.max(LEAST_HEAD))
            .serve_connection(TokioIo::new(stream), service)
    }
}
