//! Targets in list items: "API response: < 200 ms", "Return within 100 ms", "Unit tests → 90%
//! coverage".

use std::cell::OnceCell;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use groundplan_syntax::{Kind, NodeId, Span};

use super::super::{Reading, blocks, prose, scan, topics};
use super::line::{self, ALERTS, About, Line, SHARE};
use super::quantity::{self, Bound};
use crate::document::{Concept, Target, Unit};

/// Headings under which a number says when the work is good enough.
static GOALS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let words = [
        "success criteria",
        "success metrics",
        "measurable outcomes",
        "performance targets",
        "performance criteria",
        "key results",
        "quality gates",
        "service level",
    ];
    AhoCorasick::new(words).ok()
});

pub(super) fn read(reading: &Reading<'_>, found: &mut Vec<Target>) {
    let tree = reading.tree;
    let has_digit = |it: &Span| scan::any(reading.source.slice(*it), |byte| byte.is_ascii_digit());
    for list in reading.index.lists.iter().copied().filter(|it| has_digit(&tree.span(*it))) {
        let start = tree.span(list).start;
        let about = OnceCell::new();
        let about = || *about.get_or_init(|| self::about(reading, start));
        for span in tree.children(list).flat_map(|it| texts(reading, it)).filter(has_digit) {
            lines(reading, span, about, found);
        }
    }
}

/// Whether the line before a list says that it holds shares: "Coverage by kind of test:". Or alerts:
/// "**Alerts:**", and the innermost heading.
fn about(reading: &Reading<'_>, list: u32) -> About {
    let above = reading.text.get(..list as usize).unwrap_or("").trim_end();
    let line = above.rsplit('\n').next().unwrap_or("").to_ascii_lowercase();
    let section = reading.document.section_at(list);
    let title = section.map_or(String::new(), |it| it.title.text.to_ascii_lowercase());
    let names_alerts = |text: &str| ALERTS.iter().any(|word| text.contains(word));
    About {
        is_share: SHARE.iter().any(|word| line.contains(word)),
        is_alert: names_alerts(&line) || names_alerts(&title),
        is_goal: announces(&line),
    }
}

/// Whether a line (lower case) is a label of goals below it: "**Success Criteria:**".
fn announces(line: &str) -> bool {
    let line = line.trim();
    let body = line.trim_matches(['*', ':', ' ']);
    let is_label = line.starts_with("**") && line.ends_with([':', '*']);
    is_label && (body == "validation" || names_goals(body))
}

/// The running text of an item, without the lists inside it.
fn texts(reading: &Reading<'_>, item: NodeId) -> impl Iterator<Item = Span> {
    let tree = reading.tree;
    let paragraphs = tree.children(item).filter(|node| tree.kind(*node) == Kind::Paragraph);
    let own = blocks::own_text(tree, item).into_iter();
    own.chain(paragraphs.map(|node| tree.span(node)))
}

/// The lines of an item's text; `about` tells what is said of its list.
fn lines(reading: &Reading<'_>, span: Span, about: impl Fn() -> About, found: &mut Vec<Target>) {
    let mut at = span.start as usize;
    for text in reading.source.slice(span).split_inclusive('\n') {
        let place = prose::trimmed(Span::at(at), 0, text);
        at += text.len();
        // Most lines have no number, and most numbers no unit: nothing is prepared for them.
        let bounds = quantity::bounds_without_windows(text.trim());
        let may_count = |it: &Bound| {
            it.unit != Unit::Count || it.comparator.is_some() || line::is_load(text.trim(), it)
        };
        if !bounds.iter().any(may_count) {
            continue;
        }
        let text = text.trim();
        let lower = text.to_ascii_lowercase();
        let about = about();
        let is_goal = about.is_goal || is_goal(reading, place.start);
        let line = Line { text, lower, span: place, is_goal, about };
        let kept = bounds.iter().filter(|bound| line.promises(bound));
        found.extend(kept.map(|bound| line::target(&line, bound)));
    }
}

/// Whether a heading above `offset` announces goals, or its section is about performance.
fn is_goal(reading: &Reading<'_>, offset: u32) -> bool {
    let sections = reading.document.sections.iter();
    let mut above = sections.filter(|it| it.span.start <= offset && offset < it.span.end);
    above.any(|section| {
        let title = section.title.text.to_ascii_lowercase();
        // What a whole document is about is no list of goals.
        let is_about_speed = section.concept == Some(Concept::Performance) && section.level > 1;
        is_about_speed || names_goals(&title)
    })
}

/// Whether a heading (lower case) announces what is to be reached.
pub(super) fn names_goals(title: &str) -> bool {
    let whole = topics::unnumbered(title).trim_end();
    matches!(whole, "goals" | "objectives") || GOALS.iter().any(|it| it.is_match(title))
}
