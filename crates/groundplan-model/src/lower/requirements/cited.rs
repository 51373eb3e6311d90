//! Places that cite requirements: ids in running text, `_Requirements: 1.1, 2.3_`, "(requirement 6)",
//! and cells of tables that trace them.

use std::sync::LazyLock;

use groundplan_syntax::Span;

use super::super::clues::Clue;
use super::super::{Reading, Table, ids, once, scan};
use crate::document::{Requirement, Section, Text};

/// Titles of columns, and first cells of rows, that hold numbers of requirements.
const COLUMNS: [&str; 9] = [
    "requirement",
    "requirements",
    "req coverage",
    "requirement coverage",
    "requirement id",
    "要件",
    "要件カバレッジ",
    "要件id",
    "요구사항",
];

/// How many ids a range may stand for.
const RANGE: u32 = 100;

/// What a document cites.
#[derive(Default)]
pub(super) struct Cited {
    /// Ids that are cited and not defined here, each once.
    pub(super) ids: Vec<Text>,
    /// Ends of ranges: `FR-1` through `FR-5`.
    pub(super) ranges: Vec<(String, String)>,
    /// Every place that cites an id: own ones too, what lies within ranges, and ids whose prefix
    /// only another document may know.
    pub(super) places: Vec<Text>,
}

/// Parts of titles of sections that speak of what others define.
static TITLED: LazyLock<scan::Words> =
    LazyLock::new(|| scan::Words::new(&["dependenc", "related", "references", "traceability"]));

/// What is cited beside the definitions.
pub(super) fn references(
    reading: &Reading<'_>,
    defined: &[Requirement],
    prefixes: &[&str],
) -> Cited {
    let mut found = Cited::default();
    named(reading, prefixes, &mut found);
    listed(reading, &mut found);
    sentences(reading, &mut found);
    for table in &reading.tables {
        cells(reading, table, &mut found);
    }
    found.finish(defined)
}

impl Cited {
    fn add(&mut self, text: &str, span: Span) {
        self.ids.push(Text { text: text.to_owned(), span });
    }

    fn range(&mut self, first: &str, last: &str, span: Span) {
        self.ranges.push((first.to_owned(), last.to_owned()));
        self.places.extend(within(first, last).into_iter().map(|text| Text { text, span }));
    }

    /// Sorted, and the ids without those that are defined here, which are in order.
    fn finish(mut self, defined: &[Requirement]) -> Self {
        let is_place = |span: &Span| defined.binary_search_by_key(span, |it| it.id.span).is_ok();
        self.places.extend(self.ids.iter().cloned());
        self.places.retain(|it| !is_place(&it.span));
        self.places.sort_by_key(|it| it.span);
        self.ids.sort_by_key(|it| it.span);
        let mut own: Vec<&str> = defined.iter().map(|it| it.id.text.as_str()).collect();
        own.sort_unstable();
        self.ids.retain(|it| own.binary_search(&it.text.as_str()).is_err());
        once::keep_first(&mut self.ids, |it| &it.text);
        self
    }
}

/// The ids between `FR-023` and `FR-028`, or `1.1` and `1.4`, without both.
fn within(first: &str, last: &str) -> Vec<String> {
    let stem = first.trim_end_matches(|c: char| c.is_ascii_digit());
    let Some((from, to)) = first.strip_prefix(stem).zip(last.strip_prefix(stem)) else {
        return Vec::new();
    };
    let (Ok(low), Ok(high)) = (from.parse::<u32>(), to.parse::<u32>()) else { return Vec::new() };
    let (low, width) = (low.saturating_add(1), from.len());
    // What is longer is no range that anybody means.
    let high = if high.saturating_sub(low) < RANGE { high } else { low };
    (low..high).map(|it| format!("{stem}{it:0width$}")).collect()
}

/// Ids in running text.
fn named(reading: &Reading<'_>, prefixes: &[&str], found: &mut Cited) {
    let mut last: Option<(&str, Span)> = None;
    for id in ids::all(reading.text, 0) {
        let may_be_one = id.may_be_one();
        if !(id.is_known() || prefixes.contains(&id.prefix) && may_be_one) {
            let other = may_be_one.then(|| Text { text: id.text.to_owned(), span: id.span });
            found.places.extend(other);
            continue;
        }
        if let Some([first, end]) = ends(&id) {
            found.range(&first.text, &end.text, id.span);
            found.ids.extend([first, end]);
            last = None;
            continue;
        }
        if let Some((first, span)) = last.filter(|it| is_range(reading, it.1, id.span)) {
            found.range(first, id.text, Span { end: id.span.end, ..span });
        }
        found.add(id.text, id.span);
        last = Some((id.text, id.span));
    }
}

/// Whether only "through", a dash or their like stands between two ids.
fn is_range(reading: &Reading<'_>, first: Span, last: Span) -> bool {
    const JOINS: [&str; 8] = ["-", "–", "—", "..", "...", "…", "to", "through"];
    let between = reading.text.get(first.end as usize..last.start as usize).unwrap_or("");
    let word = between.trim_matches(|c: char| c.is_whitespace() || "*`[]()".contains(c));
    JOINS.contains(&word)
}

