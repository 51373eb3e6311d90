//! Other services beside and behind a running one: what its document calls, and `--upstream`.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use super::http::{Answer, request};
use super::program::{Serving, command, run};
use crate::folder::Folder;

/// Products of a shop, whose titles another company knows.
const SHOP: &str = r#"# Shop Design

**Version**: 1.0

## Data

```sql
CREATE TABLE products (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  title TEXT,
  price NUMERIC(8,2),
  details JSONB,
  state TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'known'))
);
```

## Service Dependencies

| Service | Integration Type | Timeout | Retries | Circuit breaker |
|---|---|---|---|---|
| Outside Catalog | REST | 2 s | 2, after 1 ms | 5 failures, 100 ms |

## API

| Method | Endpoint | Response | Errors |
|---|---|---|---|
| POST | /products | 201: Product | 400, 422 |
| GET | /products/{id} | 200: Product | 404 |
| POST | /products/{id}/lookup | 200: Product | 404, 409, 503 |
| GET | /reports/weekly | 200 | - |

```rule POST /products/{id}/lookup
require row.state in ["draft"] else 409
call catalog GET "/items/{code}" as answer else 503 "the catalogue is down"
set title = answer.title, price = answer.offer.price, details = answer.details, state = "known"
```
"#;

/// A server that answers requests in turn, and the last way again and again.
struct Catalog {
    url: String,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Catalog {
    fn start(answers: &[(u16, &str)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let seen: Arc<Mutex<Vec<String>>> = Arc::default();
        let answers: Vec<(u16, String)> =
            answers.iter().map(|(status, body)| (*status, (*body).to_owned())).collect();
        let requests = Arc::clone(&seen);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                answer(stream.expect("a connection"), &answers, &requests);
            }
        });
        Self { url, seen }
    }

    fn seen(&self) -> Vec<String> {
        self.seen.lock().expect("no panic").clone()
    }
}

/// One request a connection: then it is closed.
fn answer(stream: TcpStream, answers: &[(u16, String)], seen: &Mutex<Vec<String>>) {
    let mut stream = BufReader::new(stream);
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).unwrap_or(0) == 0 {
            return;
        }
        if let Some(said) = line.to_lowercase().strip_prefix("content-length:") {
            length = said.trim().parse().expect("a length");
        }
        if line == "\r\n" {
            break;
        }
        head.push_str(&line);
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).expect("a body");
    let at = {
        let mut seen = seen.lock().expect("no panic");
        seen.push(format!("{head}{}", String::from_utf8_lossy(&body)));
        seen.len() - 1
    };
    let (status, body) = answers.get(at).or(answers.last()).expect("an answer");
    let text = format!(
        "HTTP/1.1 {status} It\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n{body}",
        body.len()
    );
    let _ = stream.get_mut().write_all(text.as_bytes());
}

fn shop() -> Folder {
    let folder = Folder::empty();
    folder.write("design.md", SHOP.as_bytes());
    folder
}

fn start(folder: &Folder, more: &[&str]) -> Serving {
    let memory = ["run", "design.md", "--port", "0", "--database", ":memory:"];
    let mut command = command(folder.path(), &[&memory, more].concat());
    command.env("GROUNDPLAN_SERVICE_CATALOG_AUTHORIZATION", "Bearer key-1");
    Serving::of(command)
}

/// The number of a new product.
fn product(service: &Serving, code: &str) -> i64 {
    let json = ["Content-Type: application/json"];
    let body = format!("{{\"code\":\"{code}\"}}");
    let made = request("POST", &format!("{}/products", service.url()), &json, &body);
    made.json()["id"].as_i64().unwrap_or_else(|| panic!("{made:?}"))
}

fn lookup(service: &Serving, id: i64) -> Answer {
    request("POST", &format!("{}/products/{id}/lookup", service.url()), &[], "")
}

fn get(service: &Serving, path: &str) -> Answer {
    request("GET", &format!("{}{path}", service.url()), &[], "")
}

#[test]
fn a_rule_stores_what_another_service_answers_at_last() {
    let known = r#"{"title":"Lamp","offer":{"price":"12.50"},"details":{"tags":["a"]}}"#;
    let catalog = Catalog::start(&[(503, ""), (502, ""), (200, known)]);
    let service = start(&shop(), &["--service", &format!("catalog={}/v1", catalog.url)]);
    assert!(service.line("calls").starts_with("catalog at http://"), "{}", service.greeting);
    let id = product(&service, "a lamp/1");
    let found = lookup(&service, id);
    assert_eq!(found.status, 200, "{found:?}");
    let row = found.json();
    assert_eq!((&row["title"], &row["state"]), (&"Lamp".into(), &"known".into()));
    assert_eq!((&row["price"], &row["details"]["tags"][0]), (&"12.50".into(), &"a".into()));
    let seen = catalog.seen();
    assert_eq!(seen.len(), 3, "it failed twice, and then did not: {seen:?}");
    assert!(seen[2].starts_with("GET /v1/items/a%20lamp%2F1 HTTP/1.1\r\n"), "{seen:?}");
    assert!(seen[2].contains("authorization: Bearer key-1\r\n"), "{seen:?}");
    assert_eq!(lookup(&service, id).status, 409, "refused before anybody is asked");
    assert_eq!(catalog.seen().len(), 3);
    let metrics = get(&service, "/metrics").body;
    for line in [
        "groundplan_service_calls_total{service=\"catalog\",outcome=\"answered\"} 1\n",
        "groundplan_service_calls_total{service=\"catalog\",outcome=\"failing\"} 2\n",
        "groundplan_service_breaker{service=\"catalog\"} 0\n",
    ] {
        assert!(metrics.contains(line), "{line} in {metrics}");
    }
}

