//! How long data is kept: rows of tables with a retention column, labels, and sentences such as
//! "exports are deleted after 7 days".

#[cfg(test)]
mod tests;

use groundplan_syntax::{Kind, Span};

use super::clues::Clue;
use super::topics::Topic;
use super::{Reading, Table, blocks, labels, prose};
use crate::document::Retention;

const PERIOD: [&str; 6] =
    ["retention", "retention period", "retention time", "kept for", "보존 기간", "보관 기간"];
const DATA: [&str; 9] =
    ["data type", "data", "log type", "type", "category", "table", "entity", "log", "데이터"];

pub(super) fn read(reading: &mut Reading<'_>) {
    let mut found = Vec::new();
    for table in &reading.tables {
        rows(reading, table, &mut found);
    }
    let triggers = reading.clues.of(Clue::Retention);
    if !triggers.is_empty() {
        texts(reading, &triggers, &mut found);
    }
    listed(reading, &mut found);
    found.sort_by_key(|it| it.span);
    reading.document.retention = found;
}

fn rows(reading: &Reading<'_>, table: &Table, found: &mut Vec<Retention>) {
    let Some(period) = table.column(&PERIOD) else { return };
    let data = table.column(&DATA).filter(|it| *it != period).unwrap_or(0);
    found.extend(table.view.rows.iter().filter_map(|row| {
        let data = reading.cell(row, Some(data))?.text;
        let period = reading.cell(row, Some(period))?.text;
        Some(Retention { data, days: days(&period), period, span: row.span })
    }));
}

fn texts(reading: &Reading<'_>, triggers: &prose::Triggers, found: &mut Vec<Retention>) {
    for block in reading.index.texts_at(triggers).filter(|it| it.is_running()) {
        let span = block.span;
        if memchr::memchr(b'?', reading.source.slice(span).as_bytes()).is_none() {
            found.extend(label(reading, span).or_else(|| sentence(reading, span)));
        }
    }
}

/// "- Backups: 90 days" under a heading about retention.
fn listed(reading: &Reading<'_>, found: &mut Vec<Retention>) {
    let tree = reading.tree;
    let blocks = reading.topics.blocks(Topic::Retention, &reading.index);
    let lists = blocks.into_iter().filter(|it| matches!(tree.kind(*it), Kind::List { .. }));
    for item in lists.flat_map(|list| tree.children(list)) {
        let Some(span) = blocks::lead(tree, item) else { continue };
        let Some(labelled) = labels::split(reading.source.slice(span)) else { continue };
        let period = labels::prose_text(labelled.rest);
        let is_period = period.starts_with(|c: char| c.is_ascii_digit());
        let is_new = !found.iter().any(|it| it.span == span);
        if let Some(days) = days(&period).filter(|_| is_period && is_new) {
            let data = labelled.label.to_owned();
            found.push(Retention { data, period, days: Some(days), span });
        }
    }
}

/// "Log retention: 30 days"; a bare "Retention" is about what its section is about.
fn label(reading: &Reading<'_>, span: Span) -> Option<Retention> {
    let labelled = labels::split(reading.source.slice(span))?;
    let name = labelled.label.to_ascii_lowercase();
    let at = prose::find_word(&name, "retention")?;
    let period = labels::prose_text(labelled.rest);
    let days = days(&period);
    // A label such as "Retention policy" with a sentence behind it states no period.
    if days.is_none() && period.split_whitespace().count() > 4 || labels::is_nothing(&period) {
        return None;
    }
    let before = labelled.label.get(..at)?.trim();
    let section = || reading.document.section_at(span.start).map(|it| it.title.text.clone());
    let data = if before.is_empty() { section().unwrap_or_default() } else { before.to_owned() };
    Some(Retention { data, period, days, span })
}

/// A sentence that says how long its data stays.
fn sentence(reading: &Reading<'_>, span: Span) -> Option<Retention> {
    let text = labels::prose_text(labels::unmarked(reading.source.slice(span)));
    let lower = text.to_ascii_lowercase();
    passive(&text, &lower, span).or_else(|| active(&text, &lower, span))
}

/// "Keep finished exports for 7 days", "Logs: keep for 30 days".
fn active(text: &str, lower: &str, span: Span) -> Option<Retention> {
    let at = prose::find_word(lower, "keep")?;
    let rest = text.get(at + "keep".len()..)?;
    let (object, period) = rest.split_once(" for ")?;
    let period = until_mark(period);
    let days = Some(days(&period).filter(|_| period.starts_with(|c: char| c.is_ascii_digit()))?);
    let before = text.get(..at)?.trim_end();
    let label = before.strip_suffix([':', '-', '—']).unwrap_or("").trim();
    let data = if object.trim().is_empty() { label } else { object.trim() };
    let is_name = !data.is_empty() && data.split_whitespace().count() <= 6;
    is_name.then(|| Retention { data: data.to_owned(), period, days, span })
}

/// The words up to the end of a clause.
fn until_mark(text: &str) -> String {
    let end = text.find(['.', ',', ';', '(', ')']).unwrap_or(text.len());
    text.get(..end).unwrap_or(text).trim().to_owned()
}

/// "finished exports are kept for 7 days": the words before the verb are the data.
fn passive(text: &str, lower: &str, span: Span) -> Option<Retention> {
    const VERBS: [&str; 9] = [
        "retained for",
        "kept for",
        "stored for",
        "deleted after",
        "purged after",
        "removed after",
        "expire after",
        "expires after",
        "older than",
    ];
    let (at, verb) = VERBS.iter().filter_map(|it| Some((prose::find(lower, it)?, it))).min()?;
    let goes = ["delete", "purge", "remove", "archive"];
    if *verb == "older than" && !goes.iter().any(|word| lower.contains(word)) {
        return None;
    }
    let period = text.get(at + verb.len()..)?.trim_start();
    let mut period = until_mark(period);
    if *verb == "older than" {
        let words: Vec<&str> = period.split_whitespace().take(2).collect();
        period = words.join(" ");
    }
    let days = Some(days(&period)?);
    let before = text.get(..at)?.trim_end();
    let clause = before.rsplit(['.', ';', ':', ',']).next()?.trim();
    let verbs = ["is", "are", "be", "automatically", "must", "should", "will"];
    let words = clause.split_whitespace().take_while(|word| !verbs.contains(word));
    let data = words.collect::<Vec<_>>().join(" ");
    (!data.is_empty()).then_some(Retention { data, period, days, span })
}

/// Days of `30 days`, `6 months`, `1 year`, `48 hours`; the first quantity counts.
pub(super) fn days(period: &str) -> Option<u32> {
    let (count, rest) = prose::number(period)?;
    let unit = rest.trim_start_matches([' ', '-', '+']).to_ascii_lowercase();
    let count = u32::try_from(count).ok()?;
    let begins = |words: &[&str]| words.iter().any(|word| unit.starts_with(word));
    let is_letter = unit.get(1..).is_none_or(|it| !it.starts_with(char::is_alphabetic));
    match () {
        () if begins(&["day", "일"]) || (is_letter && begins(&["d"])) => Some(count),
        () if begins(&["week", "wk"]) || (is_letter && begins(&["w"])) => count.checked_mul(7),
        () if begins(&["month", "mo", "개월"]) => count.checked_mul(30),
        () if begins(&["year", "yr", "년"]) || (is_letter && begins(&["y"])) => {
            count.checked_mul(365)
        }
        () if begins(&["hour", "hr"]) || (is_letter && begins(&["h"])) => {
            (count % 24 == 0).then_some(count / 24)
        }
        () => None,
    }
}
