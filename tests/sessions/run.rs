//! `run` and `token`: the example's service on a socket.

use std::net::TcpListener;

use super::http::{Answer, request, send, split};
use super::program::{Serving, groundplan};
use crate::folder::Folder;

const DATASET: &str = r#"{"name": "invoices", "source_uri": "s3://exports/invoices"}"#;

fn token(folder: &Folder, arguments: &[&str]) -> String {
    let arguments = [&["token", "."], arguments].concat();
    let run = groundplan(folder.path(), &arguments);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{run:?}");
    format!("Authorization: Bearer {}", run.stdout.trim())
}

fn create(url: &str, token: &str) -> Answer {
    let headers = [token, "Content-Type: application/json"];
    let body = example_body(url, token);
    request("POST", &format!("{url}/api/v1/datasets"), &headers, &body)
}

/// The create's example of the service's own OpenAPI file.
fn example_body(url: &str, _: &str) -> String {
    let openapi = request("GET", &format!("{url}/openapi.json"), &[], "").json();
    let content = openapi.pointer("/paths/~1api~1v1~1datasets/post/requestBody/content");
    let media = content.and_then(|it| it.get("application/json")).expect("a JSON body");
    let example = media.get("example").or_else(|| media.pointer("/examples/documented/value"));
    example.map_or_else(|| DATASET.to_owned(), ToString::to_string)
}

#[test]
fn the_curl_line_that_is_printed_works_as_it_stands() {
    let folder = Folder::example();
    let service = Serving::start(folder.path(), &["run", ".", "--port", "0"]);
    let line = service.line("try");
    let header = line.split('"').nth(1).expect("a header in quotes");
    let url = line.rsplit(' ').next().expect("an address");
    let answer = request("GET", url, &[header], "");
    assert_eq!(answer.status, 200, "{line}: {answer:?}");
}

#[test]
fn a_row_that_was_written_outlives_the_service() {
    let folder = Folder::example();
    let arguments = ["run", ".", "--port", "0"];
    let service = Serving::start(folder.path(), &arguments);
    let token = token(&folder, &[]);
    let created = create(service.url(), &token);
    assert_eq!(created.status, 201, "{created:?}");
    let place = created.header("location").expect("a Location").to_owned();
    let (status, _) = service.interrupt();
    assert_eq!(status.code(), Some(0), "Ctrl-C is the usual end");

    let service = Serving::start(folder.path(), &arguments);
    let path = place.find("/api/").map_or(place.as_str(), |at| &place[at..]);
    let read = request("GET", &format!("{}{path}", service.url()), &[&token], "");
    assert_eq!((read.status, read.json()), (200, created.json()));
}

#[test]
fn a_fresh_service_has_no_rows_and_a_foreign_caller_sees_none() {
    let folder = Folder::example();
    let service = Serving::start(folder.path(), &["run", ".", "--port", "0"]);
    let (mine, theirs) = (token(&folder, &[]), token(&folder, &["--subject", "someone-else"]));
    assert_eq!(create(service.url(), &mine).status, 201);
    let list =
        |url: &str, token: &str| request("GET", &format!("{url}/api/v1/datasets"), &[token], "");
    let rows = |answer: &Answer| answer.body.matches("\"created_at\"").count();
    assert_eq!(rows(&list(service.url(), &mine)), 1);
    assert_eq!(rows(&list(service.url(), &theirs)), 0);
    service.interrupt();
    let service = Serving::start(folder.path(), &["run", ".", "--port", "0", "--fresh"]);
    assert_eq!(rows(&list(service.url(), &mine)), 0);
}

#[test]
fn bad_requests_get_the_standard_answer_and_never_500() {
    let folder = Folder::example();
    let service =
        Serving::start(folder.path(), &["run", ".", "--port", "0", "--database", ":memory:"]);
    let (url, token) = (service.url(), token(&folder, &[]));
    let datasets = format!("{url}/api/v1/datasets");
    let json = "Content-Type: application/json";
    let huge = format!("{{\"name\": \"{}\"}}", "x".repeat(1_100_000));
    for (method, path, headers, body, status) in [
        ("GET", "", vec![], "", 401),
        ("GET", "", vec!["Authorization: Bearer x.y.z"], "", 401),
        ("GET", "?limit=abc", vec![token.as_str()], "", 400),
        ("GET", "/no-uuid", vec![&token], "", 404),
        ("PUT", "", vec![&token], "", 405),
        ("POST", "", vec![&token, json], "{", 400),
        ("POST", "", vec![&token, json], "[]", 400),
        ("POST", "", vec![&token, json], "{}", 422),
        ("POST", "", vec![&token, json], &huge, 413),
        ("POST", "", vec![&token, "Content-Type: text/plain"], "x", 415),
    ] {
        let answer = request(method, &format!("{datasets}{path}"), &headers, body);
        assert_eq!(answer.status, status, "{method} {path}: {:?}", answer.body);
    }
    let wrong = request("PUT", &datasets, &[&token], "");
    assert!(wrong.header("allow").is_some_and(|it| it.contains("POST")), "{wrong:?}");
    let unknown = request("GET", &format!("{url}/nowhere"), &[&token], "");
    assert_eq!(unknown.status, 404);
    let expired = groundplan(folder.path(), &["token", ".", "--expired"]);
    let expired = format!("Authorization: Bearer {}", expired.stdout.trim());
    let refused = request("GET", &datasets, &[&expired], "");
    assert_eq!(refused.status, 401);
    assert!(refused.header("www-authenticate").is_some_and(|it| it.starts_with("Bearer")));
}

