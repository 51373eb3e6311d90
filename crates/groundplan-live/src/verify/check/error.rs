//! Whether a refusal has the status, the headers and the body that the document shows.

use groundplan_model::ServicePlan;
use groundplan_model::case::{ErrorCheck, Retry};
use groundplan_model::service::{ErrorShape, Slot};
use http::header::{RETRY_AFTER, WWW_AUTHENTICATE};
use serde_json::{Map, Value};

use super::{json, kind, shown, status};
use crate::verify::client::Answer;
use crate::verify::stop::Mismatch;

/// Whether the answer is the refusal that it must be.
pub(in crate::verify) fn error(
    plan: &ServicePlan,
    check: &ErrorCheck,
    answer: &Answer,
) -> Result<(), Mismatch> {
    status(answer, check.status)?;
    headers(check, answer)?;
    match &plan.error_shape {
        ErrorShape::Problem => problem(&json(answer, "application/problem+json")?, check),
        ErrorShape::Documented(members) => {
            shape(&json(answer, "application/json")?, members, check, "")
        }
    }
}

fn headers(check: &ErrorCheck, answer: &Answer) -> Result<(), Mismatch> {
    if check.status == 401 && answer.header(WWW_AUTHENTICATE).is_empty() {
        let says = "401 says how to authenticate (RFC 9110, 15.5.2)";
        return Err(Mismatch::new("answered 401 without `WWW-Authenticate`", says));
    }
    let retry = answer.header(RETRY_AFTER);
    if check.retry == Retry::Must && retry.trim().parse::<u64>().is_err() {
        let observed = format!("answered {} without `Retry-After` in seconds", check.status);
        return Err(Mismatch::new(observed, "a limit says when it ends"));
    }
    Ok(())
}

/// Members and types as in the documented body, no more and no less.
fn shape(
    value: &Value,
    members: &[(String, Slot)],
    check: &ErrorCheck,
    under: &str,
) -> Result<(), Mismatch> {
    let Some(object) = value.as_object() else {
        let place = if under.is_empty() { "the body".to_owned() } else { format!("`{under}`") };
        let observed = format!("answered {} as {place} of an error", kind(value));
        return Err(Mismatch::new(observed, "the documented body has an object there"));
    };
    let extra = object.keys().find(|name| members.iter().all(|(known, _)| known != *name));
    if let Some(extra) = extra {
        let observed = format!("answered an error with `{}`", joined(under, extra));
        return Err(Mismatch::new(observed, "the documented body has no such member"));
    }
    for (name, slot) in members {
        member(object, name, slot, check, under)?;
    }
    Ok(())
}

fn member(
    object: &Map<String, Value>,
    name: &str,
    slot: &Slot,
    check: &ErrorCheck,
    under: &str,
) -> Result<(), Mismatch> {
    let path = joined(under, name);
    let Some(value) = object.get(name) else {
        let observed = format!("answered an error without `{path}`");
        let missing = Mismatch::new(observed, "the documented body has it");
        return if is_required(slot, check) { Err(missing) } else { Ok(()) };
    };
    match slot {
        Slot::Object(members) => return shape(value, members, check, &path),
        Slot::Faults => return faults(value, check, &path),
        _ => {}
    }
    if fits(slot, value, check) {
        return Ok(());
    }
    let observed = format!("answered {} as `{path}` of an error", shown(value));
    Err(Mismatch::new(observed, format!("{} was expected", wanted(slot, check))))
}

fn is_required(slot: &Slot, check: &ErrorCheck) -> bool {
    match slot {
        Slot::RetryAfter => check.retry == Retry::Must,
        Slot::Faults => check.field.is_some(),
        Slot::Object(members) => members.iter().any(|(_, slot)| is_required(slot, check)),
        Slot::Message | Slot::Code | Slot::Status => true,
    }
}

fn fits(slot: &Slot, value: &Value, check: &ErrorCheck) -> bool {
    match slot {
        Slot::Message | Slot::Code => value.as_str().is_some_and(|text| !text.is_empty()),
        Slot::Status => value.as_u64() == Some(check.status.into()),
        Slot::RetryAfter => check.retry != Retry::Never && value.is_u64(),
        Slot::Faults | Slot::Object(_) => true,
    }
}

fn wanted(slot: &Slot, check: &ErrorCheck) -> String {
    match slot {
        Slot::Message => "a sentence".to_owned(),
        Slot::Code => "a word".to_owned(),
        Slot::Status => check.status.to_string(),
        Slot::RetryAfter if check.retry == Retry::Never => "no such member here".to_owned(),
        Slot::RetryAfter => "a number of seconds".to_owned(),
        Slot::Faults | Slot::Object(_) => "what the document shows".to_owned(),
    }
}

/// One entry a fault; the broken member among them.
fn faults(value: &Value, check: &ErrorCheck, path: &str) -> Result<(), Mismatch> {
    let entries = value.as_array().map(Vec::as_slice);
    let texts = |entry: &Value| Some((text(entry, "field")?, text(entry, "message")?));
    let named: Option<Vec<_>> = entries.and_then(|it| it.iter().map(texts).collect());
    let Some(named) = named else {
        let observed = format!("answered {} as `{path}` of an error", shown(value));
        return Err(Mismatch::new(observed, "entries with `field` and `message` were expected"));
    };
    let Some(field) = &check.field else { return Ok(()) };
    if named.iter().any(|(name, _)| bare(name) == field) {
        return Ok(());
    }
    let observed = format!("answered `{path}` that does not name `{field}`");
    Err(Mismatch::new(observed, "every faulty member is named"))
}

fn text(entry: &Value, name: &str) -> Option<String> {
    entry.get(name)?.as_str().map(str::to_owned)
}

/// A field without the marks of a JSON pointer.
fn bare(field: &str) -> &str {
    field.trim_start_matches(['#', '/'])
}

/// RFC 9457: all members are optional, but a body that says nothing helps nobody.
fn problem(value: &Value, check: &ErrorCheck) -> Result<(), Mismatch> {
    let is_text = |name: &str| value.get(name).is_none_or(Value::is_string);
    let wrong = ["type", "title", "detail", "instance"].into_iter().find(|name| !is_text(name));
    if let Some(name) = wrong {
        let observed = format!("answered a problem whose `{name}` is no text");
        return Err(Mismatch::new(observed, "RFC 9457, section 3.1 wants text there"));
    }
    if value.get("title").is_none() && value.get("detail").is_none() {
        let observed = "answered a problem without `title` and `detail`";
        return Err(Mismatch::new(observed, "one of them says what is wrong (RFC 9457)"));
    }
    match value.get("status") {
        Some(status) if status.as_u64() != Some(check.status.into()) => {
            let observed = format!("answered a problem with the `status` {}", shown(status));
            Err(Mismatch::new(observed, format!("it repeats {}", check.status)))
        }
        _ => Ok(()),
    }
}

fn joined(under: &str, name: &str) -> String {
    if under.is_empty() { name.to_owned() } else { format!("{under}.{name}") }
}
