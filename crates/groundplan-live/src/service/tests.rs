//! Clients that are slow, and the end of a service beside them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use super::{HttpOptions, RunOptions, Running, start};
use crate::fixture::{options, plan};

async fn serving(http: HttpOptions) -> Running {
    let options = RunOptions { http, ..options() };
    start(Arc::new(plan(Vec::new())), options).await.expect("it starts")
}

async fn connected(running: &Running) -> TcpStream {
    TcpStream::connect(running.address()).await.expect("it listens")
}

/// All that comes until the service closes, which it has to within two seconds.
async fn rest(mut stream: TcpStream) -> String {
    let mut text = String::new();
    let read = timeout(Duration::from_secs(2), stream.read_to_string(&mut text)).await;
    // A connection that is cut is closed, too.
    let _ = read.expect("the service closes");
    text
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_head_that_comes_byte_by_byte_is_given_up() {
    let head_timeout = Duration::from_millis(200);
    let running = serving(HttpOptions { head_timeout, ..HttpOptions::default() }).await;
    let mut slow = connected(&running).await;
    for byte in
        b"GET /livez HTTP/1.1\r\nX-Slow: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    {
        sleep(Duration::from_millis(10)).await;
        if slow.write_all(&[*byte]).await.is_err() {
            break;
        }
    }
    let said = rest(slow).await;
    assert!(!said.contains("200 OK"), "{said}");
    let mut quick = connected(&running).await;
    let asked = b"GET /livez HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    quick.write_all(asked).await.expect("it is taken");
    assert!(rest(quick).await.starts_with("HTTP/1.1 200 OK\r\n"));
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn idle_clients_do_not_hold_up_the_end() {
    let running = serving(HttpOptions::default()).await;
    let idle = connected(&running).await;
    let mut half = connected(&running).await;
    half.write_all(b"GET /livez HT").await.expect("it is taken");
    sleep(Duration::from_millis(50)).await;
    let began = Instant::now();
    running.stop().await;
    assert!(began.elapsed() < Duration::from_secs(4), "{:?}", began.elapsed());
    assert_eq!((rest(idle).await, rest(half).await), (String::new(), String::new()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn operators_are_served_at_their_own_door_only() {
    let admin = Some(([127, 0, 0, 1], 0).into());
    let running = serving(HttpOptions { admin, ..HttpOptions::default() }).await;
    let asked = b"GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    let mut front = connected(&running).await;
    front.write_all(asked).await.expect("it is taken");
    assert!(rest(front).await.starts_with("HTTP/1.1 404 "));
    let door = running.admin_address().expect("there is one");
    let mut admin = TcpStream::connect(door).await.expect("it listens");
    admin.write_all(asked).await.expect("it is taken");
    assert!(rest(admin).await.starts_with("HTTP/1.1 200 OK\r\n"));
    running.stop().await;
}
