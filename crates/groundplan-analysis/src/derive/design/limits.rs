//! Limits, sizes and times that the design states in its sentences: what becomes a constant.

#[cfg(test)]
mod tests;

use groundplan_model::document::Concept;
use groundplan_syntax::Span;

use super::{Design, sentences::Sentence};
use crate::derive::naming::{shouted, singular};

/// A number that the code has to hold to.
#[derive(Clone, Debug)]
pub(crate) struct Limit {
    /// A name for the constant, made of the sentence's own words.
    pub(crate) name: String,
    /// The number with its unit, as written.
    pub(crate) value: String,
    /// The sentence.
    pub(crate) words: String,
    pub(crate) span: Span,
}

/// Words that make a number a limit, and how a constant says it.
const KINDS: [(&str, &str); 33] = [
    ("timeout", "TIMEOUT"),
    ("time out", "TIMEOUT"),
    ("times out", "TIMEOUT"),
    ("default", "DEFAULT"),
    ("maximum", "MAXIMUM"),
    ("max", "MAXIMUM"),
    ("at most", "MAXIMUM"),
    ("no more than", "MAXIMUM"),
    ("up to", "MAXIMUM"),
    ("larger than", "MAXIMUM"),
    ("above", "MAXIMUM"),
    ("exceed", "MAXIMUM"),
    ("exceeds", "MAXIMUM"),
    ("minimum", "MINIMUM"),
    ("at least", "MINIMUM"),
    ("ttl", "TTL"),
    ("expires", "LIFETIME"),
    ("expire", "LIFETIME"),
    ("expiry", "LIFETIME"),
    ("live", "LIFETIME"),
    ("lives", "LIFETIME"),
    ("lifetime", "LIFETIME"),
    ("every", "INTERVAL"),
    ("interval", "INTERVAL"),
    ("poll", "INTERVAL"),
    ("batch", "BATCH"),
    ("batches", "BATCH"),
    ("retries", "RETRIES"),
    ("retry", "RETRIES"),
    ("attempts", "RETRIES"),
    ("backoff", "PAUSE"),
    ("pool", "POOL"),
    ("limit", "LIMIT"),
];

/// Units, and how a constant says them.
const UNITS: [(&str, &str); 27] = [
    ("ms", "MS"),
    ("milliseconds", "MS"),
    ("s", "S"),
    ("sec", "S"),
    ("second", "S"),
    ("seconds", "S"),
    ("min", "MINUTES"),
    ("minute", "MINUTES"),
    ("minutes", "MINUTES"),
    ("h", "HOURS"),
    ("hour", "HOURS"),
    ("hours", "HOURS"),
    ("day", "DAYS"),
    ("days", "DAYS"),
    ("bytes", "BYTES"),
    ("kb", "BYTES"),
    ("mb", "BYTES"),
    ("gb", "BYTES"),
    ("kib", "BYTES"),
    ("mib", "BYTES"),
    ("gib", "BYTES"),
    ("items", "ITEMS"),
    ("rows", "ROWS"),
    ("retries", "COUNT"),
    ("attempts", "COUNT"),
    ("connections", "CONNECTIONS"),
    ("workers", "WORKERS"),
];

/// Where sentences tell of the code and not of plans, proofs or history.
const WHERE: [Concept; 8] = [
    Concept::Architecture,
    Concept::DataModel,
    Concept::Api,
    Concept::Errors,
    Concept::Security,
    Concept::Performance,
    Concept::Rules,
    Concept::Deployment,
];

/// Titles of other parts that do.
const ALSO_UNDER: [&str; 6] = [
    "algorithm",
    "detailed design",
    "component",
    "configuration",
    "limit",
    "implementation detail",
];

/// Titles of parts there that tell of plans all the same.
const NOT_UNDER: [&str; 23] = [
    "capacity",
    "resource requirement",
    "load test",
    "expected load",
    "rollout",
    "rollback",
    "alternative",
    "decision",
    "opportunit",
    "scalab",
    "data flow",
    "performance requirement",
    "target",
    "traceab",
    "deployment plan",
    "deployment strategy",
    "deployment checklist",
    "migration",
    "impact",
    "retention",
    "test",
    "goal",
    "threat",
];

