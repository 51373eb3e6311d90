//! The same requests to a service on SQLite and to one on PostgreSQL have the same answers, but for
//! ids and times.

use groundplan_live::{Database, VerifyOptions};
use groundplan_tests::{Exchange, Recorder, postgres, read};
use serde_json::Value;

use crate::sessions::http::request;
use crate::verify::service::{Service, key_options, plan};

const DESIGNS: [&str; 4] = [
    "examples/data-export/docs/001_TDD-data-export.md",
    "examples/features/docs/FEATURES_TECH_SPEC.md",
    "examples/orders/docs/001_TDD-orders.md",
    "examples/tickets/docs/001_SPEC-tickets.md",
];

/// What the verifier and the service say to each other, and what the service's audit log holds then.
fn recorded(design: &str, database: Database) -> (Vec<Exchange>, Vec<String>, usize) {
    let plan = plan(design, &read(design));
    let service = Service::start_on(database, &plan, None);
    let recorder = Recorder::to(service.url().trim_start_matches("http://"));
    // The same values in both runs.
    let options =
        VerifyOptions { began_us: Some(1_763_733_600_000_000), ..key_options(recorder.url()) };
    service.verify(&options).expect("it answers");
    // How many requests a limit takes is a matter of time.
    let exchanges = recorder.exchanges();
    let masked: Vec<_> = exchanges.iter().filter(|it| it.status != "429").map(masked).collect();
    let told = masked.chunk_by(is_again).flat_map(settled).collect();
    (told, log(&service), rows_read_as_made(&exchanges))
}

/// How many rows were read right after they were made, each of which must be as the create said: a
/// service need not ask its database for what it has just given it.
fn rows_read_as_made(exchanges: &[Exchange]) -> usize {
    let mut count = 0;
    for (at, made) in exchanges.iter().enumerate() {
        let is_create = made.request.starts_with("POST ") && made.status == "201";
        let Some(place) = field(made, "location").filter(|_| is_create) else { continue };
        let later = exchanges.iter().skip(at + 1);
        let mut reads = later.take_while(|it| it.request.starts_with("GET "));
        let is_read = |it: &&Exchange| it.request == format!("GET {place}") && it.status == "200";
        if let Some(read) = reads.find(is_read) {
            assert_eq!(read.body, made.body, "{}", read.request);
            assert_eq!(field(read, "etag"), field(made, "etag"), "{}", read.request);
            count += 1;
        }
    }
    count
}

fn field<'e>(exchange: &'e Exchange, name: &str) -> Option<&'e str> {
    let fields = exchange.headers.lines().filter_map(|line| line.split_once(": "));
    fields.into_iter().find(|(it, _)| *it == name).map(|(_, value)| value)
}

/// Whether a request and its answer are those of another, but for the answer's head.
fn is_again(one: &Exchange, other: &Exchange) -> bool {
    let told = |it: &Exchange| Exchange { headers: String::new(), ..it.clone() };
    told(one) == told(other)
}

/// The same request again and again. Of a flood nobody knows how many came through, nor which of
/// them found a copy.
fn settled(same: &[Exchange]) -> Vec<Exchange> {
    const CASE: usize = 4;
    match same.first() {
        Some(first) if same.len() > CASE => {
            vec![Exchange { headers: String::new(), ..first.clone() }]
        }
        _ => {
            let mut all = same.to_vec();
            all.dedup();
            all
        }
    }
}

/// All entries of the audit log but for their order: requests race for the quota.
fn log(service: &Service) -> Vec<String> {
    let mut next = Some("/_proto/audit?limit=500".to_owned());
    let mut all = Vec::new();
    while let Some(path) = next {
        let page = request("GET", &format!("{}{path}", service.url()), &[], "").json();
        next = page["next"].as_str().map(str::to_owned);
        all.extend(page["entries"].as_array().into_iter().flatten().map(entry));
    }
    all.sort();
    all
}

fn entry(entry: &Value) -> String {
    let mut entry = entry.clone();
    if let Some(members) = entry.as_object_mut() {
        members.remove("request_id");
        members.insert("id".to_owned(), Value::Null);
        // Keys that a database counts differ as ids do.
        let key = members.get("key").and_then(Value::as_str).unwrap_or("-");
        let key = if key.parse::<u64>().is_ok() { "ID" } else { key };
        members.insert("key".to_owned(), key.into());
    }
    json(&entry.to_string())
}

