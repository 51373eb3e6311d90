//! Answers that are kept for a while: keys such as `feature:{id}` and times to live, in sentences, in
//! tables and in code.

#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use groundplan_syntax::Span;

use super::clues::Clue;
use super::stretches::holds;
use super::{Reading, Table, prose, scan};
use crate::document::{Policy, PolicyKind, Text};

/// Words of which a sentence about a cache has one, unless its section is about the cache.
const WORDS: [&str; 6] = ["cache", "caches", "cached", "caching", "ttl", "キャッシュ"];

/// Parts of titles that may have one of them.
static TITLED: LazyLock<scan::Words> =
    LazyLock::new(|| scan::Words::new(&["cach", "ttl", "キャッシュ"]));

/// Words in front of a time to live.
const BEFORE: [&str; 11] = [
    "ttl",
    "time to live",
    "for",
    "lives for",
    "live for",
    "expires after",
    "expire after",
    "expires in",
    "expire in",
    "up to",
    "within",
];

/// What one unit is in seconds.
const UNITS: [(&[&str], u32); 4] = [
    (&["s", "sec", "secs", "second", "seconds"], 1),
    (&["min", "mins", "minute", "minutes", "m"], 60),
    (&["h", "hr", "hrs", "hour", "hours"], 3600),
    (&["d", "day", "days"], 86_400),
];

pub(super) fn read(reading: &mut Reading<'_>) {
    let triggers = reading.clues.of(Clue::Caches);
    if triggers.is_empty() {
        return;
    }
    let mut found = Vec::new();
    texts(reading, &triggers, &mut found);
    reading.tables.iter().for_each(|table| rows(reading, table, &mut found));
    for fence in &reading.fences {
        if triggers.any_in(fence.content) {
            code(reading, fence.content, &mut found);
        }
    }
    reading.document.policies.extend(found);
}

fn texts(reading: &Reading<'_>, triggers: &prose::Triggers, found: &mut Vec<Policy>) {
    let is_about = |title: &str| WORDS.iter().any(|word| prose::has_word(title, word));
    let mut titled = reading.titles.with(&TITLED);
    titled.retain(|at| reading.titles.get(*at).is_some_and(is_about));
    let about = match titled.is_empty() {
        true => Vec::new(),
        false => reading.stretches(|it| it.is_some_and(|(at, _)| titled.contains(&at))),
    };
    let told = match about.is_empty() {
        true => reading.index.texts_at(triggers).collect(),
        false => reading.index.texts.iter().collect::<Vec<_>>(),
    };
    for block in told.into_iter().filter(|it| it.is_running()) {
        let is_here = holds(&about, block.span.start);
        if !is_here && !triggers.any_in(block.span) {
            continue;
        }
        for (at, text) in prose::sentences(reading.source.slice(block.span)) {
            let span = prose::trimmed(block.span, at, text);
            found.extend(sentence(text, is_here).into_iter().map(|kind| policy(kind, text, span)));
        }
    }
}

fn sentence(text: &str, is_here: bool) -> Vec<PolicyKind> {
    let words = prose::plain(text);
    let speaks = is_here || WORDS.iter().any(|word| prose::has_word(&words, word));
    let none = ["no", "none", "not", "never", "without", "no-store"];
    if !speaks || text.contains(['?', '[']) || none.iter().any(|it| prose::has_word(&words, it)) {
        return Vec::new();
    }
    let ttl_s = time_to_live(&words);
    let keys: Vec<String> = text.split('`').skip(1).step_by(2).filter_map(key).collect();
    if keys.is_empty() {
        return ttl_s.map(|_| PolicyKind::Cached { key: None, ttl_s }).into_iter().collect();
    }
    keys.into_iter().map(|key| PolicyKind::Cached { key: Some(key), ttl_s }).collect()
}

/// `| feature:{id} | 3600 s |` below a title that tells the time to live.
fn rows(reading: &Reading<'_>, table: &Table, found: &mut Vec<Policy>) {
    let Some(ttl) = table.column_with(&["ttl", "time to live", "expiry", "expiration"]) else {
        return;
    };
    for row in &table.view.rows {
        let mut cells = (0..row.cells.len()).filter_map(|at| reading.cell(row, Some(at)));
        let Some(key) = cells.find_map(|it| key(it.text.trim_matches('`'))) else {
            continue;
        };
        let ttl_s = reading.cell(row, Some(ttl)).and_then(|it| seconds(&it.text.to_lowercase()));
        let kind = PolicyKind::Cached { key: Some(key), ttl_s };
        found.push(policy(kind, &reading.row(row), row.span));
    }
}

