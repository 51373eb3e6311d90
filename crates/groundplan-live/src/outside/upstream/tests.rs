//! A service with another one behind it, as clients see it.

use std::sync::Arc;
use std::time::Duration;

use groundplan_model::document::Method;
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::fixture;
use crate::outside::faulty::{Faulty, Turn};
use crate::service::{HttpOptions, OutsideOptions, RunOptions, Running, start};

/// A service of one endpoint that is not derived and has an example, and one without.
async fn serving(upstream: &str, http: HttpOptions) -> Running {
    let mut plan = fixture::plan(Vec::new());
    let mut shown = fixture::route(Method::Get, "/reports/{id}");
    shown.response_example = Some(json!({ "id": "x" }));
    plan.routes = vec![shown, fixture::route(Method::Post, "/reports")];
    let upstream = Some(upstream.to_owned());
    let outside = OutsideOptions { upstream, ..http.outside.clone() };
    let http = HttpOptions { outside, ..http };
    let options = RunOptions { http, ..fixture::options() };
    start(Arc::new(plan), options).await.expect("it starts")
}

/// The whole answer to `request`, which is sent on a connection of its own.
async fn ask(running: &Running, request: &str) -> String {
    let mut stream = TcpStream::connect(running.address()).await.expect("it listens");
    let request = request.replacen("\r\n", "\r\nHost: front\r\nConnection: close\r\n", 1);
    stream.write_all(request.as_bytes()).await.expect("it is taken");
    let mut text = String::new();
    let _ = stream.read_to_string(&mut text).await;
    text.to_lowercase()
}

async fn get(running: &Running, path: &str) -> String {
    ask(running, &format!("GET {path} HTTP/1.1\r\n\r\n")).await
}

#[tokio::test]
async fn a_request_goes_on_as_it_is_and_so_does_the_answer() {
    let answer = "Content-Type: text/csv\r\nKeep-Alive: timeout=5\r\nX-Own: 1\r\n";
    let upstream = Faulty::start(vec![Turn::Answer(206, answer, "a,b".to_owned())]).await;
    let running = serving(&format!("{}/api", upstream.url), HttpOptions::default()).await;
    let trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    let request = format!(
        "POST /reports?deep=1 HTTP/1.1\r\nContent-Length: 4\r\nContent-Type: text/plain\r\n\
         Authorization: Bearer abc\r\nX-Request-Id: r-1\r\nTraceparent: {trace}\r\n\
         X-Forwarded-For: 10.0.0.9\r\nTE: trailers\r\nX-Hop: 1\r\nConnection: x-hop\r\n\r\nbody"
    );
    let said = ask(&running, &request).await;
    assert!(said.starts_with("http/1.1 206 "), "{said}");
    assert!(said.contains("content-type: text/csv") && said.ends_with("\r\n\r\na,b"), "{said}");
    assert!(said.contains("x-own: 1") && !said.contains("keep-alive"), "{said}");
    assert!(said.contains("prototype-handler: upstream; rule=d9; src=l1"), "{said}");
    assert!(said.contains("x-request-id: r-1"), "{said}");
    let seen = upstream.seen().concat().to_lowercase();
    assert!(seen.starts_with("post /api/reports?deep=1 http/1.1\r\n"), "{seen}");
    assert!(seen.ends_with("\r\n\r\nbody"), "{seen}");
    for line in [
        "authorization: bearer abc",
        "x-request-id: r-1",
        "x-forwarded-for: 10.0.0.9, 127.0.0.1",
        "x-forwarded-host: front",
        "x-forwarded-proto: http",
        "content-type: text/plain",
    ] {
        assert!(seen.contains(line), "{line} in {seen}");
    }
    // The trace goes on, below a span of ours.
    assert!(seen.contains("00-0af7651916cd43dd8448eb211c80319c-"), "{seen}");
    assert!(!seen.contains("b7ad6b7169203331"), "{seen}");
    assert!(!seen.contains("x-hop") && !seen.contains("\r\nte:"), "{seen}");
    running.stop().await;
}