pub(crate) fn limits(design: &Design<'_>) -> Vec<Limit> {
    let mut found: Vec<Limit> = Vec::new();
    for sentence in design.sentences() {
        if !is_about_code(design, sentence.span.start) {
            continue;
        }
        for limit in of_sentence(&sentence) {
            match found.iter_mut().find(|it| it.name == limit.name) {
                // "1 s, 2 s and 4 s between": one constant with three values.
                Some(it) if it.span == limit.span && !it.value.contains(&limit.value) => {
                    it.value = format!("{}, {}", it.value, limit.value);
                }
                Some(_) => {}
                None => found.push(limit),
            }
        }
    }
    found
}

fn is_about_code(design: &Design<'_>, at: u32) -> bool {
    let holds = |it: &&groundplan_model::document::Section| {
        it.span.start <= at && at < it.span.end && it.level > 1
    };
    let titles = design.document.sections.iter().filter(holds);
    let titles: Vec<String> = titles.map(|it| it.title.text.to_lowercase()).collect();
    let has = |words: &[&str]| titles.iter().any(|it| words.iter().any(|word| it.contains(word)));
    (design.is_under(at, &WHERE) || has(&ALSO_UNDER)) && !has(&NOT_UNDER)
}

/// The numbers of a sentence that a limiting word goes with.
fn of_sentence(sentence: &Sentence) -> Vec<Limit> {
    let words: Vec<&str> = sentence.text.split_whitespace().collect();
    let mut found = Vec::new();
    for at in 0..words.len() {
        let Some((value, unit, len)) = number(&words, at) else { continue };
        let Some(kind) = kind(sentence, &words, at, unit.is_some()) else { continue };
        let subject = subject(sentence, &words, at, at + len);
        let parts = [subject.as_str(), kind, unit.unwrap_or("")];
        let name = parts.iter().filter(|it| !it.is_empty()).copied().collect::<Vec<_>>().join("_");
        let words = sentence.text.trim_end_matches(';').to_owned();
        found.push(Limit { name: shouted(&name), value, words, span: sentence.span });
    }
    found
}

/// The number at `at` with its unit: what is written, how a constant says the unit, and how many
/// words that takes. "Every second" is one, too.
fn number(words: &[&str], at: usize) -> Option<(String, Option<&'static str>, usize)> {
    let word = bare(words.get(at)?);
    let next = words.get(at + 1).map(|it| bare(it).to_lowercase());
    if word.eq_ignore_ascii_case("every") {
        let unit = unit(next.as_deref()?).filter(|it| !it.is_empty())?;
        let is_time = ["second", "minute", "hour", "day"].contains(&next.as_deref()?);
        return is_time.then(|| (format!("every {}", next.unwrap_or_default()), Some(unit), 2));
    }
    let digits = word.find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.' | '_'));
    let (number, glued) = word.split_at(digits.unwrap_or(word.len()));
    if !number.starts_with(|c: char| c.is_ascii_digit()) || number.ends_with(['.', ',']) {
        return None;
    }
    if !glued.is_empty() {
        return unit(&glued.to_lowercase()).map(|unit| (word.to_owned(), Some(unit), 1));
    }
    // "17, then" has a comma behind the number: what follows is no unit of it.
    let ends = words.get(at)?.ends_with([',', ';', ')']);
    match next.as_deref().filter(|_| !ends).and_then(unit) {
        Some(unit) => Some((format!("{number} {}", bare(words.get(at + 1)?)), Some(unit), 2)),
        None if !ends && words.get(at + 2).is_some_and(|it| bare(it) == "bytes") => {
            Some((format!("{number} {} bytes", bare(words.get(at + 1)?)), Some("BYTES"), 3))
        }
        None => Some((number.to_owned(), None, 1)),
    }
}

fn unit(word: &str) -> Option<&'static str> {
    UNITS.iter().find(|(name, _)| *name == word).map(|(_, unit)| *unit)
}

