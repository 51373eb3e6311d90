//! Query strings, apart from what their parameters mean.

use std::borrow::Cow;

use crate::percent::decode;

/// Names and values of a query string; `None` for a pair that cannot be decoded.
pub(crate) fn pairs(query: &str) -> impl Iterator<Item = Option<(Cow<'_, str>, Cow<'_, str>)>> {
    query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        Some((plus(name)?, plus(value)?))
    })
}

/// Form encoding: a plus sign is a space.
fn plus(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('+') {
        return decode(text);
    }
    let spaced = text.replace('+', " ");
    decode(&spaced).map(|decoded| Cow::Owned(decoded.into_owned()))
}

/// The same query string with another value for one parameter. Name and value are written as they
/// are: both are the service's own.
pub(crate) fn with_parameter(query: &str, name: &str, value: &str) -> String {
    let is_other = |pair: &&str| {
        let own = pair.split_once('=').map_or(*pair, |(name, _)| name);
        !pair.is_empty() && plus(own).as_deref() != Some(name)
    };
    let mut all: Vec<&str> = query.split('&').filter(is_other).collect();
    let own = format!("{name}={value}");
    all.push(&own);
    all.join("&")
}

/// The value of a parameter that the operation itself reads.
pub(crate) fn value_of<'q>(query: &'q str, name: &str) -> Option<Cow<'q, str>> {
    pairs(query).flatten().find(|(known, _)| known == name).map(|(_, value)| value)
}
