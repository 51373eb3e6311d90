//! `run` as those see it who operate it, and who call it from elsewhere.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::http::{Answer, request, split};
use super::program::{Serving, command, groundplan};
use crate::folder::Folder;

const MEMORY: [&str; 6] = ["run", ".", "--port", "0", "--database", ":memory:"];

fn token(folder: &Folder) -> String {
    format!("Authorization: Bearer {}", groundplan(folder.path(), &["token", "."]).stdout.trim())
}

fn start(folder: &Folder, more: &[&str]) -> Serving {
    Serving::start(folder.path(), &[&MEMORY, more].concat())
}

fn get(url: &str, headers: &[&str]) -> Answer {
    request("GET", url, headers, "")
}

#[test]
fn requests_are_counted_by_route_and_status() {
    let folder = Folder::example();
    let service = start(&folder, &[]);
    let token = token(&folder);
    let datasets = format!("{}/api/v1/datasets", service.url());
    get(&datasets, &[&token]);
    get(&datasets, &[&token]);
    get(&datasets, &[]);
    get(&format!("{}/nowhere", service.url()), &[]);
    let metrics = get(&format!("{}/metrics", service.url()), &[]);
    assert!(metrics.header("content-type").is_some_and(|it| it.starts_with("text/plain")));
    let count = |route: &str, status: u16| {
        let labels = format!(
            "http_request_method=\"GET\",http_route=\"{route}\",\
             http_response_status_code=\"{status}\""
        );
        let line = format!("http_server_request_duration_seconds_count{{{labels}}} ");
        metrics.body.lines().find_map(|it| it.strip_prefix(&line)?.parse::<u32>().ok())
    };
    assert_eq!(count("/api/v1/datasets", 200), Some(2), "{}", metrics.body);
    assert_eq!(count("/api/v1/datasets", 401), Some(1));
    assert_eq!(count("-", 404), Some(1));
    assert!(metrics.body.contains("\nhttp_server_active_requests 1\n"), "this one");
    assert!(metrics.body.contains("\ngroundplan_connections "));
    assert!(metrics.body.contains("\ngroundplan_database_queue 0\n"), "{}", metrics.body);
    if cfg!(target_os = "linux") {
        assert!(metrics.body.contains("\nprocess_resident_memory_bytes "));
    }
}

#[test]
fn operators_may_have_a_door_of_their_own() {
    let folder = Folder::example();
    let service = start(&folder, &["--admin-port", "0"]);
    let (front, admin) = (service.url(), service.line("operators"));
    for (path, at_front, at_admin) in [
        ("/livez", 200, 200),
        ("/metrics", 404, 200),
        ("/_proto/plan", 404, 200),
        ("/docs", 200, 404),
    ] {
        assert_eq!(get(&format!("{front}{path}"), &[]).status, at_front, "{path}");
        assert_eq!(get(&format!("{admin}{path}"), &[]).status, at_admin, "{path}");
    }
    assert_eq!(get(&format!("{admin}/api/v1/datasets"), &[&token(&folder)]).status, 404);
    let plan = get(&format!("{admin}/_proto/plan"), &[]).json();
    assert!(plan["routes"].as_array().is_some_and(|it| !it.is_empty()));
}

#[test]
fn readiness_names_what_the_service_needs() {
    let folder = Folder::example();
    let service = start(&folder, &[]);
    let ready = get(&format!("{}/readyz?verbose", service.url()), &[]);
    assert_eq!((ready.status, &ready.json()["status"]), (200, &"ready".into()));
    assert_eq!(ready.json()["components"]["database"]["status"], "ready");
    assert!(get(&format!("{}/readyz", service.url()), &[]).json().get("components").is_none());
}

