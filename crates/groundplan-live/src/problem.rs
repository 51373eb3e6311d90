//! Error bodies: the document's own form, or RFC 9457.

use std::borrow::Cow;

use groundplan_model::service::{ErrorShape, Slot};
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderValue, StatusCode};
use serde_json::{Map, Value, json};

use crate::answer::{self, Response};
use crate::exchange::accept::PROBLEM;
use crate::refused::FieldFault;

#[cfg(test)]
mod tests;

/// An error answer before it has a form.
#[derive(Debug)]
pub(crate) struct Problem<'a> {
    pub(crate) status: u16,
    pub(crate) code: &'a str,
    pub(crate) message: Cow<'a, str>,
    pub(crate) faults: &'a [FieldFault],
    pub(crate) retry_after_s: Option<u64>,
    /// The path that was asked for.
    pub(crate) instance: Option<&'a str>,
}

impl<'a> Problem<'a> {
    pub(crate) fn new(status: u16, code: &'a str, message: impl Into<Cow<'a, str>>) -> Self {
        let message = message.into();
        Self { status, code, message, faults: &[], retry_after_s: None, instance: None }
    }

    /// The answer, in the form that the document shows.
    pub(crate) fn answer(&self, shape: &ErrorShape) -> Response {
        let body = self.body(shape).to_string().into_bytes();
        let mut response = answer::json(self.status, body);
        let headers = response.headers_mut();
        if *shape == ErrorShape::Problem {
            let problem = HeaderValue::from_static(PROBLEM);
            headers.insert(CONTENT_TYPE, problem);
        }
        if let Some(seconds) = self.retry_after_s {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }

    fn body(&self, shape: &ErrorShape) -> Value {
        match shape {
            ErrorShape::Problem => self.rfc9457(),
            ErrorShape::Documented(members) => self.documented(members),
        }
    }

    fn rfc9457(&self) -> Value {
        let status = StatusCode::from_u16(self.status).ok();
        let title = status.and_then(|it| it.canonical_reason()).unwrap_or("Error");
        let mut body = json!({
            "type": "about:blank",
            "title": title,
            "status": self.status,
            "detail": self.message,
            "code": self.code,
        });
        let Some(members) = body.as_object_mut() else { return body };
        if let Some(instance) = self.instance {
            members.insert("instance".to_owned(), instance.into());
        }
        if !self.faults.is_empty() {
            members.insert("errors".to_owned(), self.faults());
        }
        body
    }

    fn documented(&self, members: &[(String, Slot)]) -> Value {
        let filled =
            members.iter().filter_map(|(name, slot)| Some((name.clone(), self.slot(slot)?)));
        Value::Object(filled.collect::<Map<_, _>>())
    }

    fn slot(&self, slot: &Slot) -> Option<Value> {
        Some(match slot {
            Slot::Message => self.message.as_ref().into(),
            Slot::Code => self.code.into(),
            Slot::Status => self.status.into(),
            Slot::RetryAfter => self.retry_after_s?.into(),
            Slot::Faults if self.faults.is_empty() => return None,
            Slot::Faults => self.faults(),
            Slot::Object(members) => self.documented(members),
        })
    }

    fn faults(&self) -> Value {
        let each = self.faults.iter();
        each.map(|fault| json!({ "field": fault.field, "message": fault.message })).collect()
    }
}