/// `cache.set(f"feature:{id}", value, ttl=3600)`, `setex("feature:{id}", 3600, value)`.
fn code(reading: &Reading<'_>, content: Span, found: &mut Vec<Policy>) {
    for (start, line) in prose::lines(reading.source.slice(content), 0) {
        // A key stands in quotes, and it has a colon.
        let is_quoted = memchr::memchr3(b'"', b'\'', b'`', line.as_bytes()).is_some();
        if !is_quoted || memchr::memchr(b':', line.as_bytes()).is_none() {
            continue;
        }
        let span = prose::trimmed(content, start, line);
        let lower = prose::lower_case(line);
        if !lower.contains("cache") && !lower.contains("setex") && !lower.contains("redis") {
            continue;
        }
        let Some(key) = line.split(['"', '\'', '`']).skip(1).step_by(2).find_map(key) else {
            continue;
        };
        let named = ["ttl", "ex=", "expire", "timeout="];
        let ttl_s = named.iter().find_map(|word| {
            let rest = lower.get(lower.find(word)? + word.len()..)?;
            rest.split(',').next().and_then(seconds)
        });
        // The time stands behind the key without a name.
        let second = || lower.split_once("setex")?.1.split(',').nth(1).and_then(seconds);
        let ttl_s = ttl_s.or_else(second);
        found.push(policy(PolicyKind::Cached { key: Some(key), ttl_s }, line, span));
    }
}

fn policy(kind: PolicyKind, text: &str, span: Span) -> Policy {
    Policy { kind, text: Text { text: text.trim().to_owned(), span } }
}

/// `feature:{id}`: a name, and behind a colon what tells one entry from another.
fn key(text: &str) -> Option<String> {
    let text = text.trim();
    let (name, rest) = text.split_once(':')?;
    let is_name = name.starts_with(|it: char| it.is_ascii_lowercase())
        && name.chars().all(|it| it.is_ascii_alphanumeric() || matches!(it, '_' | '-'));
    let varies = ["{", "<", "$"].iter().any(|it| rest.starts_with(it)) || rest.starts_with(':');
    (is_name && varies && !text.contains(char::is_whitespace)).then(|| text.to_owned())
}

/// The first number with a unit that words tell as a time to live.
fn time_to_live(words: &str) -> Option<u32> {
    let after = |word: &&'static str| {
        let at = prose::find_word(words, word)?;
        let rest = words.get(at + word.len()..)?;
        // "for" alone needs its number at once, and a unit.
        let near = rest.trim_start_matches([' ', ':', '=', '(']);
        let bare = matches!(*word, "ttl" | "time to live");
        let near =
            if bare { near.trim_start_matches("of ").trim_start_matches("is ") } else { near };
        if !near.starts_with(|it: char| it.is_ascii_digit()) {
            return None;
        }
        with_unit(near).or_else(|| if bare { seconds(near) } else { None })
    };
    BEFORE.iter().find_map(after)
}

fn with_unit(text: &str) -> Option<u32> {
    let (number, rest) = prose::number(text)?;
    let unit = rest.trim_start_matches([' ', '-']);
    let end = unit.find(|it: char| !it.is_alphabetic()).unwrap_or(unit.len());
    let (unit, rest) = unit.split_at_checked(end)?;
    let (_, factor) = UNITS.iter().find(|(names, _)| names.contains(&unit))?;
    // "500 requests/s" and "60 s per call" are rates.
    let is_rate = rest.starts_with('/');
    u32::try_from(number).ok()?.checked_mul(*factor).filter(|it| *it > 0 && !is_rate)
}

/// A number of seconds, where no other unit follows.
fn seconds(text: &str) -> Option<u32> {
    let (number, rest) = prose::number(text)?;
    if let Some(told) = with_unit(text) {
        return Some(told);
    }
    let is_other = rest.trim_start().starts_with(|it: char| it.is_alphabetic());
    u32::try_from(number).ok().filter(|it| *it > 0 && !is_other)
}