/// The limiting word that goes with the number at `at`: the nearest one before it, or the label's. A
/// number without a unit needs it right before.
fn kind(s: &Sentence, words: &[&str], at: usize, has_unit: bool) -> Option<&'static str> {
    let reach = if has_unit { 8 } else { 2 };
    let before: Vec<String> = words
        .get(at.saturating_sub(reach)..=at)?
        .iter()
        .map(|it| bare(it).to_lowercase())
        .collect();
    let before = format!(" {} ", before.join(" "));
    let in_text = |text: &str, kinds: &mut dyn Iterator<Item = &(&str, &'static str)>| {
        let places = kinds.filter_map(|(word, kind)| {
            text.rfind(&format!(" {word} ")).map(|place| (place, *kind))
        });
        places.max_by_key(|(place, _)| *place).map(|(_, kind)| kind)
    };
    let near = in_text(&before, &mut KINDS.iter());
    let after: Vec<String> =
        words.iter().skip(at + 1).take(7).map(|it| bare(it).to_lowercase()).collect();
    if has_unit && after.iter().any(|it| it == "between" || it == "apart") {
        return Some("PAUSE");
    }
    if has_unit && after.iter().take(4).any(|it| it == "live") {
        return Some("LIFETIME");
    }
    let label = || {
        let label = format!(" {} ", s.label.as_deref()?.to_lowercase());
        in_text(&label, &mut KINDS.iter().filter(|_| has_unit))
    };
    near.or_else(label).or_else(|| in_batches(words, at))
}

/// "batch of 10,000 rows" is found by the words before; "10,000 rows each time" is none.
fn in_batches(words: &[&str], at: usize) -> Option<&'static str> {
    let after = words.get(at + 1..)?.iter().take(3);
    let mut after = after.map(|it| bare(it).to_lowercase());
    after.any(|it| it == "retries" || it == "attempts").then_some("RETRIES")
}

/// What is limited: a name in backticks before the number, or the nearest nouns after it, or those
/// before it.
fn subject(sentence: &Sentence, words: &[&str], at: usize, end: usize) -> String {
    let before = words.get(..at).unwrap_or(&[]);
    let quoted = before.iter().rev().take(5).find(|it| it.contains('`'));
    if let Some(name) = quoted.map(|it| bare(it)).filter(|it| it.len() > 1 && is_name(it)) {
        return name.to_owned();
    }
    let mut nouns: Vec<String> = Vec::new();
    let ends =
        words.get(end.saturating_sub(1)).is_some_and(|it| it.ends_with([',', ';', '.', ')']));
    if !ends {
        let after = words.get(end..).unwrap_or(&[]).iter().take(6);
        let open = after.scan(false, |done, word| {
            let was = std::mem::replace(done, *done || word.ends_with([',', ';', '.', ')', ':']));
            (!was).then_some(*word)
        });
        nouns = open.filter_map(noun).take(2).collect();
    }
    if nouns.is_empty() {
        nouns = before.iter().rev().filter_map(|it| noun(it)).take(2).collect();
        nouns.reverse();
    }
    if nouns.is_empty() {
        nouns.extend(sentence.label.as_deref().and_then(noun));
    }
    nouns.join("_")
}

/// A word that can stand in a constant's name.
fn noun(word: &str) -> Option<String> {
    const EMPTY: [&str; 77] = [
        "repeated", "asked", "ahead", "old", "discard", "two", "three", "four", "five", "time",
        "times", "try", "tries", "further", "kept", "a", "an", "the", "of", "for", "to", "in",
        "on", "is", "are", "be", "and", "or", "with", "by", "at", "each", "every", "all", "any",
        "per", "that", "it", "its", "this", "one", "no", "not", "than", "larger", "more", "most",
        "least", "up", "after", "before", "between", "from", "as", "so", "which", "must", "may",
        "can", "will", "has", "have", "takes", "take", "when", "while", "then", "until", "within",
        "live", "lives", "refuse", "refused", "who", "below", "above", "them",
    ];
    let word = bare(word).to_lowercase();
    let is_word = word.len() > 2 && word.chars().all(|c| c.is_ascii_alphabetic() || c == '_');
    let is_kind =
        KINDS.iter().any(|(kind, _)| *kind == word) || unit(&word).is_some_and(|it| it.len() < 6);
    (is_word && !is_kind && !EMPTY.contains(&word.as_str())).then(|| singular(&word))
}

fn is_name(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
        && word.starts_with(|c: char| c.is_ascii_alphabetic())
}

fn bare(word: &str) -> &str {
    word.trim_matches([',', ';', ':', '.', '(', ')', '`', '*', '"', '\'', '~', '≤', '<', '>', '='])
}
