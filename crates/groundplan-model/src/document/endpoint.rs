//! Endpoints, their contracts, examples and error answers.

use std::borrow::Cow;

use groundplan_syntax::Span;
use serde::{Deserialize, Serialize};

use super::{Form, Text};
use crate::Certainty;

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each variant is the method of its name")]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
    Head,
    Options,
}

impl Method {
    /// Every method.
    pub const ALL: [Self; 7] =
        [Self::Get, Self::Post, Self::Put, Self::Patch, Self::Delete, Self::Head, Self::Options];

    /// The method's name in capitals.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
            Self::Head => "HEAD",
            Self::Options => "OPTIONS",
        }
    }

    /// The method named `name`, in any case.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.as_str().eq_ignore_ascii_case(name))
    }
}

/// One statement of an endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Its method.
    pub method: Method,
    /// Its path as written, query string removed: `/api/v1/orders/{id}`.
    pub path: String,
    /// Where method and path stand.
    pub span: Span,
    /// The row, item, heading or lines that state it.
    pub statement: Span,
    /// The form it was read from.
    pub form: Form,
    /// How sure the reading is.
    pub certainty: Certainty,
    /// What it is for.
    pub purpose: Option<Text>,
    /// The request cell.
    pub request: Option<Text>,
    /// The response cell.
    pub response: Option<Text>,
    /// Statuses that the row itself names as errors.
    pub errors: Option<Text>,
    /// Who may use it, as the row says: a role, "public", "required".
    pub access: Option<Text>,
    /// Names of query parameters, from the path's query string.
    pub query: Vec<String>,
    /// The base path that its section states, where its own path is relative to it.
    pub base: Option<Text>,
}

impl Endpoint {
    /// The statuses of success in the response cell: `201: Order`.
    pub fn successes(&self) -> impl Iterator<Item = u16> {
        let text = self.response.as_ref().map_or("", |it| it.text.as_str());
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|it| it.len() == 3);
        words.filter_map(|it| it.parse().ok()).filter(|it| (200..300).contains(it))
    }

    /// The path with the base path that the document states for it.
    pub fn full_path(&self) -> Cow<'_, str> {
        match &self.base {
            Some(base) if self.path == "/" => Cow::Borrowed(&base.text),
            Some(base) => Cow::Owned(format!("{}{}", base.text, self.path)),
            None => Cow::Borrowed(&self.path),
        }
    }
}

/// One operation of an OpenAPI fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// Its method.
    pub method: Method,
    /// Its path.
    pub path: String,
    /// Where the method's key stands.
    pub span: Span,
    /// The statuses under `responses`.
    pub statuses: Vec<u16>,
    /// Names of its parameters `in: query`.
    pub query: Vec<String>,
}

/// What an example shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExampleRole {
    /// A request body.
    Request,
    /// An answer with its status, where that is stated.
    Response(Option<u16>),
    /// Not said.
    Unknown,
}

/// A JSON block.
#[derive(Clone, Debug)]
pub struct Example {
    /// The block's content.
    pub span: Span,
    /// The value; `None` where it does not parse.
    pub value: Option<serde_json::Value>,
    /// Why it does not parse, and where.
    pub fault: Option<Text>,
    /// Whether it only shows a shape: comments, ellipses, several documents. No fault then.
    pub shape_only: bool,
    /// Request or response.
    pub role: ExampleRole,
    /// Index in [`super::Document::endpoints`] of the endpoint that it belongs to.
    pub endpoint: Option<usize>,
}

/// A documented error answer.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ErrorCase {
    /// The HTTP status, 400 to 599.
    pub status: u16,
    /// Where the status stands.
    pub span: Span,
    /// The whole row or item.
    pub statement: Span,
    /// What it means or when it happens.
    pub meaning: Text,
    /// The body as written.
    pub body: Option<Text>,
    /// How sure the reading is: stated by a row or an item of its own, inferred from a sentence.
    pub certainty: Certainty,
    /// Index in [`super::Document::endpoints`], where it belongs to one endpoint only.
    pub endpoint: Option<usize>,
}
