//! `**Key**: value`, `**Key:** value` and `Key: value` in paragraphs, list items and quotes.

#[cfg(test)]
mod tests;

use groundplan_syntax::{Kind, NodeId, Span};

use super::super::{Reading, blocks, labels, prose};
use crate::document::{HeaderField, Text};

/// Keys that count without bold type.
const PLAIN_KEYS: [&str; 14] = [
    "status",
    "date",
    "version",
    "author",
    "authors",
    "owner",
    "created",
    "updated",
    "last updated",
    "related prd",
    "prd",
    "deciders",
    "reviewers",
    "requirement",
];

/// The fields of one block and of the blocks inside it.
pub(in super::super) fn of(reading: &Reading<'_>, block: NodeId) -> Vec<HeaderField> {
    let tree = reading.tree;
    let mut found = Vec::new();
    let inner = std::iter::once(block).chain(tree.descendants(block));
    for node in inner {
        let span = match tree.kind(node) {
            Kind::Paragraph => tree.span(node),
            Kind::Item => match blocks::own_text(tree, node) {
                Some(span) => span,
                None => continue,
            },
            _ => continue,
        };
        lines(reading, span, &mut found);
    }
    found
}

/// Whether each item of a list is a key, not bold, and its value: "- Start Date: 2026-01-31".
pub(super) fn are_all(reading: &Reading<'_>, list: NodeId) -> bool {
    let tree = reading.tree;
    let has_two = tree.children(list).nth(1).is_some();
    let is_one = |item| {
        let text = blocks::own_text(tree, item).map(|span| reading.source.slice(span));
        text.is_some_and(|it| plain_key(it).is_some())
    };
    has_two && tree.children(list).all(is_one)
}

/// The fields of such a list.
pub(super) fn of_list(reading: &Reading<'_>, list: NodeId) -> Vec<HeaderField> {
    let tree = reading.tree;
    let texts = tree.children(list).filter_map(|item| blocks::own_text(tree, item));
    let fields = texts.filter_map(|span| {
        let text = reading.source.slice(span);
        let (start, line) = prose::lines(text, span.start as usize).next()?;
        field_of(line, start, |_| true)
    });
    fields.collect()
}

/// The key of "Start Date: 2026-01-31": a few words that begin with a capital.
fn plain_key(text: &str) -> Option<&str> {
    const LONGEST: usize = 30;
    let (key, _) = text.split_once(':')?;
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '/');
    let is_key = key.len() <= LONGEST && key.chars().all(is_part);
    (is_key && key.starts_with(char::is_uppercase)).then_some(key)
}

/// Reads the fields of running text, line by line. A line that is as long as lines are, or ends with a
/// comma, goes on in the next one.
fn lines(reading: &Reading<'_>, span: Span, found: &mut Vec<HeaderField>) {
    let mut goes_on = false;
    for (at, line) in prose::lines(reading.source.slice(span), span.start as usize) {
        let known = found.len();
        for (start, part) in parts(line) {
            found.extend(field(part, at + start));
        }
        let body = line.trim_start_matches(['>', ' ', '\t']).trim_end();
        if found.len() == known
            && let Some(last) = found.last_mut().filter(|_| goes_on)
        {
            let end = Span::at(at + line.trim_end().len()).end;
            last.value.text.push(' ');
            last.value.text.push_str(body.trim_end_matches(['*', '`']));
            (last.value.span.end, last.span.end) = (end, end);
        } else {
            // What follows a status tells of it, and is none.
            let is_status = found.last().is_some_and(|it| it.key.eq_ignore_ascii_case("status"));
            goes_on = found.len() > known && !is_status;
        }
        goes_on &= labels::is_wrapped(body) || body.ends_with(',');
    }
}

/// A line cut before each bold key, so that `**Status:** Draft | **Owner:** Web` gives two.
fn parts(line: &str) -> Vec<(usize, &str)> {
    if prose::find(line, "**").is_none() {
        return vec![(0, line)];
    }
    let marks = memchr::memmem::find_iter(line.as_bytes(), "**");
    let mut cuts: Vec<usize> =
        marks.filter(|at| is_bold_key(line.get(*at..).unwrap_or(""))).collect();
    if cuts.first() != Some(&0) {
        cuts.insert(0, 0);
    }
    let ends = cuts.iter().skip(1).copied().chain([line.len()]);
    let pairs = cuts.iter().copied().zip(ends);
    pairs.filter_map(|(from, to)| Some((from, line.get(from..to)?))).collect()
}

fn is_bold_key(text: &str) -> bool {
    let Some((key, rest)) = text.strip_prefix("**").and_then(|it| prose::split_once(it, "**"))
    else {
        return false;
    };
    // A space behind the stars closes bold type: "**Status:** Done. Verdict: **go**".
    let opens = key.starts_with(|c: char| !c.is_whitespace());
    opens && (key.trim_end().ends_with(':') || rest.trim_start().starts_with(':'))
}

fn field(part: &str, base: usize) -> Option<HeaderField> {
    field_of(part, base, |key| PLAIN_KEYS.iter().any(|it| key.eq_ignore_ascii_case(it)))
}

/// The field that `part` is; `is_known` judges keys that are not bold.
fn field_of(part: &str, base: usize, is_known: impl Fn(&str) -> bool) -> Option<HeaderField> {
    let lead = part.len() - part.trim_start_matches([' ', '\t', '>', '-', '|', '·']).len();
    let body = part.get(lead..)?;
    let (key, value_at) = if is_bold_key(body) {
        let close = 2 + body.get(2..)?.find("**")?;
        let after = body.get(close + 2..)?;
        let colon = after.len() - after.trim_start().trim_start_matches(':').len();
        (body.get(2..close)?, close + 2 + colon)
    } else {
        let colon = body.find(':')?;
        // "**Status: Done**": the whole line may be bold.
        let key = body.get(..colon)?.trim_start_matches('*');
        is_known(key.trim()).then_some((key, colon + 1))?
    };
    let rest = body.get(value_at..)?;
    let value = prose::trim(rest).trim_end_matches(['|', '·', '\\']).trim_end();
    let key = prose::trim(prose::trim(key).trim_end_matches(':'));
    let start = base + lead + value_at + (rest.len() - rest.trim_start().len());
    let place = Span::new(start, start + value.len());
    let text = value.trim_matches(|c| matches!(c, '*' | '`')).to_owned();
    let span = Span::new(base + lead, place.end as usize);
    Some(HeaderField { key: key.to_owned(), value: Text { text, span: place }, span })
}