#[test]
fn bytes_that_are_no_http_get_400_and_the_service_goes_on() {
    let folder = Folder::example();
    let service =
        Serving::start(folder.path(), &["run", ".", "--port", "0", "--database", ":memory:"]);
    let host = split(service.url()).0;
    assert_eq!(send(host, b"\x16\x03\x01 hello\r\n\r\n").status, 400);
    assert_eq!(
        send(host, b"GET /livez HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").status,
        200
    );
}

#[test]
fn the_pages_around_the_service_need_no_token() {
    let folder = Folder::example();
    let service =
        Serving::start(folder.path(), &["run", ".", "--port", "0", "--database", ":memory:"]);
    for (path, kind) in [
        ("/livez", ""),
        ("/readyz", ""),
        ("/healthz", ""),
        ("/openapi.json", "application/json"),
        ("/docs", "text/html"),
        ("/", "application/json"),
    ] {
        let answer = request("GET", &format!("{}{path}", service.url()), &[], "");
        assert_eq!(answer.status, 200, "{path}: {answer:?}");
        let given = answer.header("content-type").unwrap_or("");
        assert!(given.starts_with(kind), "{path}: {given}");
    }
    let page = request("GET", service.line("API page"), &[], "").body;
    let outside = ["src=\"http", "href=\"http", "@import", "//cdn"];
    assert!(outside.iter().all(|it| !page.contains(it)), "the page works offline");
    let openapi = request("GET", service.line("OpenAPI"), &[], "").json();
    assert!(openapi["openapi"].as_str().is_some_and(|it| it.starts_with("3.1")), "{openapi}");
}

#[test]
fn a_port_in_use_is_one_message_with_the_way_out() {
    let folder = Folder::example();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let run = groundplan(folder.path(), &["run", ".", "--port", &port]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{run:?}");
    assert!(run.stderr.contains(&port) && run.stderr.contains("--port"), "{run:?}");
}

#[test]
fn a_database_that_is_none_is_one_message() {
    let folder = Folder::example();
    folder.write("junk.sqlite", &b"this is no database at all, ".repeat(100));
    let run = groundplan(folder.path(), &["run", ".", "--port", "0", "--database", "junk.sqlite"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{run:?}");
    assert!(run.stderr.contains("junk.sqlite") && run.stderr.contains("help: "), "{run:?}");
}

#[test]
fn a_document_without_a_service_is_one_message() {
    let folder = Folder::empty();
    folder.write("a.md", b"# A\n");
    let run = groundplan(folder.path(), &["run", "a.md"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{run:?}");
    assert!(run.stderr.contains("inspect"), "{run:?}");
}

const API: &str =
    "# Orders API\n\n| Method | Path |\n|---|---|\n| GET | /orders |\n| POST | /orders |\n";

const DATA: &str =
    "# Data\n\n```sql\nCREATE TABLE orders (id UUID PRIMARY KEY, note TEXT NOT NULL);\n```\n";

/// The plan of `file` in a folder of these.
fn plan_of(file: &str, files: &[(&str, String)]) -> super::program::Run {
    let folder = Folder::empty();
    files.iter().for_each(|(path, text)| folder.write(path, text.as_bytes()));
    groundplan(folder.path(), &["plan", file])
}

#[test]
fn a_document_without_its_tables_takes_those_of_what_it_links_to() {
    let api = format!("{API}\nTables: [data](../data/tables.md#orders).\n");
    let files = [("docs/api.md", api), ("data/tables.md", DATA.to_owned())];
    let run = plan_of("docs/api.md", &files);
    assert!(run.stdout.contains("2 of 2 endpoints derived"), "{run:?}");
    let from = "assumption D3.9: table `orders` is the one that data/tables.md defines";
    assert!(run.stdout.contains(from), "{run:?}");
}

#[test]
fn a_document_without_its_tables_takes_those_of_its_chain_and_of_no_other() {
    let chain = [
        ("docs/prd/001_PRD-orders.md", "# Orders\n".to_owned()),
        ("docs/tdd/001_TDD-orders.md", DATA.to_owned()),
        ("docs/tid/001_TID-orders.md", API.to_owned()),
    ];
    let run = plan_of("docs/tid/001_TID-orders.md", &chain);
    assert!(run.stdout.contains("2 of 2 endpoints derived"), "{run:?}");
    let other = [chain[2].clone(), ("docs/tdd/002_TDD-bills.md", DATA.to_owned())];
    let run = plan_of("docs/tid/001_TID-orders.md", &other);
    assert!(run.stdout.contains("0 of 2 endpoints derived"), "{run:?}");
}

#[test]
fn a_document_with_all_its_tables_takes_none_of_others() {
    let own = format!("{API}\n{DATA}\nSee [the draft](draft.md).\n");
    let draft = DATA.replace("note TEXT", "remark TEXT");
    let run = plan_of("api.md", &[("api.md", own), ("draft.md", draft)]);
    assert!(run.stdout.contains("2 of 2 endpoints derived"), "{run:?}");
    assert!(!run.stdout.contains("D3.9"), "{run:?}");
}

#[test]
fn without_an_audit_log_rows_have_no_history_and_the_service_starts_all_the_same() {
    let folder = Folder::empty();
    let rows = "| GET | /orders/{id}/history |\n\n";
    folder.write("design.md", format!("{API}{rows}{DATA}").as_bytes());
    for (audit, status) in [("auto", 200), ("off", 501)] {
        let arguments =
            ["run", "design.md", "--port", "0", "--database", ":memory:", "--audit", audit];
        let service = Serving::start(folder.path(), &arguments);
        let json = ["Content-Type: application/json"];
        let made = request("POST", &format!("{}/orders", service.url()), &json, r#"{"note": "a"}"#);
        let id = made.json()["id"].as_str().expect("an id").to_owned();
        let history = request("GET", &format!("{}/orders/{id}/history", service.url()), &[], "");
        assert_eq!(history.status, status, "{history:?}");
    }
}
