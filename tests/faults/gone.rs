//! The database or the cache does not answer any more.

use std::time::{Duration, Instant};

use groundplan_tests::{Gate, postgres, redis};

use super::eventually;
use crate::replicas::notes;
use crate::sessions::http::{Answer, request};
use crate::sessions::program::{Serving, groundplan};

/// The same URL by way of `gate`.
fn through(gate: &Gate, url: &str) -> String {
    let (before, after) = url.rsplit_once('/').expect("a path");
    let place = before.rfind(['@', '/']).expect("a host");
    format!("{}{}/{after}", &before[..=place], gate.address())
}

fn host(url: &str) -> &str {
    let before = url.rsplit_once('/').expect("a path").0;
    &before[before.rfind(['@', '/']).expect("a host") + 1..]
}

pub(super) fn header(folder: &crate::folder::Folder) -> String {
    let run = groundplan(folder.path(), &["token", "."]);
    format!("Authorization: Bearer {}", run.stdout.trim())
}

pub(super) fn create(url: &str, token: &str, title: &str) -> Answer {
    let body = format!("{{\"title\": \"{title}\"}}");
    let headers = [token, "Content-Type: application/json"];
    request("POST", &format!("{url}/api/v1/notes"), &headers, &body)
}

#[test]
fn without_its_database_the_service_says_503_and_comes_back_by_itself() {
    let Some(database) = postgres() else { return };
    let gate = Gate::to(host(&database.url()));
    let (folder, address) = (notes(""), through(&gate, &database.url()));
    let service =
        Serving::start(folder.path(), &["run", ".", "--port", "0", "--database", &address]);
    let (url, token) = (service.url(), header(&folder));
    assert_eq!(create(url, &token, "before").status, 201);

    gate.shut();
    let mut longest = Duration::ZERO;
    for number in 0..20 {
        let began = Instant::now();
        let answer = create(url, &token, &format!("meanwhile {number}"));
        longest = longest.max(began.elapsed());
        assert_eq!(answer.status, 503, "{answer:?}");
        assert!(answer.header("retry-after").is_some(), "{answer:?}");
    }
    assert!(longest < Duration::from_secs(15), "an answer took {longest:?}");
    assert_eq!(request("GET", &format!("{url}/readyz"), &[], "").status, 503);
    assert_eq!(request("GET", &format!("{url}/livez"), &[], "").status, 200);

    gate.open();
    let limit = Duration::from_secs(15);
    eventually("writes go on", limit, || create(url, &token, "after").status == 201);
    eventually("it is ready", limit, || {
        request("GET", &format!("{url}/readyz"), &[], "").status == 200
    });
    let list = || request("GET", &format!("{url}/api/v1/notes?limit=100"), &[&token], "");
    // Requests go to any of the connections, and one may find out only now that it is gone.
    eventually("all reads go on", limit, || (0..40).all(|_| list().status == 200));
    let titles = list().body;
    assert!(titles.contains("before") && titles.contains("after"), "{titles}");
    assert!(!titles.contains("meanwhile"), "what was refused was not done: {titles}");
}

#[test]
fn without_its_cache_the_service_goes_on_and_says_so() {
    let (Some(database), Some(cache)) = (postgres(), redis()) else { return };
    let gate = Gate::to(host(&cache));
    let (folder, address) =
        (notes("At most 1000 requests per minute per user."), through(&gate, &cache));
    let settings =
        ["--database", &database.url(), "--cache", &address, "--cache-patience-ms", "5000"];
    let service = Serving::start(
        folder.path(),
        &[["run", ".", "--port", "0"].as_slice(), &settings].concat(),
    );
    let (url, token) = (service.url(), header(&folder));
    let page = |path: &str| request("GET", &format!("{url}{path}"), &[&token], "");
    let up =
        |value: &str| page("/metrics").body.contains(&format!("\ngroundplan_cache_up {value}\n"));
    let created = create(url, &token, "first").json();
    let path = format!("/api/v1/notes/{}", created["id"].as_str().expect("an id"));
    assert_eq!(page(&path).header("x-cache"), Some("MISS"));
    assert_eq!(page(&path).header("x-cache"), Some("HIT"));
    assert!(up("1"), "{}", page("/metrics").body);

    gate.shut();
    for _ in 0..20 {
        let began = Instant::now();
        let answer = page(&path);
        assert_eq!((answer.status, answer.header("x-cache")), (200, Some("MISS")), "{answer:?}");
        assert!(answer.header("ratelimit").is_some(), "requests are counted: {answer:?}");
        assert!(began.elapsed() < Duration::from_secs(3), "it waited {:?}", began.elapsed());
    }
    assert!(up("0"), "{}", page("/metrics").body);
    let ready = page("/readyz?verbose");
    assert_eq!(ready.status, 200);
    assert_eq!(ready.json()["components"]["cache"]["status"], "unavailable", "{ready:?}");
    // A write that the cache cannot hear of now.
    let headers = [token.as_str(), "Content-Type: application/merge-patch+json"];
    let renamed = request("PATCH", &format!("{url}{path}"), &headers, r#"{"title": "second"}"#);
    assert_eq!(renamed.status, 200);

    gate.open();
    eventually("the cache is back", Duration::from_secs(10), || up("1"));
    let read = page(&path);
    assert_eq!(read.json()["title"], "second", "a copy from before is not shown: {read:?}");
    eventually("copies are given", Duration::from_secs(5), || {
        page(&path).header("x-cache") == Some("HIT")
    });
}

#[test]
fn a_cache_that_never_was_there_keeps_no_service_from_starting() {
    let folder = notes("At most 3 requests per minute per user.");
    let settings = ["--database", ":memory:", "--cache", "redis://127.0.0.1:9/0"];
    let service = Serving::start(
        folder.path(),
        &[["run", ".", "--port", "0"].as_slice(), &settings].concat(),
    );
    let token = header(&folder);
    let ask = || request("GET", &format!("{}/api/v1/notes", service.url()), &[&token], "").status;
    assert_eq!([ask(), ask(), ask(), ask()], [200, 200, 200, 429]);
}
