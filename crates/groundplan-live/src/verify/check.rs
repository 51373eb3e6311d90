//! Whether an answer is as it must be.

mod download;
mod error;
mod figures;
mod file;
mod history;
mod many;
mod page;
mod queried;
mod row;
mod says;

use groundplan_model::case::{AcceptedCheck, TokenCheck};
use groundplan_model::document::Method;
use http::header::{ALLOW, CONTENT_TYPE};
use serde_json::{Map, Value};

use super::client::Answer;
use super::stop::Mismatch;

pub(super) use download::download;
pub(super) use error::error;
pub(super) use figures::figures;
pub(super) use file::file;
pub(super) use history::history;
pub(super) use many::many;
pub(super) use page::{Next, Page};
pub(super) use row::{Expected, row};
pub(super) use says::{is_no_copy, says};

/// The status that the document says.
fn status(answer: &Answer, wanted: u16) -> Result<(), Mismatch> {
    if answer.status == wanted {
        return Ok(());
    }
    let observed = format!("answered {}{}", answer.status, excerpt(answer));
    let mismatch = Mismatch::new(observed, format!("the document says {wanted}"));
    Err(Mismatch { lost: answer.status == 404, ..mismatch })
}

/// The beginning of an error's body: it may say what the service did not like.
fn excerpt(answer: &Answer) -> String {
    const CHARS: usize = 160;
    if answer.status < 400 || answer.body.is_empty() {
        return String::new();
    }
    let text = String::from_utf8_lossy(&answer.body);
    let line: String = text.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
    let cut: String = line.trim().chars().take(CHARS).collect();
    let more = if line.chars().count() > CHARS { "…" } else { "" };
    format!(" ({cut}{more})")
}

/// Any status of success.
pub(super) fn success(answer: &Answer) -> Result<(), Mismatch> {
    if (200..300).contains(&answer.status) {
        return Ok(());
    }
    let observed = format!("answered {}{}", answer.status, excerpt(answer));
    Err(Mismatch::new(observed, "a success was expected: other requests need it first"))
}

/// The job that a request became.
pub(super) fn accepted(check: &AcceptedCheck, answer: &Answer) -> Result<(), Mismatch> {
    status(answer, check.status)?;
    let members = object(answer)?;
    let missing = check.members.iter().find(|name| !members.contains_key(*name));
    missing.map_or(Ok(()), |name| {
        let observed = format!("answered a job without `{name}`");
        Err(Mismatch::new(observed, "the job's id and state tell what became of it"))
    })
}

/// Whether an answer shows a job that is not finished.
pub(super) fn is_waiting(answer: &Answer) -> bool {
    const WORDS: [&str; 8] = [
        "queued",
        "pending",
        "accepted",
        "running",
        "processing",
        "in_progress",
        "started",
        "waiting",
    ];
    let members = serde_json::from_slice::<Map<String, Value>>(&answer.body).unwrap_or_default();
    let state = ["status", "state"].iter().find_map(|name| members.get(*name)?.as_str());
    answer.status < 300 && state.is_some_and(|it| WORDS.contains(&it.to_lowercase().as_str()))
}

/// No body at all.
pub(super) fn empty(answer: &Answer, wanted: u16) -> Result<(), Mismatch> {
    status(answer, wanted)?;
    if wanted == 204 && !answer.body.is_empty() {
        return Err(Mismatch::new("answered 204 with a body", "204 has none (RFC 9110, 15.3.5)"));
    }
    Ok(())
}

/// 304, which has no body.
pub(super) fn not_modified(answer: &Answer) -> Result<(), Mismatch> {
    status(answer, 304).map_err(|it| Mismatch {
        expected: "304 is the answer to a state that the client has (RFC 9110, 13.1.2)".to_owned(),
        ..it
    })?;
    match answer.body.is_empty() {
        true => Ok(()),
        false => Err(Mismatch::new("answered 304 with a body", "304 has none (RFC 9110, 15.4.5)")),
    }
}

/// An object with every member that tokens come in.
pub(super) fn tokens(check: &TokenCheck, answer: &Answer) -> Result<Map<String, Value>, Mismatch> {
    status(answer, check.status)?;
    let members = object(answer)?;
    match check.members.iter().find(|name| !members.contains_key(*name)) {
        None => Ok(members),
        Some(name) => {
            let observed = format!("answered tokens without `{name}`");
            Err(Mismatch::new(observed, "the document shows that member"))
        }
    }
}

/// The methods that the path has.
pub(super) fn method_not_allowed(answer: &Answer, methods: &[Method]) -> Result<(), Mismatch> {
    status(answer, 405).map_err(|it| Mismatch {
        expected: "405 is the answer to it (RFC 9110, 15.5.6)".to_owned(),
        ..it
    })?;
    let allow = answer.header(ALLOW);
    let has = |method: &Method| allow.split(',').any(|it| it.trim() == method.as_str());
    match methods.iter().find(|method| !has(method)) {
        None => Ok(()),
        Some(missing) => {
            let observed = format!("answered `Allow: {allow}`");
            Err(Mismatch::new(observed, format!("the document has {} there", missing.as_str())))
        }
    }
}

/// The body as an object.
pub(super) fn object(answer: &Answer) -> Result<Map<String, Value>, Mismatch> {
    match json(answer, "application/json")? {
        Value::Object(members) => Ok(members),
        other => {
            let observed = format!("answered {}", kind(&other));
            Err(Mismatch::new(observed, "an object was expected"))
        }
    }
}

/// The body as JSON of this media type.
fn json(answer: &Answer, media_type: &str) -> Result<Value, Mismatch> {
    let sent = answer.header(CONTENT_TYPE);
    let essence = sent.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case(media_type) {
        let observed = format!("answered with `Content-Type: {sent}`");
        return Err(Mismatch::new(observed, format!("`{media_type}` was expected")));
    }
    serde_json::from_slice(&answer.body).map_err(|error| {
        Mismatch::new(format!("answered a body that is not JSON: {error}"), "JSON was expected")
    })
}

/// What a value is called in messages.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// A value, cut to what a message has room for.
fn shown(value: &Value) -> String {
    const CHARS: usize = 60;
    let text = value.to_string();
    if text.chars().count() <= CHARS {
        return text;
    }
    format!("{}…", text.chars().take(CHARS).collect::<String>())
}
