//! Numbers with comparison and unit: `<200ms`, "within 2 seconds", `1,000 RPS`, `90%+`, `3秒以内`.

use std::sync::LazyLock;

use super::super::phrases::Phrases;
use super::super::{prose, scan};
use super::comparators::{comparator_after, comparator_before, last_comparator};
use crate::document::{Comparator, Quantity, Text, Unit};

/// Unit words with their unit and factor, longer spellings first.
pub(super) const UNITS: &[(&str, Unit, f64)] = &[
    ("requests per second", Unit::PerSecond, 1.0),
    ("requests per minute", Unit::PerMinute, 1.0),
    ("errors per minute", Unit::PerMinute, 1.0),
    ("requests/second", Unit::PerSecond, 1.0),
    ("requests/minute", Unit::PerMinute, 1.0),
    ("milliseconds", Unit::Milliseconds, 1.0),
    ("requests/min", Unit::PerMinute, 1.0),
    ("requests/s", Unit::PerSecond, 1.0),
    ("per second", Unit::PerSecond, 1.0),
    ("per minute", Unit::PerMinute, 1.0),
    ("seconds", Unit::Milliseconds, 1_000.0),
    ("minutes", Unit::Milliseconds, 60_000.0),
    ("percent", Unit::Percent, 1.0),
    ("req/min", Unit::PerMinute, 1.0),
    ("/minute", Unit::PerMinute, 1.0),
    ("/second", Unit::PerSecond, 1.0),
    ("second", Unit::Milliseconds, 1_000.0),
    ("minute", Unit::Milliseconds, 60_000.0),
    ("ミリ秒", Unit::Milliseconds, 1.0),
    ("밀리초", Unit::Milliseconds, 1.0),
    ("req/s", Unit::PerSecond, 1.0),
    ("hours", Unit::Milliseconds, 3_600_000.0),
    ("hour", Unit::Milliseconds, 3_600_000.0),
    ("/min", Unit::PerMinute, 1.0),
    ("msec", Unit::Milliseconds, 1.0),
    ("rps", Unit::PerSecond, 1.0),
    ("qps", Unit::PerSecond, 1.0),
    ("sec", Unit::Milliseconds, 1_000.0),
    ("min", Unit::Milliseconds, 60_000.0),
    ("gib", Unit::Bytes, 1_073_741_824.0),
    ("mib", Unit::Bytes, 1_048_576.0),
    ("kib", Unit::Bytes, 1_024.0),
    ("秒", Unit::Milliseconds, 1_000.0),
    ("초", Unit::Milliseconds, 1_000.0),
    ("ms", Unit::Milliseconds, 1.0),
    ("µs", Unit::Milliseconds, 0.001),
    ("us", Unit::Milliseconds, 0.001),
    ("gb", Unit::Bytes, 1e9),
    ("mb", Unit::Bytes, 1e6),
    ("kb", Unit::Bytes, 1e3),
    ("/s", Unit::PerSecond, 1.0),
    ("s", Unit::Milliseconds, 1_000.0),
    ("%", Unit::Percent, 1.0),
];

static BY_UNIT: LazyLock<Phrases<(Unit, f64)>> = LazyLock::new(|| {
    Phrases::new(UNITS.iter().map(|(word, unit, factor)| (*word, (*unit, *factor))))
});

/// A number in running text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bound {
    /// Where the comparison begins, or the number where there is none.
    pub(super) start: usize,
    /// Where the unit and a comparison after it end.
    pub(super) end: usize,
    /// How it is compared; `None` where nothing beside it says so.
    pub(super) comparator: Option<Comparator>,
    /// The number, in `unit`.
    pub(super) value: f64,
    /// The unit; `Count` where there is none.
    pub(super) unit: Unit,
    /// What the number as written was multiplied by.
    pub(super) factor: f64,
    /// Whether it ends a range.
    pub(super) is_upper_end: bool,
}

impl Bound {
    /// The comparison where none is said.
    pub(super) fn unsaid(&self) -> Comparator {
        if self.is_upper_end { Comparator::AtMost } else { Comparator::Equal }
    }
}

/// The first bound in a cell; `None` where it has no number. A comparison may stand anywhere before
/// the number: "under load: 200 ms". A bare number before one that is compared counts nothing:
/// "since stage 2: > 5%".
pub(super) fn read(text: &Text) -> Option<Quantity> {
    let bounds = bounds_without_lower_ends(&text.text);
    let is_bare = |it: &&Bound| it.comparator.is_none() && it.unit == Unit::Count;
    let bare = bounds.iter().take_while(is_bare).count();
    let is_led = |it: &&Bound| {
        let first = text.text.get(it.start..).and_then(|it| it.chars().next());
        it.comparator.is_some() && !first.is_some_and(|c| c.is_ascii_digit())
    };
    let compared = bounds.get(bare).filter(is_led);
    let bound = *compared.or(bounds.first())?;
    let words = text.text.to_ascii_lowercase();
    let comparator = bound.comparator.or_else(|| last_comparator(words.get(..bound.start)?));
    let comparator = comparator.unwrap_or(bound.unsaid());
    let Bound { value, unit, factor, .. } = bound;
    Some(Quantity { comparator, value, unit, factor, raw: text.clone() })
}

