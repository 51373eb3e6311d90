//! Between a client and a server: [`Gate`] can be shut, [`Spread`] gives each request to the next of
//! several servers.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// A way to a server that can be shut: its connections break, and new ones are closed at once.
#[derive(Debug)]
pub struct Gate {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    shut: bool,
    streams: Vec<TcpStream>,
}

impl Gate {
    /// A way to the server at `host:port`.
    pub fn to(server: &str) -> Self {
        let state = Arc::new(Mutex::new(State::default()));
        let (its, server) = (Arc::clone(&state), server.to_owned());
        let address = serve(move |client| {
            let Ok(upstream) = TcpStream::connect(&server) else { return };
            let kept = [client.try_clone(), upstream.try_clone()];
            let mut state = its.lock().unwrap_or_else(PoisonError::into_inner);
            // In one step: whatever is not closed by the shutting finds the gate shut.
            if state.shut {
                return;
            }
            state.streams.extend(kept.into_iter().flatten());
            drop(state);
            join(client, upstream);
        });
        Self { address, state }
    }

    /// `host:port` of this side.
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    /// Breaks what is open, and lets nobody in.
    pub fn shut(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.shut = true;
        for stream in state.streams.drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    /// Lets everybody in again.
    pub fn open(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).shut = false;
    }
}

/// One address for several servers, which take turns request by request.
#[derive(Debug)]
pub struct Spread {
    address: SocketAddr,
}

impl Spread {
    /// Over the servers at these `host:port`s.
    pub fn over(servers: Vec<String>) -> Self {
        let turn = AtomicUsize::new(0);
        let address = serve(move |client| {
            let at = turn.fetch_add(1, Ordering::Relaxed) % servers.len().max(1);
            let Some(mut upstream) = servers.get(at).and_then(|it| TcpStream::connect(it).ok())
            else {
                return;
            };
            // One exchange a connection: the server closes it, and the client comes again.
            if pass_head(&client, &mut upstream).is_some() {
                join(client, upstream);
            }
        });
        Self { address }
    }

    /// `http://host:port`
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

/// Passes a request's line on, and asks for a close behind it.
fn pass_head(mut client: &TcpStream, upstream: &mut TcpStream) -> Option<()> {
    let mut line = Vec::new();
    let mut byte = [0];
    while !line.ends_with(b"\n") {
        if client.read(&mut byte).ok()? == 0 || line.len() > 65_536 {
            return None;
        }
        line.extend_from_slice(&byte);
    }
    line.extend_from_slice(b"Connection: close\r\n");
    upstream.write_all(&line).ok()
}

/// Listens, and hands each connection to `each` on a thread of its own, until the test ends.
pub(crate) fn serve(each: impl Fn(TcpStream) + Send + Sync + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap_or_else(|error| panic!("{error}"));
    let address = listener.local_addr().unwrap_or_else(|error| panic!("{error}"));
    let each = Arc::new(each);
    std::thread::spawn(move || {
        for client in listener.incoming().flatten() {
            let each = Arc::clone(&each);
            std::thread::spawn(move || each(client));
        }
    });
    address
}

/// Copies both ways until both sides are done.
fn join(client: TcpStream, upstream: TcpStream) {
    let _ = client.set_nodelay(true);
    let _ = upstream.set_nodelay(true);
    let (Ok(from_client), Ok(to_upstream)) = (client.try_clone(), upstream.try_clone()) else {
        return;
    };
    let up = std::thread::spawn(move || copy(from_client, to_upstream));
    copy(upstream, client);
    let _ = up.join();
}

fn copy(mut from: TcpStream, mut to: TcpStream) {
    let _ = std::io::copy(&mut from, &mut to);
    let _ = to.shutdown(Shutdown::Write);
}
