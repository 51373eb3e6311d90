//! `run` under clients that are many, slow or senseless. Each test is bounded in time.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use groundplan_tests::Random;

use super::http::{request, send, split};
use super::program::{Serving, groundplan};
use crate::folder::Folder;

/// Connections that are open at once, where the system lets a process have so many.
const IDLE: usize = 10_000;

/// How long the whole of them may take to come.
const COMING: Duration = Duration::from_secs(20);

/// Senseless requests; a failure prints the number of the one.
const SENSELESS: u64 = 1_500;

fn start(folder: &Folder) -> Serving {
    Serving::start(folder.path(), &["run", ".", "--port", "0", "--database", ":memory:"])
}

fn is_alive(service: &Serving) -> bool {
    request("GET", &format!("{}/livez", service.url()), &[], "").status == 200
}

#[test]
fn ten_thousand_idle_connections_do_not_keep_others_out() {
    let folder = Folder::example();
    let service = start(&folder);
    let host = split(service.url()).0.to_owned();
    let began = Instant::now();
    let mut open = Vec::with_capacity(IDLE);
    while open.len() < IDLE && began.elapsed() < COMING {
        match TcpStream::connect(&host) {
            Ok(stream) => open.push(stream),
            // As many as the system lets this process have.
            Err(_) => break,
        }
    }
    // The client of the next request needs a handle, too.
    drop(open.pop());
    let asked = Instant::now();
    assert!(is_alive(&service), "beside {} connections", open.len());
    assert!(asked.elapsed() < Duration::from_secs(2), "{:?}", asked.elapsed());
    assert!(open.len() > 500, "only {} connections", open.len());
    let metrics = request("GET", &format!("{}/metrics", service.url()), &[], "").body;
    let seen = metrics.lines().find_map(|it| it.strip_prefix("groundplan_connections "));
    let seen: usize = seen.and_then(|it| it.parse().ok()).expect("a number");
    assert!(seen + 50 > open.len(), "{seen} of {}", open.len());
}

#[test]
fn a_client_that_has_said_all_and_closed_its_side_is_answered() {
    let folder = Folder::example();
    let service = start(&folder);
    let mut stream = TcpStream::connect(split(service.url()).0).expect("it listens");
    stream.write_all(b"GET /livez HTTP/1.1\r\nHost: a\r\n\r\n").expect("it is taken");
    stream.shutdown(Shutdown::Write).expect("our side closes");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it answers and closes");
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
}

#[test]
fn heads_and_bodies_that_are_too_large_are_refused_and_cost_nothing() {
    let folder = Folder::example();
    let service = start(&folder);
    let host = split(service.url()).0;
    let token = groundplan(folder.path(), &["token", "."]).stdout;
    let long = format!("GET /livez HTTP/1.1\r\nHost: a\r\nX-Long: {}\r\n\r\n", "x".repeat(300_000));
    assert_eq!(send(host, long.as_bytes()).status, 431);
    let many = format!("GET /livez HTTP/1.1\r\nHost: a\r\n{}\r\n", "X-A: 1\r\n".repeat(500));
    assert_eq!(send(host, many.as_bytes()).status, 431);
    let huge = format!(
        "POST /api/v1/datasets HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {}\r\n\
         Content-Type: application/json\r\nConnection: close\r\nContent-Length: 9999999999999\r\n\r\n",
        token.trim()
    );
    assert_eq!(send(host, huge.as_bytes()).status, 413);
    assert!(is_alive(&service));
}

#[test]
fn senseless_requests_never_break_the_service() {
    let folder = Folder::example();
    let service = start(&folder);
    let host = split(service.url()).0.to_owned();
    let token = groundplan(folder.path(), &["token", "."]).stdout;
    for seed in 0..SENSELESS {
        let bytes = senseless(&mut Random::new(seed), token.trim());
        let status = status(&host, &bytes);
        assert!(
            status.is_none_or(|status| status < 500 || status == 501),
            "seed {seed}: {status:?} for {}",
            String::from_utf8_lossy(&bytes)
        );
    }
    assert!(is_alive(&service));
}

/// The status of the answer to these bytes; `None` where the service just closes.
fn status(host: &str, bytes: &[u8]) -> Option<u16> {
    let mut stream = TcpStream::connect(host).expect("it listens");
    stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a limit");
    // It may have closed before all was sent.
    let _ = stream.write_all(bytes);
    let _ = stream.shutdown(Shutdown::Write);
    let mut answer = Vec::new();
    match stream.read_to_end(&mut answer) {
        Err(error) if error.kind() == ErrorKind::WouldBlock => panic!("no answer in time"),
        _ => {}
    }
    let text = String::from_utf8_lossy(&answer);
    text.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()
}

/// A request made of pieces that are right each by itself, and some that are not.
fn senseless(random: &mut Random, token: &str) -> Vec<u8> {
    const METHODS: &[&str] = &["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW"];
    const PATHS: &[&str] = &[
        "/api/v1/datasets",
        "/api/v1/exports",
        "/api/v1/datasets/00000000-0000-7000-8000-000000000000",
        "/api/v1/exports/%00",
        "/api/v1/exports/%ff/filters",
        "/api/v1/exports/1/start",
        "/api/v1/exports/../datasets",
        "//",
        "*",
        "/metrics",
        "/_proto/plan",
    ];
    const QUERIES: &[&str] = &[
        "",
        "?limit=1",
        "?limit=-1",
        "?limit=99999999999999999999",
        "?cursor=AAAA",
        "?cursor=%F0%9F%92%A9",
        "?name=%00",
        "?created_at=never&&&=&",
    ];
    const HEADERS: &[&str] = &[
        "Accept: ,;q=,text/*;q=0",
        "Accept-Encoding: gzip;q=x, br",
        "If-Match: \"",
        "If-None-Match: W/\"\", *",
        "If-Modified-Since: Sun, 99 Nov 1994 99:99:99 GMT",
        "Idempotency-Key: \"k\"",
        "Idempotency-Key: \"",
        "Prefer: return=minimal, handling=strict;;=",
        "traceparent: 00-zz",
        "X-Request-Id: \u{7f}",
        "Origin: null",
        "Content-Encoding: gzip",
        "Content-Type: application/json; charset=\u{e9}",
        "Transfer-Encoding: chunked",
        "Authorization: Bearer \u{e9}",
        "Expect: 100-continue",
    ];
    const BODIES: &[&str] = &[
        "",
        "{}",
        "[]",
        "null",
        "{\"name\": 1e999}",
        "{\"name\": \"\\u0000\"}",
        "{\"name\": \"a\"}",
        "{\"a\":{\"a\":{\"a\":{\"a\":[[[[[[[[",
        "5\r\n{\"a\":\r\n0\r\n\r\n",
    ];
    let mut pick = |from: &[&'static str]| *random.pick(from).expect("there are some");
    let (method, path, query, body) = (pick(METHODS), pick(PATHS), pick(QUERIES), pick(BODIES));
    let headers = [pick(HEADERS), pick(HEADERS), "Content-Type: application/json"].join("\r\n");
    let mut bytes = format!(
        "{method} {path}{query} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\
         Authorization: Bearer {token}\r\n{headers}\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes();
    if random.below(4) == 0 {
        let at = random.below(bytes.len());
        bytes[at] = u8::try_from(random.below(256)).expect("a byte");
    }
    bytes
}