#[test]
fn a_service_that_is_down_is_the_documented_error_and_changes_nothing() {
    let catalog = Catalog::start(&[(503, "")]);
    let service = start(&shop(), &["--service", &format!("catalog={}", catalog.url)]);
    let id = product(&service, "lamp");
    let down = lookup(&service, id);
    assert_eq!(down.status, 503, "{down:?}");
    assert!(down.body.contains("the catalogue is down"), "{down:?}");
    assert_eq!(catalog.seen().len(), 3, "one call and two retries");
    assert_eq!(get(&service, &format!("/products/{id}")).json()["state"], "draft");
    // The fifth failure in a row opens the breaker, and the last retry is not made.
    let open = lookup(&service, id);
    assert_eq!(
        (open.status, open.header("retry-after"), catalog.seen().len()),
        (503, Some("1"), 5)
    );
    let parts = get(&service, "/readyz?verbose");
    assert_eq!(parts.status, 200, "the service does without");
    assert!(!parts.json()["components"]["service catalog"]["status"].is_null(), "{parts:?}");
}

#[test]
fn an_answer_that_does_not_fit_is_not_the_clients_fault() {
    let catalog = Catalog::start(&[(200, r#"{"title":7,"offer":{"price":1e12}}"#)]);
    let service = start(&shop(), &["--service", &format!("catalog={}", catalog.url)]);
    let id = product(&service, "lamp");
    let wrong = lookup(&service, id);
    assert_eq!(wrong.status, 502, "{wrong:?}");
    assert_eq!(get(&service, &format!("/products/{id}")).json()["state"], "draft");
}

#[test]
fn without_an_address_calls_fail_as_documented_and_this_is_said() {
    let folder = shop();
    let service = start(&folder, &[]);
    let said = "catalog has no address: calls fail; name it with --service catalog=URL";
    assert_eq!(service.line("calls"), said);
    let id = product(&service, "lamp");
    assert_eq!(lookup(&service, id).status, 503);
    let refused = run(&folder, &["run", "design.md", "--service", "mail=http://a"], 2);
    assert!(refused.stderr.contains("names no service `mail`"), "{refused:?}");
}

#[test]
fn the_documents_example_stands_in_for_a_service_without_an_address() {
    let folder = Folder::empty();
    let shown = "\n## External Services\n\n### GET https://catalog.other-company.com/v1/items/{item}\n\n\
        Response 200:\n\n```json\n{\"title\": \"Shown\", \"offer\": {\"price\": \"1.00\"}}\n```\n";
    folder.write("design.md", format!("{SHOP}{shown}").as_bytes());
    let service = start(&folder, &[]);
    assert!(service.line("calls").ends_with("the document's example answers"));
    let id = product(&service, "lamp");
    assert_eq!(lookup(&service, id).json()["title"], "Shown");
}

#[test]
fn what_nothing_derives_goes_on_to_the_upstream_and_501_comes_back() {
    let folder = shop();
    let upstream = Catalog::start(&[(200, "[1]"), (501, "")]);
    let service = start(&folder, &["--upstream", &upstream.url]);
    assert_eq!(service.line("upstream"), upstream.url);
    let answered = get(&service, "/reports/weekly?of=2");
    assert_eq!((answered.status, answered.body.as_str()), (200, "[1]"));
    assert!(answered.header("prototype-handler").is_some_and(|it| it.starts_with("upstream; ")));
    assert_eq!(get(&service, "/reports/weekly").status, 501, "nobody has it");
    assert_eq!(product(&service, "lamp"), 1, "what is derived is answered here");
    let seen = upstream.seen();
    assert_eq!(seen.len(), 2, "{seen:?}");
    assert!(seen[0].starts_with("GET /reports/weekly?of=2 HTTP/1.1\r\n"), "{seen:?}");
    folder.write("groundplan.toml", b"[run]\nupstream = \"http://behind\"\n");
    let told = run(&folder, &["plan", "design.md", "--explain", "GET /reports/weekly"], 0);
    assert!(told.stdout.contains("`run` asks http://behind first"), "{told:?}");
}

#[test]
fn a_plan_tells_how_a_service_is_called() {
    let explained =
        run(&shop(), &["plan", "design.md", "--explain", "POST /products/{id}/lookup"], 0);
    for part in
        ["calls    catalog GET, else 503", "catalog: 2 retries", "an attempt may take 2000 ms"]
    {
        assert!(explained.stdout.contains(part), "{part} in {}", explained.stdout);
    }
}
