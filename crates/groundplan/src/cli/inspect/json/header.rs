//! Status, header fields, headings and links.

use std::collections::HashSet;

use groundplan_model::document::{HeaderField, Link, Mention, Section, State, Status};
use serde_json::Value;

use super::member::{
    CERTAINTY, FORM, Member, at, certainty, certainty_of, count, form_of, line, maybe, maybe_text,
    member, one_of, text,
};
use super::shown::{Shown, json};

pub(super) static STATUS: &[Member<Status>] = &[
    member("raw", "The words of the document.", text, |_, it| json!(it.raw.text)),
    member("state", "What they mean; null where that is not known.", state, |_, it| {
        json!(it.state.map(State::as_str))
    }),
    member("line", "Where it stands.", line, |document, it| at(document, it.raw.span)),
    member("detail", "What follows the words of the state.", maybe_text, |_, it| json!(it.detail)),
    member("date", "The first date among the words: 2026-01-31.", maybe_text, |_, it| {
        json!(it.date)
    }),
    member("form", FORM, text, |document, it| form_of(document, it.raw.span)),
    member("certainty", CERTAINTY, certainty, |document, it| certainty_of(document, it.raw.span)),
];

pub(super) static LINK: &[Member<Link>] = &[
    member("target", "Where it points to, as written.", text, |_, it| json!(it.target)),
    member("line", "Where it stands.", line, |document, it| at(document, it.span)),
    member("form", FORM, text, |document, it| form_of(document, it.span)),
    member("certainty", CERTAINTY, certainty, |document, it| certainty_of(document, it.span)),
];

pub(super) static MENTION: &[Member<Mention>] = &[
    member("target", "The name or the path, as written.", text, |_, it| json!(it.target)),
    member("line", "Where it stands.", line, |document, it| at(document, it.span)),
    member("form", FORM, text, |document, it| form_of(document, it.span)),
    member("certainty", CERTAINTY, certainty, |document, it| certainty_of(document, it.span)),
];

pub(super) static SECTION: &[Member<Section>] = &[
    member("level", "Level of the heading, 1 to 6.", count, |_, it| json!(it.level)),
    member("title", "The heading's text.", text, |_, it| json!(it.title.text)),
    member("concept", "What it is about, where that is known.", maybe_text, |_, it| {
        json!(it.concept.map(groundplan_model::document::Concept::key))
    }),
    member("line", "Where the heading stands.", line, |document, it| at(document, it.heading)),
];

/// Values by key. A key that is repeated keeps the first value, as every reader of the header does.
pub(super) fn fields(fields: &[HeaderField]) -> Shown<'_> {
    let mut seen = HashSet::new();
    let first = fields.iter().filter(|field| seen.insert(&field.key));
    Shown::Object(first.map(|it| (it.key.as_str(), json!(it.value.text))).collect())
}

fn state() -> Value {
    maybe(one_of(State::ALL.map(State::as_str)))
}