/// The ends of `FR-023-028`. Criteria are numbered so below their story, `AC-001-002`, and those
/// are no ranges.
fn ends(id: &ids::Id<'_>) -> Option<[Text; 2]> {
    let numbers = id.text.strip_prefix(id.prefix)?.strip_prefix('-')?;
    let (first, last) = numbers.split_once('-')?;
    let is_number = |it: &str| it.len() == 3 && it.bytes().all(|byte| byte.is_ascii_digit());
    let is_range = ["FR", "NFR", "SC"].contains(&id.prefix) && first < last;
    (is_range && is_number(first) && is_number(last)).then(|| {
        [first, last].map(|it| Text { text: format!("{}-{it}", id.prefix), span: id.span })
    })
}

/// The sections that speak of what others define. One that an id names speaks of its own: "US-2:
/// Traceability".
pub(super) fn elsewhere(reading: &Reading<'_>) -> Vec<Span> {
    let is_named = |it: &Section| ids::at_start(&it.title.text, 0).is_some_and(|id| id.is_known());
    let mut titled = reading.titles.with(&TITLED);
    titled.retain(|at| !reading.document.sections.get(*at).is_some_and(is_named));
    if titled.is_empty() {
        return Vec::new();
    }
    reading.stretches(|section| section.is_some_and(|(at, _)| titled.contains(&at)))
}

/// `_Requirements: 1.1, 2.3_` under a task.
fn listed(reading: &Reading<'_>, found: &mut Cited) {
    for start in reading.clues.places(Clue::Listed).iter().map(|it| it.end as usize) {
        let line = reading.text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or("");
        let list = line.split('_').next().unwrap_or("");
        numbers(list, start, found);
        // The mark of emphasis right behind the last id hides where it ends.
        let last = ids::all(list, start).into_iter().next_back().filter(ids::Id::is_known);
        let is_hidden = |last: &ids::Id<'_>| list.len() < line.len() && list.ends_with(last.text);
        if let Some(last) = last.filter(is_hidden) {
            found.add(last.text, last.span);
        }
    }
}

/// "(requirement 6.1)", 「要件6」.
fn sentences(reading: &Reading<'_>, found: &mut Cited) {
    for start in reading.clues.places(Clue::Requirements).iter().map(|it| it.end as usize) {
        let rest = reading.text.get(start..).unwrap_or("");
        let len = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let number = rest.get(..len).unwrap_or("").trim_end_matches('.');
        let after = rest.get(number.len()..).and_then(|it| it.chars().next());
        let ends = !after.is_some_and(|c| c.is_ascii_alphanumeric() || c == '%');
        // "requirement 2026" is a year.
        let short = number.split('.').all(|part| part.len() <= 2);
        if ends && short && is_number(number) {
            found.add(number, Span::new(start, start + number.len()));
        }
    }
}

/// `| Requirements | 1, 3, 7 |`, and columns of numbers.
fn cells(reading: &Reading<'_>, table: &Table, found: &mut Cited) {
    let is_one = |text: &str| COLUMNS.iter().any(|it| it.eq_ignore_ascii_case(text));
    let columns: Vec<usize> = (0..table.titles.len())
        .filter(|at| table.titles.get(*at).is_some_and(|it| is_one(it)))
        .collect();
    for row in &table.view.rows {
        let first = row.text(0, reading.tree, reading.text);
        let beside = is_one(&first).then_some(1);
        for column in columns.iter().copied().chain(beside) {
            let Some(cell) = row.cells.get(column) else { continue };
            let span = reading.tree.span(*cell);
            let text = reading.source.slice(span);
            let is_part = |c: char| c.is_ascii_digit() || ", .-–".contains(c);
            let only_numbers = text.chars().all(is_part);
            if only_numbers {
                numbers(text, span.start as usize, found);
            }
        }
    }
}

/// The numbers of a list such as `1.1, 2.3`, which begins at `base`, and ranges such as `1.1-1.4`.
fn numbers(list: &str, base: usize, found: &mut Cited) {
    const BETWEEN: [char; 5] = [',', ';', ' ', '-', '–'];
    let (mut start, mut first, mut in_id) = (base, None, false);
    for part in list.split_inclusive(BETWEEN) {
        let number = part.trim_end_matches(BETWEEN).trim_end_matches('.');
        let span = Span::new(start, start + number.len());
        // The `1` of `FR-1` is no number of its own.
        let is_tail = std::mem::replace(&mut in_id, part.ends_with('-') && !is_number(number));
        if is_number(number) && !is_tail {
            found.add(number, span);
            if let Some((first, from)) = first {
                found.range(first, number, Span { start: from, ..span });
            }
        }
        let goes_on = is_number(number) && !is_tail && part.ends_with(['-', '–']);
        first = goes_on.then_some((number, span.start));
        start += part.len();
    }
}

fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || c == '.')
}