#[test]
fn both_databases_give_the_same_answers() {
    let (mut compared, mut read) = (0, 0);
    for design in DESIGNS {
        let Some(database) = postgres() else { return };
        let (one, one_log, one_read) = recorded(design, Database::Memory);
        let (other, other_log, other_read) = recorded(design, Database::Postgres(database.url()));
        read += one_read.min(other_read);
        for (one, other) in one.iter().zip(&other) {
            assert_eq!(one, other, "{design}: SQLite, then PostgreSQL, after {compared} requests");
            compared += 1;
        }
        assert_eq!(one.len(), other.len(), "{design}");
        for (one, other) in one_log.iter().zip(&other_log) {
            assert_eq!(one, other, "{design}: SQLite's audit log, then PostgreSQL's");
        }
        assert_eq!(one_log.len(), other_log.len(), "{design}");
        assert!(one_log.len() > 20, "{design}: only {} entries", one_log.len());
    }
    assert!(compared >= 300, "only {compared} requests");
    assert!(read > 0, "no row was read after it was made");
}

fn masked(exchange: &Exchange) -> Exchange {
    Exchange {
        request: text(&exchange.request.replace("%3A", ":")),
        sent: json(&exchange.sent),
        status: exchange.status.clone(),
        headers: exchange.headers.lines().map(header).collect(),
        body: json(&exchange.body),
    }
}

/// A version tells how often a row changed; a hash is made of ids and times as well.
fn header(line: &str) -> String {
    let is_hash = line.starts_with("etag: \"") && !line.starts_with("etag: \"v");
    if is_hash { "etag: *\n".to_owned() } else { format!("{}\n", text(line)) }
}

fn json(body: &str) -> String {
    match serde_json::from_str::<Value>(body) {
        Ok(mut value) => {
            value_masked("", &mut value);
            value.to_string()
        }
        Err(_) => text(body),
    }
}

/// Numbers of rows go on in PostgreSQL when a row is refused; cursors and tokens hold ids and times.
fn value_masked(name: &str, value: &mut Value) {
    let is_id = name == "id" || name.ends_with("_id");
    let (lower, hidden) = (name.to_lowercase(), ["cursor", "next", "token"]);
    match value {
        Value::Object(members) => {
            members.iter_mut().for_each(|(name, it)| value_masked(name, it));
            // JSONB does not keep the order of members, which means nothing in JSON.
            members.sort_keys();
        }
        Value::Array(items) => items.iter_mut().for_each(|it| value_masked(name, it)),
        Value::Number(_) if is_id => *value = "ID".into(),
        Value::String(_) if hidden.iter().any(|end| lower.ends_with(end)) => *value = "*".into(),
        Value::String(it) if is_place(it) => *value = "*".into(),
        Value::String(it) => *it = text(it),
        _ => {}
    }
}

/// `it` with its UUIDs, times and cursors masked.
fn text(it: &str) -> String {
    let mut masked = String::new();
    let mut rest = it;
    while let Some(first) = rest.chars().next() {
        let token = ["cursor=", "after="].iter().find(|name| rest.starts_with(**name));
        let length = token.map(|_| rest.find(['&', '>', ' ']).unwrap_or(rest.len()));
        let length = length.or_else(|| uuid(rest)).or_else(|| time(rest));
        masked.push_str(if length.is_some() { "*" } else { &rest[..first.len_utf8()] });
        rest = &rest[length.unwrap_or(first.len_utf8())..];
    }
    masked
}

/// Where the bytes of a file lie.
fn is_place(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|it| it.is_ascii_hexdigit())
}

fn uuid(text: &str) -> Option<usize> {
    let found = text.as_bytes().get(..36)?;
    let dashes = [8, 13, 18, 23];
    let fits = |(at, it): (usize, &u8)| {
        if dashes.contains(&at) { *it == b'-' } else { it.is_ascii_hexdigit() }
    };
    found.iter().enumerate().all(fits).then_some(36)
}

/// `2026-11-21T14:00:00` and what belongs to it.
fn time(text: &str) -> Option<usize> {
    let pattern = "0000-00-00T00:00:00";
    let found = text.get(..pattern.len())?;
    let fits =
        |(it, like): (char, char)| if like == '0' { it.is_ascii_digit() } else { it == like };
    let rest = text.get(pattern.len()..)?;
    let more = rest.find(|it: char| !it.is_ascii_digit() && !matches!(it, '.' | 'Z' | '+' | ':'));
    let end = pattern.len() + more.unwrap_or(rest.len());
    found.chars().zip(pattern.chars()).all(fits).then_some(end)
}