/// Every number of `text` that is no part of a word, an id, a version or a date. Percentile names
/// such as `p95` are read over.
pub(super) fn bounds(text: &str) -> Vec<Bound> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = scan::next_digit(text, from) {
        let (digits, len) = digits(text.get(at..).unwrap_or(""));
        from = at + len;
        if let (Some(before), Some(after)) = (text.get(..at), text.get(at + digits.len()..))
            && stands_alone(before, after)
            && let Some(value) = number(digits)
        {
            found.push(bound(before, after, at + digits.len(), value));
        }
    }
    found
}

/// The digits that `text` begins with, points and commas between them, and how far the number reaches
/// with those behind it.
fn digits(text: &str) -> (&str, usize) {
    let is_part = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'.' | b',');
    let len = text.bytes().take_while(is_part).count();
    (text.get(..len).unwrap_or("").trim_end_matches(['.', ',']), len)
}

/// The value of `1,000.5`.
fn number(digits: &str) -> Option<f64> {
    if let Ok(whole) = digits.parse::<u32>() {
        return Some(f64::from(whole));
    }
    if digits.contains(',') { digits.replace(',', "").parse().ok() } else { digits.parse().ok() }
}

/// The bounds of `text` but those that only say when another one holds: "error rate > 5% for 5
/// minutes", "p95 > 2 s over 10 minutes", "< 500 ms under 100 RPS". Of a range, "100–200 ms", the
/// upper end is the bound of a time.
pub(super) fn bounds_without_windows(text: &str) -> Vec<Bound> {
    let mut found = bounds_without_lower_ends(text);
    let first = found.first().map_or(0, |it| it.start);
    found.retain(|it| it.start == first || !is_window(text, it) && !is_load(text, it));
    found
}

/// The bounds of `text`, those that begin a range left out.
fn bounds_without_lower_ends(text: &str) -> Vec<Bound> {
    let all = bounds(text);
    if all.len() < 2 {
        return all;
    }
    let uppers: Vec<usize> = all.windows(2).filter_map(|pair| upper_end(text, pair)).collect();
    let mut found: Vec<Bound> = Vec::with_capacity(all.len());
    for mut bound in all {
        if uppers.contains(&bound.start) {
            bound.is_upper_end = bound.unit == Unit::Milliseconds;
            found.pop();
        }
        found.push(bound);
    }
    found
}

/// Where the upper end of a range begins: that of "100–200 ms" and "60-90%". Ends of times may be
/// joined by "and".
fn upper_end(text: &str, pair: &[Bound]) -> Option<usize> {
    let [lower, upper] = pair else { return None };
    let between = text.get(lower.end..upper.start)?.trim();
    let is_time = upper.unit == Unit::Milliseconds;
    let is_range = matches!(between, "-" | "–" | "—" | "to" | "~" | "〜");
    let is_joined = is_range || is_time && between == "and";
    let is_alike = lower.unit == upper.unit || lower.unit == Unit::Count;
    let is_bare = lower.comparator.is_none() && upper.comparator.is_none();
    (is_joined && is_alike && is_bare && upper.unit != Unit::Count).then_some(upper.start)
}

/// `before` without the number that begins a range which ends right behind it: "reduce by 60-".
pub(super) fn without_lower_end(before: &str) -> &str {
    let body = before.trim_end().trim_end_matches(['-', '–', '—', '~', '〜']);
    if body.len() == before.trim_end().len() {
        return before;
    }
    let near = prose::tail(body);
    let ends = |it: &Bound| it.end == near.trim_end().len();
    let lower = bounds(near).into_iter().rfind(ends);
    lower.and_then(|it| body.get(..body.len() - near.len() + it.start)).unwrap_or(before)
}

/// Whether a rate is the load under which another bound holds.
fn is_load(text: &str, bound: &Bound) -> bool {
    let raw = text.get(bound.start..bound.end).unwrap_or("").trim_start();
    let before = text.get(..bound.start).unwrap_or("").trim_end();
    let is_rate = matches!(bound.unit, Unit::PerSecond | Unit::PerMinute);
    is_rate && (raw.starts_with("under ") || before.ends_with(" at") || before.ends_with(" with"))
}