#[tokio::test]
async fn what_the_upstream_does_not_implement_comes_back() {
    let upstream = Faulty::start(vec![Turn::Answer(501, "", "no".to_owned())]).await;
    let running = serving(&upstream.url, HttpOptions::default()).await;
    let example = get(&running, "/reports/7").await;
    assert!(
        example.starts_with("http/1.1 200 ") && example.ends_with(r#"{"id":"7"}"#),
        "{example}"
    );
    assert!(example.contains("prototype-handler: example; "), "{example}");
    let none = ask(&running, "POST /reports HTTP/1.1\r\nContent-Length: 0\r\n\r\n").await;
    assert!(none.starts_with("http/1.1 501 ") && none.contains("not_derivable"), "{none}");
    assert_eq!(upstream.count(), 2);
    let metrics = get(&running, "/metrics").await;
    let counted =
        r#"groundplan_upstream_requests_total{http_route="/reports/{id}",outcome="taken_back"} 1"#;
    assert!(metrics.contains(counted), "{metrics}");
    running.stop().await;
}

#[tokio::test]
async fn faults_of_the_upstream_have_statuses_in_the_documents_form() {
    let patience = Duration::from_millis(100);
    let outside = OutsideOptions { patience, ..OutsideOptions::default() };
    let http = HttpOptions { outside, ..HttpOptions::default() };
    let slow = Faulty::start(vec![Turn::Silence]).await;
    let running = serving(&slow.url, http.clone()).await;
    let said = get(&running, "/reports/7").await;
    assert!(said.starts_with("http/1.1 504 ") && said.contains("problem+json"), "{said}");
    running.stop().await;
    for url in ["http://127.0.0.1:9".to_owned(), Faulty::start(vec![Turn::HangUp]).await.url] {
        let running = serving(&url, http.clone()).await;
        let said = get(&running, "/reports/7").await;
        assert!(said.starts_with("http/1.1 502 ") && said.contains("problem+json"), "{said}");
        assert!(said.contains("prototype-handler: upstream; "), "{said}");
        assert!(!said.contains(&url), "the address of a machine behind this one: {said}");
        running.stop().await;
    }
    let half = Faulty::start(vec![Turn::Half]).await;
    let running = serving(&half.url, http).await;
    let said = get(&running, "/reports/7").await;
    assert!(said.contains("content-length: 99") && said.ends_with("begin"), "{said}");
    running.stop().await;
}

#[tokio::test]
async fn bodies_are_bounded_whether_they_tell_their_length_or_not() {
    let upstream = Faulty::start(vec![Turn::Answer(200, "", String::new())]).await;
    let http = HttpOptions { body_limit_bytes: 4, ..HttpOptions::default() };
    let running = serving(&upstream.url, http).await;
    let told = ask(&running, "POST /reports HTTP/1.1\r\nContent-Length: 5\r\n\r\n12345").await;
    assert!(told.starts_with("http/1.1 413 "), "{told}");
    let chunks =
        "POST /reports HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n0\r\n\r\n";
    let untold = ask(&running, chunks).await;
    assert!(untold.starts_with("http/1.1 413 "), "{untold}");
    let small = ask(&running, &chunks.replace("5\r\n12345", "4\r\n1234")).await;
    assert!(small.starts_with("http/1.1 200 "), "{small}");
    assert!(upstream.seen().last().expect("one came").ends_with("1234"));
    running.stop().await;
}

#[tokio::test]
async fn readiness_tells_of_the_upstream_and_does_not_depend_on_it() {
    let running = serving("http://127.0.0.1:9", HttpOptions::default()).await;
    let said = get(&running, "/readyz?verbose").await;
    assert!(said.starts_with("http/1.1 200 "), "{said}");
    assert!(said.contains(r#""upstream":{"status":"unavailable"}"#), "{said}");
    let coverage = get(&running, "/_proto/coverage").await;
    assert_eq!(coverage.matches(r#""upstream":true"#).count(), 2, "{coverage}");
    running.stop().await;
}
