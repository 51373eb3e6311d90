//! Endpoints in every form: one reader a form.

pub(super) mod base;
pub(super) mod bullet;
pub(super) mod continued;
pub(super) mod decorator;
pub(super) mod fence;
pub(super) mod heading;
pub(super) mod lines;
pub(super) mod mention;
pub(super) mod table;

use groundplan_syntax::Span;

use super::Reading;
use crate::Certainty;
use crate::document::{Endpoint, Form, Method};

/// Puts the statements of all readers in the document's order.
pub(super) fn sort(reading: &mut Reading<'_>) {
    let endpoints = &mut reading.document.endpoints;
    endpoints.sort_by_key(|endpoint| (endpoint.span, endpoint.method));
    endpoints.dedup_by(|one, other| one.span == other.span && one.method == other.method);
}

/// A path as the document writes it.
struct Path {
    /// Without host and query string.
    text: String,
    /// Names of the query string's parameters.
    query: Vec<String>,
    /// How many bytes of the text it took, white space and quotes before it included.
    end: usize,
}

/// Reads a path at the start of `text`: `/orders/{id}?status=`, backticks around it allowed.
fn path(text: &str) -> Option<Path> {
    let lead = text.len() - text.trim_start_matches([' ', '`', '"', '\'', '*', '\t']).len();
    let rest = text.get(lead..)?;
    let host = host_length(rest);
    let body = rest.get(host..)?;
    if !body.starts_with('/') || body.starts_with("//") {
        return None;
    }
    let len = path_length(body);
    let whole = body.get(..len)?.trim_end_matches(['.', ',', ';', ':', ')', '*']);
    let (path, query) = whole.split_once('?').unwrap_or((whole, ""));
    let has_word = path.chars().any(char::is_alphanumeric);
    let query = query.split('&').filter_map(|pair| pair.split('=').next());
    let query = query.filter(|name| !name.is_empty()).map(str::to_owned).collect();
    (has_word || path == "/").then(|| Path {
        text: path.to_owned(),
        query,
        end: lead + host + whole.len(),
    })
}

/// Length of `https://host` at the start; 0 where there is none.
fn host_length(text: &str) -> usize {
    let scheme = ["https://", "http://"].iter().find(|scheme| text.starts_with(**scheme));
    scheme.map_or(0, |scheme| {
        let host = text.get(scheme.len()..).unwrap_or("");
        scheme.len() + host.find('/').unwrap_or(host.len())
    })
}

/// Up to the first character that no path has; braces and brackets may hold spaces.
fn path_length(text: &str) -> usize {
    let mut depth = 0_i32;
    for (at, c) in text.char_indices() {
        match c {
            '{' | '[' => depth += 1,
            // The end of a link's text: `[GET /orders](…)`.
            '}' | ']' if depth == 0 => return at,
            '}' | ']' => depth -= 1,
            ' ' if depth > 0 => {}
            '`' | '"' | '\'' | '(' | '|' | '\\' => return at,
            c if c.is_whitespace() => return at,
            // Paths are ASCII (RFC 3986); a letter of another script begins the next word, where
            // a language sets no space.
            c if !c.is_ascii() && depth <= 0 => return at,
            _ => {}
        }
    }
    text.len()
}

/// Methods of a cell or a run of text: `GET`, `GET/PUT/DELETE`, `GET, POST`. `None` where anything
/// else stands in it.
fn methods(text: &str) -> Option<Vec<Method>> {
    let text = text.trim_matches(|c: char| matches!(c, '`' | '*' | ' ' | ':'));
    let words = text.split(['/', ',', '|', ' ']).filter(|word| !word.is_empty());
    let methods: Option<Vec<Method>> = words.map(upper_method).collect();
    methods.filter(|methods| !methods.is_empty())
}

/// A method in capitals; "get" and "post" are words of English as well.
fn upper_method(word: &str) -> Option<Method> {
    Method::ALL.into_iter().find(|method| method.as_str() == word)
}

/// `POST /orders` at the start of `text` (backticks and bold type around either allowed).
fn method_and_path(text: &str) -> Option<(Method, Path)> {
    let lead = text.len() - text.trim_start_matches(['`', '*', ' ']).len();
    let rest = text.get(lead..)?;
    let len = rest.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(rest.len());
    let method = upper_method(rest.get(..len)?)?;
    let after = rest.get(len..)?;
    let gap = after.len() - after.trim_start_matches(['`', '*', ' ', '\t', ':']).len();
    if gap == 0 {
        return None;
    }
    let mut path = path(after.get(gap..)?)?;
    path.end += lead + len + gap;
    Some((method, path))
}

/// An endpoint with neither cells nor purpose.
fn bare(method: Method, path: Path, span: Span, statement: Span, form: Form) -> Endpoint {
    Endpoint {
        method,
        path: path.text,
        span,
        statement,
        form,
        certainty: Certainty::Stated,
        purpose: None,
        request: None,
        response: None,
        errors: None,
        access: None,
        query: path.query,
        base: None,
    }
}
