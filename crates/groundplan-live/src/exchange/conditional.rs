//! Requests on a condition: only if the row is still the one that the client knows, or is not
//! (RFC 9110, 13).

use groundplan_model::service::Refusal;
use http::header::{IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_UNMODIFIED_SINCE};
use http::{HeaderMap, HeaderName};

use super::coding::unmarked;
use crate::refused::Refused;
use crate::stamp::{Stamp, read_http_date};

#[cfg(test)]
mod tests;

/// The conditions of one request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Conditions {
    matches: Option<Tags>,
    none_match: Option<Tags>,
    modified_since_s: Option<i64>,
    unmodified_since_s: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Tags {
    /// `*`: any state of the row.
    Any,
    /// These states; a weak tag is told by its flag.
    These(Vec<(bool, String)>),
}

impl Conditions {
    /// Those of the headers; `None` where there are none, as with nearly every request.
    pub(crate) fn of(headers: &HeaderMap) -> Option<Self> {
        let names = [&IF_MATCH, &IF_NONE_MATCH, &IF_MODIFIED_SINCE, &IF_UNMODIFIED_SINCE];
        if !names.into_iter().any(|name| headers.contains_key(name)) {
            return None;
        }
        let date = |name: HeaderName| read_http_date(headers.get(name)?.to_str().ok()?);
        Some(Self {
            matches: tags(headers, &IF_MATCH),
            none_match: tags(headers, &IF_NONE_MATCH),
            modified_since_s: date(IF_MODIFIED_SINCE),
            unmodified_since_s: date(IF_UNMODIFIED_SINCE),
        })
    }

    /// Refuses where the row is not in a state that the client asks for; `None` is no row at all.
    pub(crate) fn check(&self, stamp: Option<&Stamp>) -> Result<(), Refused> {
        let holds = match &self.matches {
            Some(tags) => stamp.is_some_and(|stamp| tags.hold(stamp, false)),
            None => self.is_old_enough(stamp),
        };
        if holds {
            Ok(())
        } else {
            Err(failed("the row is not in the state that `If-Match` names"))
        }
    }

    /// As [`Conditions::check`], for a request that changes the row: `If-None-Match` counts too.
    pub(crate) fn check_change(&self, stamp: Option<&Stamp>) -> Result<(), Refused> {
        self.check(stamp)?;
        match (&self.none_match, stamp) {
            (Some(tags), Some(stamp)) if tags.hold(stamp, true) => {
                Err(failed("the row is in a state that `If-None-Match` excludes"))
            }
            _ => Ok(()),
        }
    }

    /// Whether the client has this state of the row already.
    pub(crate) fn is_known(&self, stamp: &Stamp) -> bool {
        match &self.none_match {
            Some(tags) => tags.hold(stamp, true),
            None => self.modified_since_s.zip(stamp.changed_s()).is_some_and(|(at, is)| is <= at),
        }
    }

    fn is_old_enough(&self, stamp: Option<&Stamp>) -> bool {
        let changed_s = stamp.and_then(Stamp::changed_s);
        self.unmodified_since_s.zip(changed_s).is_none_or(|(at, changed)| changed <= at)
    }
}

impl Tags {
    /// Whether the row is in one of these states. A weak tag says too little for a change.
    fn hold(&self, stamp: &Stamp, weakly: bool) -> bool {
        match self {
            Self::Any => true,
            Self::These(tags) => {
                tags.iter().any(|(is_weak, tag)| (weakly || !is_weak) && stamp.is(unmarked(tag)))
            }
        }
    }
}

/// Whether the client has what this tag, without its quotes, stands for: a file knows no conditions
/// but this one.
pub(crate) fn has_already(headers: &HeaderMap, tag: &str) -> bool {
    match tags(headers, &IF_NONE_MATCH) {
        Some(Tags::Any) => true,
        Some(Tags::These(tags)) => tags.iter().any(|(_, it)| it == tag || unmarked(it) == tag),
        None => false,
    }
}

/// The tags of a header. What is no tag is left out, and then no state is named.
fn tags(headers: &HeaderMap, name: &HeaderName) -> Option<Tags> {
    let mut all = None;
    for value in headers.get_all(name) {
        let text = value.to_str().unwrap_or_default().trim();
        if text == "*" {
            return Some(Tags::Any);
        }
        read(text, all.get_or_insert_with(Vec::new));
    }
    all.map(Tags::These)
}

/// Tags may hold commas, so they are read from quote to quote.
fn read(mut text: &str, tags: &mut Vec<(bool, String)>) {
    while let Some((before, rest)) = text.split_once('"') {
        let Some((tag, rest)) = rest.split_once('"') else { return };
        tags.push((before.trim_end().ends_with("W/"), tag.to_owned()));
        text = rest;
    }
}

fn failed(message: &'static str) -> Refused {
    Refused::new(Refusal::PreconditionFailed, format!("{message}; read it again"))
}