#[test]
fn clients_get_the_form_that_they_ask_for() {
    let folder = Folder::example();
    let service = start(&folder, &["--cors-origin", "http://localhost:3000", "--server-timing"]);
    let token = token(&folder);
    let url = service.url();
    let datasets = format!("{url}/api/v1/datasets");

    let html = get(&datasets, &[&token, "Accept: text/html"]);
    assert_eq!(html.status, 406, "{html:?}");
    let details = get(&datasets, &["Accept: application/problem+json"]);
    assert_eq!(details.header("content-type"), Some("application/problem+json"));
    assert_eq!((details.status, &details.json()["instance"]), (401, &"/api/v1/datasets".into()));

    let small = get(&format!("{url}/openapi.json"), &["Accept-Encoding: gzip, br;q=0.5"]);
    assert_eq!(small.header("content-encoding"), Some("gzip"));
    let short = get(&format!("{url}/livez"), &["Accept-Encoding: gzip"]);
    assert_eq!(short.header("content-encoding"), None);

    let page = get(&datasets, &[&token, "Origin: http://localhost:3000", "X-Request-Id: mine-7"]);
    assert_eq!(page.header("access-control-allow-origin"), Some("http://localhost:3000"));
    assert_eq!(page.header("x-request-id"), Some("mine-7"));
    assert!(page.header("server-timing").is_some_and(|it| it.starts_with("app;dur=")));
    let asked = ["Origin: http://localhost:3000", "Access-Control-Request-Method: POST"];
    let preflight = request("OPTIONS", &datasets, &asked, "");
    assert_eq!(preflight.status, 204);
    assert!(
        preflight.header("access-control-allow-methods").is_some_and(|it| it.contains("POST")),
        "{preflight:?}"
    );

    let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    let traced = get(&datasets, &[&token, &format!("traceparent: 00-{trace}-00f067aa0ba902b7-01")]);
    assert!(traced.header("traceparent").is_some_and(|it| it.contains(trace)), "{traced:?}");
}

#[test]
fn a_write_says_as_much_as_the_client_prefers() {
    let folder = Folder::example();
    let service = start(&folder, &[]);
    let token = token(&folder);
    let datasets = format!("{}/api/v1/datasets", service.url());
    let body = r#"{"name": "invoices"}"#;
    let json = "Content-Type: application/json";
    let made = request("POST", &datasets, &[&token, json, "Prefer: return=minimal"], body);
    assert_eq!((made.status, made.body.as_str()), (201, ""), "{made:?}");
    assert_eq!(made.header("preference-applied"), Some("return=minimal"));
    assert!(made.header("location").is_some());
}

#[test]
fn flags_come_before_the_environment_and_that_before_the_file() {
    let folder = Folder::example();
    let config = folder.path().join("groundplan.toml");
    let before = std::fs::read_to_string(&config).unwrap_or_default();
    folder.write("groundplan.toml", format!("{before}\n[run]\nbody-limit = 10\n").as_bytes());
    let token = token(&folder);
    let status = |environment: Option<&str>, flag: &[&str], bytes: usize| {
        let mut command = command(folder.path(), &[&MEMORY, flag].concat());
        if let Some(limit) = environment {
            command.env("GROUNDPLAN_BODY_LIMIT", limit);
        }
        let service = Serving::of(command);
        let datasets = format!("{}/api/v1/datasets", service.url());
        let headers = [token.as_str(), "Content-Type: application/json"];
        request("POST", &datasets, &headers, &"x".repeat(bytes)).status
    };
    assert_eq!(status(None, &[], 11), 413);
    assert_eq!(status(Some("20"), &[], 11), 400, "no JSON, and not too long");
    assert_eq!(status(Some("20"), &["--body-limit", "5"], 11), 413);
}

#[cfg(unix)]
#[test]
fn a_socket_file_serves_and_goes_with_the_service() {
    let folder = Folder::example();
    let path = folder.path().join("service.sock");
    let service = start(&folder, &["--unix-socket", "service.sock"]);
    let mut stream = std::os::unix::net::UnixStream::connect(&path).expect("it listens");
    stream
        .write_all(b"GET /livez HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        .expect("it is taken");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it is text");
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    service.interrupt();
    assert!(!path.exists());
}

#[test]
fn half_a_request_does_not_hold_up_the_end() {
    let folder = Folder::example();
    let service = start(&folder, &[]);
    let host = split(service.url()).0.to_owned();
    let token = token(&folder);
    let head = format!("POST /api/v1/datasets HTTP/1.1\r\nHost: a\r\n{token}\r\n");
    let mut in_head = TcpStream::connect(&host).expect("it listens");
    in_head.write_all(head.as_bytes()).expect("it is taken");
    let mut in_body = TcpStream::connect(&host).expect("it listens");
    let body = format!("{head}Content-Type: application/json\r\nContent-Length: 99\r\n\r\n{{");
    in_body.write_all(body.as_bytes()).expect("it is taken");
    // What arrived is at work when a later request is answered.
    assert_eq!(get(&format!("{}/livez", service.url()), &[]).status, 200);
    let began = Instant::now();
    let (status, _) = service.interrupt();
    assert_eq!(status.code(), Some(0));
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
}

