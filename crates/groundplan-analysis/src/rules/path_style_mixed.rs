//! `path-style-mixed`: one resource under two spellings, or two ways to write parameters and words.

use std::collections::HashMap;

use groundplan_model::document::{Endpoint, Form};
use groundplan_model::{Document, Severity};

use super::{Check, FixKind, Rule};
use crate::endpoints::is_parameter;
use crate::names::same_noun;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "path-style-mixed",
    group: "api",
    summary: "paths of one document spell the same thing in two ways",
    page: include_str!("path_style_mixed.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

/// A path that the document states for its own service.
struct Stated<'a> {
    endpoint: &'a Endpoint,
    path: String,
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let stated = stated(context.document);
    if stated.len() < 2 {
        return;
    }
    nouns(&stated, findings);
    style(&stated, parameters, "parameters", findings);
    style(&stated, words, "words", findings);
}

fn stated(document: &Document) -> Vec<Stated<'_>> {
    let is_own =
        |it: &&Endpoint| !matches!(it.form, Form::Fence | Form::Quote) && !document.is_external(it);
    let own = document.endpoints.iter().filter(is_own);
    let all = own.map(|endpoint| Stated { endpoint, path: endpoint.full_path().into_owned() });
    // A protocol keeps its paths under such a word, and its spelling is not the author's.
    all.filter(|it| !it.path.starts_with("/_")).collect()
}

/// Beside each other, `order` and `orders` are one thing.
fn nouns(stated: &[Stated<'_>], findings: &mut Findings<'_>) {
    let mut seen: HashMap<&str, Vec<(&str, &Stated<'_>)>> = HashMap::new();
    for it in stated {
        for (parent, word) in steps(&it.path) {
            let known = seen.entry(parent).or_default();
            if known.iter().any(|(other, _)| *other == word) {
                continue;
            }
            let other = known.iter().find(|(other, _)| is_other_number(other, word));
            if let Some((other, first)) = other {
                let message = format!("`{word}` here is `{other}` in another path");
                findings
                    .report_as(it.endpoint.certainty, it.endpoint.span, message)
                    .related(first.endpoint.span, format!("`{other}`"))
                    .help("give one resource one name");
            }
            known.push((word, it));
        }
    }
}

/// Words of a path with what stands before them.
fn steps(path: &str) -> Vec<(&str, &str)> {
    let (mut at, mut found) = (0, Vec::new());
    for word in path.split('/') {
        if !word.is_empty() && !is_parameter(word) {
            found.extend(path.get(..at).map(|before| (before, word)));
        }
        at += word.len() + 1;
    }
    found
}

fn is_other_number(one: &str, other: &str) -> bool {
    let is_word = |it: &str| it.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    is_word(one) && is_word(other) && same_noun(one, other)
}

/// Reports the first path that is written in another style than the first one.
fn style(
    stated: &[Stated<'_>],
    of: fn(&str) -> Option<&'static str>,
    what: &str,
    findings: &mut Findings<'_>,
) {
    let parts = stated.iter().flat_map(|it| it.path.split('/').map(move |part| (it, part)));
    let mut styled = parts.filter_map(|(it, part)| Some((it, part, of(part)?)));
    let Some((first, part, style)) = styled.next() else { return };
    let Some((it, other, unlike)) = styled.find(|(_, _, unlike)| *unlike != style) else { return };
    let message = format!("{what} of paths are {unlike} here, as `{other}`, and {style} elsewhere");
    findings
        .report_as(it.endpoint.certainty, it.endpoint.span, message)
        .related(first.endpoint.span, format!("`{part}`"))
        .help("write all paths of one service alike");
}

fn parameters(part: &str) -> Option<&'static str> {
    match part.chars().next()? {
        '{' => Some("in braces"),
        ':' if part.len() > 1 => Some("behind a colon"),
        '<' => Some("in angle brackets"),
        _ => None,
    }
}

fn words(part: &str) -> Option<&'static str> {
    // Camel case is left out: it is how whole families of paths are written beside others.
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !part.chars().all(is_plain) || part.starts_with('_') {
        return None;
    }
    match part {
        _ if part.contains('_') => Some("joined by `_`"),
        _ if part.contains('-') => Some("joined by `-`"),
        _ => None,
    }
}
