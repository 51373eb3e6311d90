//! One connection that many requests share: commands go out in order, replies come back in order.

use std::io::{Error, ErrorKind};
use std::sync::Arc;

use bytes::{Buf as _, BytesMut};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;

use super::address::Address;
use super::resp::{self, Reply};
use crate::outside::trust;

/// Commands that wait to be sent at most: more fail at once.
const WAITING: usize = 4096;

/// A connection; closed with the value.
pub(super) struct Line {
    asks: mpsc::Sender<Ask>,
    tasks: [JoinHandle<()>; 2],
}

struct Ask {
    bytes: Vec<u8>,
    reply: oneshot::Sender<Reply>,
}

impl Line {
    /// Connects, and says who we are.
    pub(super) async fn open(address: &Address) -> std::io::Result<Self> {
        let stream = TcpStream::connect((address.host.as_str(), address.port)).await?;
        stream.set_nodelay(true)?;
        let line = if address.is_secret {
            let name = ServerName::try_from(address.host.clone()).map_err(Error::other)?;
            let connector = TlsConnector::from(Arc::new(trust::config().map_err(Error::other)?));
            let (read, write) = tokio::io::split(connector.connect(name, stream).await?);
            Self::over(read, write)
        } else {
            let (read, write) = stream.into_split();
            Self::over(read, write)
        };
        line.greet(address).await?;
        Ok(line)
    }

    fn over<R, W>(read: R, write: W) -> Self
    where
        R: AsyncRead + Unpin + Send + 'static,
        W: AsyncWrite + Unpin + Send + 'static,
    {
        let (asks, asked) = mpsc::channel(WAITING);
        let (sent, waiting) = mpsc::unbounded_channel();
        let tasks = [tokio::spawn(send(write, asked, sent)), tokio::spawn(receive(read, waiting))];
        Self { asks, tasks }
    }

    async fn greet(&self, address: &Address) -> std::io::Result<()> {
        let user = address.user.as_ref().map(|it| it.as_bytes());
        if let Some(password) = &address.password {
            let words = [Some(b"AUTH".as_slice()), user, Some(password.as_bytes())];
            self.must(&words.into_iter().flatten().collect::<Vec<_>>()).await?;
        }
        let database = address.database.to_string();
        if address.database != 0 {
            self.must(&[b"SELECT", database.as_bytes()]).await?;
        }
        self.must(&[b"PING"]).await
    }

    async fn must(&self, command: &[&[u8]]) -> std::io::Result<()> {
        match self.ask(command).await {
            Some(Reply::Error(reason)) => Err(Error::other(reason)),
            Some(_) => Ok(()),
            None => Err(ErrorKind::ConnectionReset.into()),
        }
    }

    /// Sends a command; `None` where the connection is gone.
    pub(super) async fn ask(&self, command: &[&[u8]]) -> Option<Reply> {
        let (reply, answer) = oneshot::channel();
        self.asks.try_send(Ask { bytes: resp::command(command), reply }).ok()?;
        answer.await.ok()
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

async fn send(
    mut write: impl AsyncWrite + Unpin,
    mut asked: mpsc::Receiver<Ask>,
    sent: mpsc::UnboundedSender<oneshot::Sender<Reply>>,
) {
    let mut bytes = Vec::new();
    while let Some(ask) = asked.recv().await {
        let mut next = Some(ask);
        // What has gathered goes out in one piece.
        while let Some(ask) = next.take() {
            bytes.extend_from_slice(&ask.bytes);
            if sent.send(ask.reply).is_err() {
                return;
            }
            next = asked.try_recv().ok();
        }
        if write.write_all(&bytes).await.is_err() || write.flush().await.is_err() {
            return;
        }
        bytes.clear();
    }
}

async fn receive(
    mut read: impl AsyncRead + Unpin,
    mut waiting: mpsc::UnboundedReceiver<oneshot::Sender<Reply>>,
) {
    let mut buffer = BytesMut::with_capacity(16 * 1024);
    while matches!(read.read_buf(&mut buffer).await, Ok(count) if count > 0) {
        loop {
            match resp::read(&buffer) {
                Ok(Some((reply, length))) => {
                    buffer.advance(length);
                    let Ok(asker) = waiting.try_recv() else { return };
                    let _ = asker.send(reply);
                }
                Ok(None) => break,
                Err(_) => return,
            }
        }
    }
}
