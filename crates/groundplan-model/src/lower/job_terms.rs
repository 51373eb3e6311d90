//! How work in the background is tried: sentences, rows of tables about jobs, and settings such as
//! `JOB_MAX_ATTEMPTS=5`.

#[cfg(test)]
mod tests;

use groundplan_syntax::{Row, Span};

use super::clues::Clue;
use super::{Reading, Table, prose};
use crate::document::{Concept, Text};

/// Where the same words tell what may come, what went wrong, or what is still to do.
const ELSEWHERE: &[Concept] = &[
    Concept::Risks,
    Concept::Plan,
    Concept::Checklist,
    Concept::Questions,
    Concept::Changes,
    Concept::References,
    Concept::Testing,
];

/// First columns of tables about work in the background.
const JOBS: [&str; 12] = [
    "job",
    "jobs",
    "job type",
    "job name",
    "background job",
    "queue",
    "queues",
    "queue name",
    "worker",
    "workers",
    "async task",
    "background task",
];

/// Words of columns, of settings and of sentences that say how it is tried.
const TRIES: [&str; 4] = ["retr", "attempt", "backoff", "back-off"];
const LIMITS: [&str; 7] =
    ["timeout", "time limit", "times out", "time out", "deadline", "may take", "may run"];

/// Words that name work in the background.
const WORK: [&str; 10] = [
    "job",
    "jobs",
    "queue",
    "queued",
    "worker",
    "workers",
    "background task",
    "background tasks",
    "background work",
    "async tasks",
];

/// Words that say how often, or how, where no digit does.
const COUNTS: [&str; 7] = ["once", "twice", "two", "three", "four", "five", "exponential"];

/// A sentence that is longer tells of something else, too.
const SENTENCE_BYTES: usize = 240;

/// Words of calls to others, of what is shown, and of what is not so.
const OTHERS: [&str; 16] = [
    "call",
    "calls",
    "client",
    "clients",
    "webhook",
    "webhooks",
    "endpoint",
    "connection",
    "login",
    "no",
    "not",
    "never",
    "manually",
    "user",
    "users",
    "button",
];

pub(super) fn read(reading: &mut Reading<'_>) {
    let triggers = reading.clues.of(Clue::JobTerms);
    if triggers.is_empty() {
        return;
    }
    let mut found = Vec::new();
    for table in &reading.tables {
        let rows =
            table.view.rows.iter().filter(|it| triggers.any_in(it.span) || is_of_jobs(table));
        found.extend(rows.filter_map(|row| of_row(reading, table, row)));
    }
    for block in reading.index.texts_at(&triggers).filter(|it| it.is_running()) {
        sentences(reading, block.span, &mut found);
    }
    for fence in reading.fences.iter().filter(|it| triggers.any_in(it.content)) {
        settings(reading, fence.content, &mut found);
    }
    found.retain(|it| !reading.is_under(it.span.start, ELSEWHERE));
    found.sort_by_key(|it| it.span);
    reading.document.job_terms = found;
}

fn sentences(reading: &Reading<'_>, block: Span, found: &mut Vec<Text>) {
    for (at, sentence) in prose::sentences(reading.source.slice(block)) {
        if sentence.len() > SENTENCE_BYTES || sentence.contains(['?', '[']) {
            continue;
        }
        let words = prose::plain(sentence);
        let says = prose::has_part(&words, &TRIES) || prose::has_part(&words, &LIMITS);
        let is_ours = || WORK.iter().any(|word| prose::has_word(&words, word));
        let is_others = || OTHERS.iter().any(|word| prose::has_word(&words, word));
        if says && is_ours() && has_figure(&words) && !is_others() {
            let span = prose::trimmed(block, at, sentence);
            found.push(Text { text: sentence.trim().to_owned(), span });
        }
    }
}

/// Whether a number stands there: `5`, `30s`, `twice`.
fn has_figure(words: &str) -> bool {
    let begins = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let mut parts = words.split(|c: char| !c.is_alphanumeric());
    parts.any(begins) || COUNTS.iter().any(|word| prose::has_word(words, word))
}

fn is_of_jobs(table: &Table) -> bool {
    table.titles.first().is_some_and(|it| JOBS.contains(&it.as_str()))
}

/// "Export: retries 5, timeout 10 min", of a row of a table about jobs; or of a setting's.
fn of_row(reading: &Reading<'_>, table: &Table, row: &Row) -> Option<Text> {
    let name = reading.cell(row, Some(0))?.text;
    if !is_of_jobs(table) {
        let value = table.column(&["default", "value", "default value", "example"])?;
        return setting(&name, &reading.cell(row, Some(value))?.text, row.span);
    }
    let says = |it: &(usize, &String)| {
        prose::has_part(it.1, &TRIES) || prose::has_part(it.1, &LIMITS) || it.1.contains("delay")
    };
    let columns = table.titles.iter().enumerate().skip(1).filter(says);
    let cell = |(at, title): (usize, &String)| {
        let said = reading.cell(row, Some(at))?.text;
        said.contains(|c: char| c.is_ascii_digit()).then(|| format!("{title} {said}"))
    };
    let cells: Vec<String> = columns.filter_map(cell).collect();
    let text = format!("{name}: {}", cells.join(", "));
    (!cells.is_empty()).then_some(Text { text, span: row.span })
}

/// Lines such as `JOB_TIMEOUT_SECONDS=300`.
fn settings(reading: &Reading<'_>, content: Span, found: &mut Vec<Text>) {
    let text = reading.source.slice(content);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let pair = line.split_once('=').or_else(|| line.split_once(':'));
        let Some((name, value)) = pair else { continue };
        found.extend(setting(name, value, prose::trimmed(content, start, line)));
    }
}

/// "job timeout 300 seconds", of `JOB_TIMEOUT_SECONDS` and `300`.
fn setting(name: &str, value: &str, span: Span) -> Option<Text> {
    let name = name.trim().trim_start_matches("export ").trim_matches(['`', '"', '-', ' ']);
    let is_part = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    if !name.chars().all(is_part) {
        return None;
    }
    let lower = name.to_ascii_lowercase();
    let mut parts: Vec<&str> = lower.split('_').collect();
    let is_ours = parts.iter().any(|it| matches!(*it, "job" | "jobs" | "queue" | "worker"));
    let says = prose::has_part(&lower, &["retr", "attempt", "backoff", "timeout"]);
    if !is_ours || !says {
        return None;
    }
    let value = value.trim().trim_matches(['`', '"', '\'']);
    let value =
        value.split([' ', '#']).next().filter(|it| it.starts_with(|c: char| c.is_ascii_digit()))?;
    let unit = parts
        .last()
        .filter(|it| matches!(**it, "ms" | "s" | "sec" | "secs" | "seconds" | "minutes"))
        .copied();
    parts.truncate(parts.len() - usize::from(unit.is_some()));
    let text = format!("{} {value} {}", parts.join(" "), unit.unwrap_or_default());
    Some(Text { text: text.trim_end().to_owned(), span })
}