#[test]
fn a_test_service_is_filled_emptied_and_put_back() {
    let folder = Folder::example();
    let rows = br#"{"datasets": [{"name": "mine"}, {"name": 7}]}"#;
    folder.write("rows.json", rows);
    let arguments = ["--control", "--data", "rows.json", "--seed", "30"];
    let service = start(&folder, &arguments);
    let (url, token) = (service.url(), token(&folder));
    let snapshot = || get(&format!("{url}/_proto/snapshot"), &[]).json();
    let count = |table: &str| snapshot()[table].as_array().map_or(0, Vec::len);
    assert_eq!(count("datasets"), 1, "one row of the file is none, and --seed leaves the table");
    assert!(count("exports") > 20, "{}", count("exports"));
    let list = get(&format!("{url}/api/v1/datasets"), &[&token]);
    assert!(list.body.contains("\"mine\""), "its owner is the caller of `token`: {list:?}");

    let before = snapshot();
    let id = before["datasets"][0]["id"].as_str().expect("an id");
    let changed = request(
        "PATCH",
        &format!("{url}/api/v1/datasets/{id}"),
        &[&token, "Content-Type: application/json"],
        r#"{"name": "changed"}"#,
    );
    assert_eq!(changed.status, 200, "{changed:?}");
    assert_ne!(snapshot(), before);
    let json = ["Content-Type: application/json"];
    let body = before.to_string();
    let restored = request("PUT", &format!("{url}/_proto/snapshot"), &json, &body);
    assert_eq!(restored.status, 200, "{restored:?}");
    assert_eq!(snapshot(), before);
    let wrong = request("PUT", &format!("{url}/_proto/snapshot"), &json, "{\"nowhere\": []}");
    assert_eq!((wrong.status, snapshot() == before), (400, true), "{wrong:?}");
    let reset = request("POST", &format!("{url}/_proto/reset"), &[], "");
    assert_eq!((reset.status, count("datasets")), (200, 1), "{reset:?}");
    assert_eq!(snapshot()["datasets"][0]["name"], "mine");
}

#[test]
fn without_the_flag_nobody_takes_rows_out() {
    let folder = Folder::example();
    let service = start(&folder, &[]);
    for path in ["/_proto/snapshot", "/_proto/reset"] {
        assert_eq!(get(&format!("{}{path}", service.url()), &[]).status, 404);
    }
}

#[test]
fn operators_read_who_changed_which_row_and_how() {
    let folder = Folder::example();
    let service = start(&folder, &["--control"]);
    let (url, token) = (service.url(), token(&folder));
    let json = "Content-Type: application/json";
    let headers = [&*token, json, "X-Request-Id: change-1"];
    let made =
        request("POST", &format!("{url}/api/v1/datasets"), &headers, r#"{"name": "one"}"#).json();
    let id = made["id"].as_str().expect("an id");
    let row = format!("{url}/api/v1/datasets/{id}");
    assert_eq!(request("PATCH", &row, &[&token, json], r#"{"name": "two"}"#).status, 200);
    assert_eq!(request("PATCH", &row, &[&token, json], r#"{"name": 7}"#).status, 422);
    assert_eq!(request("DELETE", &row, &[&token], "").status, 204);

    let log = get(&format!("{url}/_proto/audit?resource=datasets&key={id}"), &[]).json();
    let entries = log["entries"].as_array().expect("entries");
    let actions: Vec<_> = entries.iter().filter_map(|it| it["action"].as_str()).collect();
    assert_eq!(actions, ["delete", "update", "insert"], "{log}");
    let (gone, changed, first) = (&entries[0], &entries[1], &entries[2]);
    assert_eq!(
        (&gone["before"]["name"], &gone["after"]),
        (&"two".into(), &serde_json::Value::Null)
    );
    assert_eq!(
        (&changed["before"]["name"], &changed["after"]["name"]),
        (&"one".into(), &"two".into())
    );
    assert_eq!((&first["subject"], &first["method"]), (&"developer".into(), &"POST".into()));
    assert_eq!(
        (&first["path"], &first["request_id"]),
        (&"/api/v1/datasets".into(), &"change-1".into())
    );

    let page = get(&format!("{url}/_proto/audit?subject=developer&limit=2"), &[]).json();
    let next = page["next"].as_str().expect("another page");
    let last = get(&format!("{url}{next}"), &[]).json();
    assert_eq!(last["entries"].as_array().map(Vec::len), Some(1), "{last}");
    assert_eq!(get(&format!("{url}/_proto/audit?color=red"), &[]).status, 400);
}

#[test]
fn the_log_is_for_operators_and_may_be_left_out() {
    let folder = Folder::example();
    for arguments in [&[][..], &["--control", "--audit", "off"]] {
        let service = start(&folder, arguments);
        assert_eq!(get(&format!("{}/_proto/audit", service.url()), &[]).status, 404);
    }
}
