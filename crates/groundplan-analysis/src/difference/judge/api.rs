//! Verdicts on what clients see.

use groundplan_model::document::PolicyKind;

use super::{breaking, compatible, neutral};
use crate::difference::compare::Pair;
use crate::difference::facts::{Fact, Of};
use crate::difference::fields::{Field, Way};
use crate::difference::{Direction, Judgement};

pub(in super::super) fn endpoint(pair: &Pair<'_, '_>) -> Judgement {
    if pair.was.or(pair.now).is_some_and(is_external) {
        return neutral("another service answers it");
    }
    match (pair.was, pair.now) {
        (None, _) => compatible("nobody calls it yet"),
        (_, None) => breaking("who calls it is answered 404"),
        (Some(was), Some(now)) if was.id == now.id => neutral(
            "the words of its contract are others; fields are compared where examples or types \
             show them",
        ),
        (Some(was), Some(now)) => breaking(match (method(was), method(now)) {
            (Some(one), Some(other)) if one != other => "who sends the old method is answered 405",
            _ => "who calls the old path is answered 404",
        }),
    }
}

fn is_external(fact: &Fact<'_>) -> bool {
    matches!(fact.of, Of::Endpoint { is_external: true, .. })
}

fn method(fact: &Fact<'_>) -> Option<groundplan_model::document::Method> {
    match fact.of {
        Of::Endpoint { endpoint, .. } => Some(endpoint.method),
        _ => None,
    }
}

pub(in super::super) fn error(pair: &Pair<'_, '_>) -> Judgement {
    match (pair.was, pair.now) {
        (None, _) => neutral("clients meet an answer that they do not know yet"),
        (_, None) => compatible("who handles it is only never asked to"),
        (Some(was), Some(now)) if was.id != now.id => {
            breaking("clients tell errors by their status, and the same case has another one")
        }
        _ => neutral("the status is the same, and what it is said to mean is not"),
    }
}

/// Fields of requests, answers and types.
pub(in super::super) fn field(pair: &Pair<'_, '_>) -> Judgement {
    let field = |it: &Fact<'_>| match &it.of {
        Of::Field(field) => Some(field.clone()),
        _ => None,
    };
    match (pair.was.and_then(field), pair.now.and_then(field)) {
        (None, Some(now)) => added(&now),
        (Some(was), None) => removed(&was),
        (Some(was), Some(now)) => changed(&was, &now),
        (None, None) => super::inside(pair),
    }
}

fn added(field: &Field) -> Judgement {
    match (field.way, field.required) {
        (Way::Response, _) => compatible("clients pass over what they do not know"),
        (_, Some(false)) => compatible("it may be left out"),
        (Way::Request, Some(true)) => breaking("requests that lack it are refused"),
        (Way::Request, None) => breaking(
            "every example of the request has it, and nothing says that it may be left out",
        ),
        (Way::Both, _) => {
            neutral("breaking where a request holds it, compatible where an answer does")
        }
    }
}

fn removed(field: &Field) -> Judgement {
    match field.way {
        Way::Request => compatible("nobody has to send it; who does is heard, or told so"),
        Way::Response => breaking("who reads it finds nothing"),
        Way::Both => breaking("who reads it finds nothing, where an answer holds it"),
    }
}

fn changed(was: &Field, now: &Field) -> Judgement {
    let lost: Vec<&str> = missing(&was.values, &now.values);
    let gained: Vec<&str> = missing(&now.values, &was.values);
    if !was.values.is_empty() && !now.values.is_empty() {
        return match (lost.is_empty(), gained.is_empty()) {
            (false, _) => breaking(format!("{} is no value of it any more", listed(&lost))),
            (true, false) => compatible(format!("{} is a value more", listed(&gained))),
            (true, true) => presence(was, now),
        };
    }
    let types = |it: &Field| -> Vec<String> {
        it.types.iter().filter(|it| *it != "null").cloned().collect()
    };
    let (old, new) = (types(was), types(now));
    if old == new || old.is_empty() || new.is_empty() {
        return presence(was, now);
    }
    let (is_wider, is_narrower) =
        (old.iter().all(|it| new.contains(it)), new.iter().all(|it| old.contains(it)));
    match now.way {
        Way::Request if is_wider => compatible("what was sent is still taken"),
        Way::Response if is_narrower => compatible("what is told could be told before"),
        Way::Request => breaking("what was sent is not of its type any more"),
        _ => breaking("what is told is of another type than clients read"),
    }
}

/// One type, but for whether it has to be there.
fn presence(was: &Field, now: &Field) -> Judgement {
    let (was_needed, is_needed) = (was.required != Some(false), now.required != Some(false));
    match (now.way, was_needed, is_needed) {
        (Way::Request, false, true) => breaking("requests that lack it are refused"),
        (Way::Request, true, false) => compatible("it may be left out"),
        (Way::Response, true, false) => breaking("it may be missing where clients read it"),
        (Way::Response, false, true) => compatible("it is always there"),
        (Way::Both, one, other) if one != other => {
            neutral("what a request or an answer has to hold is another thing")
        }
        _ => neutral("it is written in another way"),
    }
}

fn missing<'a>(of: &'a [String], from: &[String]) -> Vec<&'a str> {
    of.iter().filter(|it| !from.contains(it)).map(String::as_str).collect()
}

fn listed(values: &[&str]) -> String {
    values.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ")
}

/// Rules that the service enforces.
pub(in super::super) fn policy(pair: &Pair<'_, '_>) -> Judgement {
    let kind = |it: &Fact<'_>| rate(it);
    match (pair.was, pair.now) {
        (None, _) => Judgement {
            direction: Some(Direction::Stricter),
            ..breaking("requests that were served are refused")
        },
        (_, None) => Judgement {
            direction: Some(Direction::Looser),
            ..compatible("nothing that was served is refused")
        },
        (Some(was), Some(now)) => match (kind(was), kind(now)) {
            (Some(old), Some(new)) if new < old => Judgement {
                direction: Some(Direction::Stricter),
                ..breaking("requests that were served are refused")
            },
            (Some(old), Some(new)) if new > old => Judgement {
                direction: Some(Direction::Looser),
                ..compatible("nothing that was served is refused")
            },
            _ => neutral("it allows as much as it did"),
        },
    }
}

/// How much a limit allows.
fn rate(fact: &Fact<'_>) -> Option<f64> {
    match fact.of {
        Of::Policy(PolicyKind::RateLimit { count, window_s }) => {
            Some(f64::from(*count) / f64::from((*window_s).max(1)))
        }
        Of::Policy(PolicyKind::Quota { count, .. }) => Some(f64::from(*count)),
        _ => None,
    }
}
