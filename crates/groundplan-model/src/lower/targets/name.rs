//! What a bound of a line is on, in the words of the line.

use groundplan_syntax::Span;

use super::super::{labels, prose};
use super::line::Line;
use super::quantity::{self, Bound};
use crate::document::{Text, Unit};

/// Labels that say what a sentence is for, not what it is about: "**Acceptance:** Answers in < 2 s".
const ROLES: [&str; 14] = [
    "acceptance",
    "acceptance criteria",
    "acceptance criterion",
    "criterion",
    "description",
    "expected",
    "given",
    "goal",
    "note",
    "success criteria",
    "target",
    "then",
    "validation",
    "verify",
];

/// Words that lead to what follows them, and end no name.
const LEADS: [&str; 23] = [
    "a", "an", "and", "are", "at", "be", "for", "from", "in", "is", "of", "on", "or", "than",
    "that", "the", "to", "under", "with", "within", "must", "shall", "should",
];

/// What is measured by a share, as it follows the number: "Unit tests (95% coverage)".
const SHARES: [&str; 4] = ["coverage", "accuracy", "availability", "uptime"];

/// Where the words end that follow a number.
const ENDS: [char; 7] = ['(', ')', ':', ';', '.', '→', '—'];

/// The words before the bound; those behind it where nothing stands before it, or those of the line
/// above that runs on.
pub(super) fn of(line: &Line<'_>, bound: &Bound) -> Text {
    let start = line.span.start as usize;
    let before = line.text.get(..bound.start).unwrap_or("");
    let behind = line.text.get(bound.end..).unwrap_or("");
    let noun = noun(behind);
    let text = |words: &str, offset: usize| {
        let span = Span::new(start + offset, start + offset + words.len());
        Text { text: plain(words), span }
    };
    let is_with = bound.unit == Unit::Percent && before.trim_end().ends_with(" with");
    let is_next = is_with || follows_another(before);
    if let Some((offset, words)) = noun.filter(|_| is_next) {
        return text(words, bound.end + offset);
    }
    let (offset, words) = own(before);
    let mut name: Text = text(words, offset);
    if name.text.is_empty() {
        let above = line.lead.lines().next_back().map(|it| plain(own(it).1));
        let above = above.filter(|it| !it.is_empty());
        // A time is that of something; "95% of the calls" names it.
        return match (above, noun) {
            (Some(words), _) if bound.unit == Unit::Milliseconds => Text { text: words, ..name },
            (_, Some((offset, words))) => text(words, bound.end + offset),
            (Some(words), None) => Text { text: words, ..name },
            (None, None) => name,
        };
    }
    let share = SHARES.iter().find(|it| noun.is_some_and(|(_, words)| words.starts_with(**it)));
    if let Some(share) = share.filter(|_| bound.unit == Unit::Percent)
        && !name.text.to_lowercase().contains(share)
    {
        name.text = format!("{} {share}", name.text);
    }
    name
}

/// The words that name something in what stands before a number, and where they begin.
fn own(before: &str) -> (usize, &str) {
    let before = quantity::without_lower_end(before);
    let words = match before.split_once(':') {
        Some((label, rest)) if is_role(label) && !plain(rest).is_empty() => rest,
        Some((label, _)) => label,
        None => before,
    };
    let bare = labels::unsigned(words);
    let offset = before.find(words).unwrap_or(0) + words.len() - bare.len();
    // "Answers in < 100 ms with an index, < 1 s without one".
    let is_bound = |it: &&Bound| it.comparator.is_some() && it.unit != Unit::Count;
    let first = quantity::bounds(prose::head(bare)).iter().find(is_bound).map(|it| it.start);
    (offset, first.filter(|at| *at > 0).and_then(|at| bare.get(..at)).unwrap_or(bare))
}

fn is_role(label: &str) -> bool {
    let label = plain(labels::unsigned(label)).to_lowercase();
    ROLES.contains(&label.as_str())
}

/// The name that follows a number, and where it begins in what follows.
fn noun(behind: &str) -> Option<(usize, &str)> {
    let words = behind.trim_start_matches(['*', ':', '%', '+', ' ']);
    let words = ["of ", "for "].iter().find_map(|it| words.strip_prefix(it)).unwrap_or(words);
    let end = words.find(ENDS).unwrap_or(words.len());
    let mut words = words.get(..end)?;
    // Behind a comma another bound may follow.
    if let Some((first, rest)) = words.split_once(',')
        && rest.contains(|c: char| c.is_ascii_digit())
    {
        words = first;
    }
    let first = words.split_whitespace().next()?;
    let is_name = first.starts_with(|c: char| c.is_alphanumeric() || c == '`');
    let offset = behind.find(words)?;
    (is_name && !LEADS.contains(&first.to_lowercase().as_str())).then_some((offset, words))
}

/// Whether another bound stands before, and nothing but what joins the next one to its name:
/// "≥ 90% recall, ≤ 10% of false alarms".
fn follows_another(before: &str) -> bool {
    let words = prose::tail(before).trim_end();
    let joins = words.ends_with([',', ';']) || words.ends_with(" and");
    joins
        && !before.contains(':')
        && quantity::bounds(words).iter().any(|it| it.comparator.is_some())
}

/// Words without markup, and without what leads to what follows them.
fn plain(words: &str) -> String {
    const EDGES: [char; 15] =
        ['*', ' ', '(', '[', ']', ',', '#', '-', '–', '—', '|', '~', '→', '=', ':'];
    let clean = words.replace("**", "").replace('`', "");
    let mut rest = clean.trim_matches(EDGES);
    rest = rest.strip_prefix("Then ").unwrap_or(rest);
    while let Some((shorter, _)) = rest.rsplit_once(' ').filter(|it| LEADS.contains(&it.1)) {
        rest = shorter.trim_end_matches(EDGES);
    }
    if LEADS.contains(&rest) {
        rest = "";
    }
    rest.to_owned()
}
