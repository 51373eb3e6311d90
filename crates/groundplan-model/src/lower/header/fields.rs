//! `**Key**: value`, `**Key:** value` and `Key: value` in paragraphs, list items and quotes.

use groundplan_syntax::{Kind, NodeId, Span};

use super::super::{Reading, blocks, prose};
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

/// Reads the fields of running text, line by line.
fn lines(reading: &Reading<'_>, span: Span, found: &mut Vec<HeaderField>) {
    for (at, line) in prose::lines(reading.source.slice(span), span.start as usize) {
        for (start, part) in parts(line) {
            found.extend(field(part, at + start));
        }
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
        let is_known = PLAIN_KEYS.iter().any(|it| key.trim().eq_ignore_ascii_case(it));
        is_known.then_some((key, colon + 1))?
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
