//! Where connections come from: an address, or a socket file.

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
#[cfg(unix)]
use tokio::net::UnixListener;

use super::StartError;

#[cfg(all(test, unix))]
mod tests;

/// A connection of any kind.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

/// Where connections come from.
#[derive(Debug)]
pub(super) enum Listener {
    Tcp(TcpListener),
    #[cfg(unix)]
    Unix(SocketFile),
}

/// A socket file, which goes with the listener.
#[cfg(unix)]
#[derive(Debug)]
pub(super) struct SocketFile {
    listener: UnixListener,
    path: PathBuf,
}

/// A connection that came, and who is at its other end.
pub(super) struct Accepted {
    pub(super) stream: Box<dyn Stream>,
    pub(super) peer: Arc<str>,
}

impl Listener {
    /// Listens on `address`; with the real port.
    pub(super) async fn tcp(address: SocketAddr) -> Result<(Self, SocketAddr), StartError> {
        let refused = |error| refuse_address(address, error);
        let listener = TcpListener::bind(address).await.map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        Ok((Self::Tcp(listener), address))
    }

    /// Listens on the socket file at `path`. A file that nobody listens on any more is replaced.
    #[cfg(unix)]
    pub(super) fn unix(path: &Path) -> Result<Self, StartError> {
        let refused = |source| StartError::Socket { path: path.to_owned(), source };
        let listener = match UnixListener::bind(path) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && is_left_over(path) => {
                std::fs::remove_file(path).map_err(refused)?;
                UnixListener::bind(path)
            }
            bound => bound,
        };
        let listener = listener.map_err(refused)?;
        Ok(Self::Unix(SocketFile { listener, path: path.to_owned() }))
    }

    /// Socket files are of Unix.
    #[cfg(not(unix))]
    pub(super) fn unix(path: &Path) -> Result<Self, StartError> {
        let source = io::Error::from(io::ErrorKind::Unsupported);
        Err(StartError::Socket { path: path.to_owned(), source })
    }

    /// The next connection.
    pub(super) async fn accept(&self) -> io::Result<Accepted> {
        match self {
            Self::Tcp(listener) => {
                let (stream, peer) = listener.accept().await?;
                // Small answers must not wait for the client's acknowledgement of the one before.
                let _ = stream.set_nodelay(true);
                Ok(Accepted { stream: Box::new(stream), peer: peer.ip().to_string().into() })
            }
            #[cfg(unix)]
            Self::Unix(file) => {
                let (stream, _) = file.listener.accept().await?;
                Ok(Accepted { stream: Box::new(stream), peer: "local".into() })
            }
        }
    }
}

#[cfg(unix)]
impl Drop for SocketFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Whether a socket file is there that nobody listens on: what a killed service leaves.
#[cfg(unix)]
fn is_left_over(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    let is_socket = std::fs::symlink_metadata(path).is_ok_and(|it| it.file_type().is_socket());
    let connected = std::os::unix::net::UnixStream::connect(path);
    is_socket && connected.is_err_and(|it| it.kind() == io::ErrorKind::ConnectionRefused)
}

fn refuse_address(address: SocketAddr, source: io::Error) -> StartError {
    match source.kind() {
        io::ErrorKind::AddrInUse => StartError::PortInUse { address },
        _ => StartError::Listen { address, source },
    }
}