fn is_window(text: &str, bound: &Bound) -> bool {
    const WORDS: [&str; 9] = [
        " for",
        " for more than",
        " for over",
        " for at least",
        " over",
        " over the last",
        " in the last",
        " during",
        " every",
    ];
    let is_long = bound.unit == Unit::Milliseconds && bound.factor >= 1_000.0;
    if !is_long {
        return false;
    }
    // The words of a comparison stand inside the bound: "over 5 minutes", "for at least 5 minutes".
    let number =
        text.get(bound.start..bound.end).and_then(|it| it.find(|c: char| c.is_ascii_digit()));
    let before = number.and_then(|at| text.get(..bound.start + at)).unwrap_or("");
    let before = before.trim_end().to_ascii_lowercase();
    WORDS.iter().any(|word| before.ends_with(word))
}

fn bound(before: &str, after: &str, number_end: usize, value: f64) -> Bound {
    let (scale, len) = scale(after);
    let (value, number_end) = (value * scale, number_end + len);
    let after = after.get(len..).unwrap_or("");
    let skip = usize::from(is_plus(after));
    let rest = after.get(skip..).unwrap_or("");
    let (unit, factor, len) = unit(rest);
    let rest = rest.get(len..).unwrap_or("");
    let plus = skip > 0 || is_plus(rest);
    // "100 GB+" and "25+ min" tell how large something is; "90%+" and "10+ users" are enough.
    let enough = plus && !matches!(unit, Unit::Milliseconds | Unit::Bytes);
    let (later, later_len) = comparator_after(rest).unzip();
    let (earlier, start) = comparator_before(before).unzip();
    Bound {
        start: start.unwrap_or(before.len()),
        end: number_end + skip + len + later_len.unwrap_or(usize::from(plus && skip == 0)),
        comparator: earlier.or(later).or(enough.then_some(Comparator::AtLeast)),
        factor,
        value: value * factor,
        unit,
        is_upper_end: false,
    }
}

/// What the letter right behind a number multiplies it by, and its length: "100K", "2M+".
fn scale(after: &str) -> (f64, usize) {
    let scale = match after.as_bytes().first() {
        Some(b'k' | b'K') => 1e3,
        Some(b'M') => 1e6,
        _ => return (1.0, 0),
    };
    let runs_on = after.as_bytes().get(1).is_some_and(u8::is_ascii_alphanumeric);
    if runs_on { (1.0, 0) } else { (scale, 1) }
}

/// Whether a `+` follows that adds nothing: that of "90%+", not that of "18+10".
fn is_plus(after: &str) -> bool {
    after.strip_prefix('+').is_some_and(|it| !it.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether a number is a number: no part of `p95`, `FR-1`, `#12`, `5xx`, "95th percentile".
fn stands_alone(before: &str, after: &str) -> bool {
    let mut back = before.chars().rev();
    let (last, second) = (back.next(), back.next());
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
    let joined = last == Some('-') && is_word(second) && !before.ends_with("sub-");
    let in_word = is_word(last) || matches!(last, Some('#' | '$' | '.'));
    !in_word && !joined && !after.starts_with("xx") && !after.starts_with("th ")
}

/// The unit after a number with its factor and how far it reaches.
fn unit(rest: &str) -> (Unit, f64, usize) {
    let body = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    // "A 3-second limit".
    let body = body.strip_prefix('-').filter(|it| it.starts_with(['s', 'm', 'h'])).unwrap_or(body);
    let lead = rest.len() - body.len();
    let found = BY_UNIT.beginning(body).find(|(word, _)| {
        let next = body.get(word.len()..).and_then(|it| it.chars().next());
        let is_word = word.ends_with(|c: char| c.is_ascii_alphabetic());
        !(is_word && next.is_some_and(|c| c.is_ascii_alphanumeric()))
    });
    let named = found.map(|(word, (unit, factor))| (*unit, *factor, lead + word.len()));
    let named = named.or_else(|| rate(body).map(|(unit, len)| (unit, 1.0, lead + len)));
    named.unwrap_or((Unit::Count, 1.0, 0))
}

/// The rate of what a word names, and how far it reaches: "messages/sec", "jobs per minute".
fn rate(body: &str) -> Option<(Unit, usize)> {
    const RATES: [(&str, Unit); 7] = [
        (" per second", Unit::PerSecond),
        (" per minute", Unit::PerMinute),
        ("/second", Unit::PerSecond),
        ("/minute", Unit::PerMinute),
        ("/sec", Unit::PerSecond),
        ("/min", Unit::PerMinute),
        ("/s", Unit::PerSecond),
    ];
    let len = body.find(|c: char| !c.is_ascii_alphabetic()).filter(|len| (3..=12).contains(len))?;
    let rest = body.get(len..).filter(|it| it.starts_with([' ', '/']))?;
    let (word, unit) = RATES.iter().find(|(word, _)| rest.starts_with(word))?;
    let next = rest.get(word.len()..).and_then(|it| it.chars().next());
    (!next.is_some_and(char::is_alphanumeric)).then_some((*unit, len + word.len()))
}
