//! Which media types a client takes (RFC 9110, 12.5.1).

use http::HeaderMap;
use http::header::ACCEPT;

use super::weighted::weighted;

#[cfg(test)]
mod tests;

/// What rows are answered as.
pub(crate) const JSON: &str = "application/json";

/// What errors are answered as where the document shows no form, or the client asks for it.
pub(crate) const PROBLEM: &str = "application/problem+json";

/// Whether the client takes `media_type`. One that says nothing takes anything.
pub(crate) fn takes(headers: &HeaderMap, media_type: &str) -> bool {
    let Some(only) = headers.get(ACCEPT) else { return true };
    // What nearly every client sends.
    if only == "*/*" || only == media_type {
        return true;
    }
    let fitting = weighted(headers, &ACCEPT)
        .filter_map(|(range, weight)| Some((closeness(range, media_type)?, weight)));
    let says_something = || weighted(headers, &ACCEPT).next().is_some();
    match fitting.max_by_key(|(closeness, _)| *closeness) {
        Some((_, weight)) => weight > 0,
        None => !says_something(),
    }
}

/// Whether the client names `media_type` itself, not by a range that covers it.
pub(crate) fn names(headers: &HeaderMap, media_type: &str) -> bool {
    headers.contains_key(ACCEPT)
        && weighted(headers, &ACCEPT)
            .any(|(range, weight)| weight > 0 && range.eq_ignore_ascii_case(media_type))
}

/// How closely a range such as `text/*` describes `media_type`; `None` where it does not.
fn closeness(range: &str, media_type: &str) -> Option<u8> {
    if range.eq_ignore_ascii_case(media_type) {
        return Some(2);
    }
    let (kind, "*") = range.split_once('/')? else { return None };
    let own = media_type.split('/').next().unwrap_or_default();
    match kind {
        "*" => Some(0),
        kind if kind.eq_ignore_ascii_case(own) => Some(1),
        _ => None,
    }
}
