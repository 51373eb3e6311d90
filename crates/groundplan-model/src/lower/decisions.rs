//! Decisions: rows of decision tables, tables of alternatives, records with options and an outcome,
//! and labels. One file a form.

mod labelled;
mod record;
mod tables;
#[cfg(test)]
mod tests;

use super::{Reading, labels};
use crate::document::Choice;

pub(super) fn read(reading: &mut Reading<'_>) {
    let mut found = tables::read(reading);
    found.extend(record::read(reading));
    found.extend(labelled::read(reading));
    found.sort_by_key(|it| it.span);
    found.dedup_by_key(|it| it.span);
    reading.document.decisions = found;
}

/// Whether words or signs say that an option was taken.
fn verdict(text: &str) -> Option<bool> {
    const TAKEN: [&str; 7] =
        ["chosen", "selected", "accepted", "adopted", "recommended", "yes", "approved"];
    const REJECTED: [&str; 8] = [
        "rejected",
        "not chosen",
        "not selected",
        "deferred",
        "future",
        "no",
        "discarded",
        "declined",
    ];
    let lower = text.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| super::prose::has_word(&lower, word));
    if text.contains(['❌', '✗', '🚫']) {
        return Some(false);
    }
    if text.contains(['✅', '✓', '✔']) {
        return Some(true);
    }
    if says(&REJECTED) {
        return Some(false);
    }
    says(&TAKEN).then_some(true)
}

/// A sign, or a remark in brackets: "(chosen)", "(rejected)".
fn verdict_of(text: &str) -> Option<bool> {
    let line = text.lines().next()?;
    let remark = line.rsplit_once('(').map_or("", |(_, remark)| remark);
    verdict(remark).or_else(|| {
        let signs: String = line.chars().filter(|c| matches!(c, '✅' | '❌')).collect();
        verdict(&signs)
    })
}

/// Names of options in one cell: "A, B (with c, d), C", "A vs B".
fn options(cell: &str, choice: &str) -> Vec<Choice> {
    let mut depth = 0_i32;
    let mut names = vec![String::new()];
    for c in cell.replace(" vs. ", ",").replace(" vs ", ",").replace(" / ", ",").chars() {
        depth += i32::from(c == '(') - i32::from(c == ')');
        match names.last_mut() {
            Some(name) if !(depth == 0 && matches!(c, ',' | ';')) => name.push(c),
            _ => names.push(String::new()),
        }
    }
    let names = names.iter().map(|name| labels::prose_text(name));
    let names = names.filter(|name| !labels::is_nothing(name));
    names.map(|name| Choice { chosen: Some(is_same(&name, choice)), name }).collect()
}

/// Whether an option's name and the words of the choice mean the same.
fn is_same(name: &str, choice: &str) -> bool {
    let (name, choice) = (name.to_lowercase(), choice.to_lowercase());
    let (name, choice) = (name.trim(), choice.trim());
    !choice.is_empty()
        && (super::prose::has_word(choice, name) || super::prose::has_word(name, choice))
}
