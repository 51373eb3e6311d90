//! A server for tests that answers as it is told, one answer after the other, and counts.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What a faulty server does with a request.
#[derive(Clone, Debug)]
pub(crate) enum Turn {
    /// Answers with this status, these header lines and this body.
    Answer(u16, &'static str, String),
    /// Keeps the client waiting.
    Silence,
    /// Ends the connection.
    HangUp,
    /// Answers the begin of a longer body, and no more.
    Half,
}

/// A server that runs until it is dropped with its runtime.
pub(crate) struct Faulty {
    pub(crate) url: String,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Faulty {
    /// Takes `turns` in order, and the last one again and again.
    pub(crate) async fn start(turns: Vec<Turn>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let seen: Arc<Mutex<Vec<String>>> = Arc::default();
        let (turns, requests) = (Arc::new(turns), Arc::clone(&seen));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, Arc::clone(&turns), Arc::clone(&requests)));
            }
        });
        Self { url, seen }
    }

    /// Every request so far: its head, and its body behind an empty line.
    pub(crate) fn seen(&self) -> Vec<String> {
        self.seen.lock().expect("no panic").clone()
    }

    /// How many requests came.
    pub(crate) fn count(&self) -> usize {
        self.seen().len()
    }
}

async fn talk(stream: TcpStream, turns: Arc<Vec<Turn>>, seen: Arc<Mutex<Vec<String>>>) {
    let mut stream = BufReader::new(stream);
    while let Some(request) = request(&mut stream).await {
        let at = {
            let mut seen = seen.lock().expect("no panic");
            seen.push(request);
            seen.len() - 1
        };
        let turn = turns.get(at).or(turns.last()).expect("a turn");
        let text = match turn {
            Turn::Answer(status, headers, body) => {
                let length = body.len();
                format!("HTTP/1.1 {status} It\r\nContent-Length: {length}\r\n{headers}\r\n{body}")
            }
            Turn::Half => "HTTP/1.1 200 It\r\nContent-Length: 99\r\n\r\nbegin".to_owned(),
            Turn::Silence => {
                tokio::time::sleep(Duration::from_secs(60)).await;
                return;
            }
            Turn::HangUp => return,
        };
        if stream.write_all(text.as_bytes()).await.is_err() {
            return;
        }
    }
}

/// The next request, read as far as its headers say; `None` where the client is gone.
async fn request(stream: &mut BufReader<TcpStream>) -> Option<String> {
    let mut head = String::new();
    let mut length = 0;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        let lower = line.to_lowercase();
        if let Some(said) = lower.strip_prefix("content-length:") {
            length = said.trim().parse().ok()?;
        }
        head.push_str(&line);
        if line == "\r\n" {
            break;
        }
    }
    let chunked = head.to_lowercase().contains("transfer-encoding: chunked");
    if chunked {
        chunks(stream, &mut head).await?
    } else {
        exactly(stream, length, &mut head).await?
    }
    Some(head)
}

async fn exactly(stream: &mut BufReader<TcpStream>, bytes: usize, to: &mut String) -> Option<()> {
    let mut body = vec![0; bytes];
    stream.read_exact(&mut body).await.ok()?;
    to.push_str(&String::from_utf8_lossy(&body));
    Some(())
}

async fn chunks(stream: &mut BufReader<TcpStream>, to: &mut String) -> Option<()> {
    loop {
        let mut size = String::new();
        stream.read_line(&mut size).await.ok()?;
        let bytes = usize::from_str_radix(size.trim(), 16).ok()?;
        exactly(stream, bytes, to).await?;
        let mut end = String::new();
        stream.read_line(&mut end).await.ok()?;
        if bytes == 0 {
            return Some(());
        }
    }
}
