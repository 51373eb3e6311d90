//! Base paths: "Base URL: `/api/v1`", "all endpoints are prefixed with `/api/v1`", and headings such
//! as "Endpoints (prefix `/api/v1/orders`)". Endpoints of the same section that are plainly relative
//! take it over; their own path stays as written.

use groundplan_syntax::{Kind, Span};

use super::super::clues::Clue;
use super::super::{Reading, blocks, labels, prose};
use crate::document::{Endpoint, Section, Text};

/// Labels of a base path, in lower case.
const LABELS: [&str; 11] = [
    "base url",
    "base path",
    "base uri",
    "base endpoint",
    "api base",
    "api base url",
    "api base path",
    "api prefix",
    "url prefix",
    "path prefix",
    "prefix",
];

/// What stands before a base path in a sentence.
const PHRASES: [&str; 5] =
    ["prefixed with", "prefixed by", "relative to", "live under", "are under"];

/// A base path, and the part of the document in which it counts.
struct Base {
    path: Text,
    scope: Span,
}

pub(in super::super) fn read(reading: &mut Reading<'_>) {
    let triggers = reading.clues.of(Clue::Bases);
    let document = &reading.document;
    if triggers.is_empty() || document.endpoints.is_empty() && document.mentions.is_empty() {
        return;
    }
    let told = reading.index.texts_at(&triggers);
    let bases: Vec<Base> = told.filter_map(|block| base(reading, *block)).collect();
    for base in bases {
        inherit(reading, &base);
    }
}

fn base(reading: &Reading<'_>, block: blocks::TextBlock) -> Option<Base> {
    let sections = &reading.document.sections;
    if matches!(reading.tree.kind(block.node), Kind::Heading(_)) {
        let section = sections.iter().find(|it| it.heading == block.span)?;
        let path = in_heading(reading, block.span)?;
        return Some(Base { path, scope: section.span });
    }
    let lines = reading.source.slice(block.span).split_inclusive('\n');
    let mut at = block.span.start;
    let path = lines.into_iter().find_map(|line| {
        let start = at;
        at += Span::at(line.len()).start;
        told(line).and_then(|rest| path_in(rest, start, line))
    })?;
    Some(Base { scope: scope(reading, path.span)?, path })
}

/// The prefix that a heading names; a path of its own may be an endpoint.
fn in_heading(reading: &Reading<'_>, span: Span) -> Option<Text> {
    let text = reading.source.slice(span);
    let lower = text.to_lowercase();
    let words = ["prefix", "base path", "base url"];
    let at = words.iter().filter_map(|it| Some(prose::find_word(&lower, it)? + it.len())).min()?;
    path_in(text.get(at..)?, span.start, text)
}

/// What follows the words that announce a base path.
fn told(line: &str) -> Option<&str> {
    // "| API prefix | `/api/v1` |" is a label as well.
    let body = line.trim_start().trim_start_matches('|');
    let labelled = labels::split(body).filter(|it| {
        let label = it.label.split('(').next().unwrap_or(it.label).trim();
        LABELS.iter().any(|name| label.eq_ignore_ascii_case(name))
    });
    let phrase = || PHRASES.iter().find_map(|it| line.get(line.find(it)? + it.len()..));
    labelled.map(|it| it.rest).or_else(phrase)
}

/// The path that `rest`, a part of `line` at `start`, begins with.
fn path_in(rest: &str, start: u32, line: &str) -> Option<Text> {
    let body = rest.trim_start_matches(|c: char| " `*:\"'(=<".contains(c));
    let path = super::path(body)?;
    let whole = body.get(..path.end)?;
    let text = path.text.trim_end_matches('/').to_owned();
    let at = start as usize + line.find(whole)?;
    (text.len() > 1).then(|| Text { text, span: Span::new(at, at + whole.len()) })
}

/// The smallest section around a base path that has endpoints.
fn scope(reading: &Reading<'_>, place: Span) -> Option<Span> {
    let document = &reading.document;
    let around = |it: &&Section| it.span.contains(place);
    let has_some = |it: &&Section| {
        let mut all = document.endpoints.iter().chain(&document.mentions);
        all.any(|endpoint| it.span.contains(endpoint.span))
    };
    let sections = document.sections.iter().rev();
    sections.filter(around).find(has_some).map(|it| it.span)
}

/// Gives the base to the endpoints in its scope, unless one of them has it in its path already:
/// then the others may be absolute too.
fn inherit(reading: &mut Reading<'_>, base: &Base) {
    let document = &mut reading.document;
    let begins = |it: &&Endpoint| is_below(&it.path, &base.path.text);
    let mut all = document.endpoints.iter().chain(&document.mentions);
    if all.any(|it| base.scope.contains(it.span) && begins(&it)) {
        return;
    }
    let source = &document.source;
    let is_full = |it: &Endpoint| source.slice(it.span).contains("://");
    let all = document.endpoints.iter_mut().chain(&mut document.mentions);
    for endpoint in all.filter(|it| base.scope.contains(it.span) && !is_full(it)) {
        endpoint.base = Some(base.path.clone());
    }
}

/// Whether a path begins with the first part of `base`.
fn is_below(path: &str, base: &str) -> bool {
    let first = |path: &str| path.trim_start_matches('/').split('/').next().map(str::to_owned);
    first(path) == first(base)
}
