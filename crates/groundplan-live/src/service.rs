//! Starting, serving and stopping.

mod options;
mod start_error;

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use groundplan_model::ServicePlan;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::app::App;

pub use options::{Database, RunOptions, without_password};
pub use start_error::StartError;

/// How long a stop waits for answers that are under way.
const DRAIN: Duration = Duration::from_secs(10);

/// A longer request line with its headers is answered 431.
const HEAD_BYTES: usize = 64 * 1024;

/// How long to wait where the system has no file handle left for a connection.
const EXHAUSTED: Duration = Duration::from_millis(50);

/// A service that answers requests until it is stopped.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    served: JoinHandle<()>,
}

impl Running {
    /// Where it listens, with the real port.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Takes no more connections, finishes answers that are under way, and closes the database.
    pub async fn stop(self) {
        let _ = self.stop.send(());
        let _ = self.served.await;
    }
}

/// Starts the service that `plan` describes; it answers when this returns.
pub async fn start(plan: Arc<ServicePlan>, options: RunOptions) -> Result<Running, StartError> {
    let address = options.address;
    let refused = |error| refuse_address(address, error);
    let listener = TcpListener::bind(address).await.map_err(refused)?;
    let address = listener.local_addr().map_err(refused)?;
    let app = tokio::task::spawn_blocking(move || App::new(plan, options));
    let app = app.await.map_err(|error| StartError::Thread(std::io::Error::other(error)))??;
    let (stop, stopped) = oneshot::channel();
    let served = tokio::spawn(serve(listener, Arc::new(app), stopped));
    Ok(Running { address, stop, served })
}

fn refuse_address(address: SocketAddr, source: std::io::Error) -> StartError {
    match source.kind() {
        std::io::ErrorKind::AddrInUse => StartError::PortInUse { address },
        _ => StartError::Listen { address, source },
    }
}

async fn serve(listener: TcpListener, app: Arc<App>, mut stopped: oneshot::Receiver<()>) {
    let open = GracefulShutdown::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => connect(&open, Arc::clone(&app), stream, peer),
                Err(_) => tokio::time::sleep(EXHAUSTED).await,
            },
            _ = &mut stopped => break,
        }
    }
    drop(listener);
    let _ = tokio::time::timeout(DRAIN, open.shutdown()).await;
    let _ = tokio::task::spawn_blocking(move || app.store.close()).await;
}

fn connect(open: &GracefulShutdown, app: Arc<App>, stream: TcpStream, peer: SocketAddr) {
    // Small answers must not wait for the client's acknowledgement of the one before.
    let _ = stream.set_nodelay(true);
    let peer: Arc<str> = peer.ip().to_string().into();
    let service = service_fn(move |request| {
        let (app, peer) = (Arc::clone(&app), Arc::clone(&peer));
        async move { Ok::<_, Infallible>(app.answer(request, &peer).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        // A client that has said all may close its side and still wants the answer.
        .half_close(true)
        .max_buf_size(HEAD_BYTES)
        .serve_connection(TokioIo::new(stream), service);
    let connection = open.watch(connection);
    tokio::spawn(async move {
        // Whatever the client did to its connection is nothing that the service could mend.
        let _ = connection.await;
    });
}
