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

/// Which sections announce goals, each asked once.
pub(super) struct Goals(Vec<OnceCell<bool>>);

impl Goals {
    pub(super) fn of(reading: &Reading<'_>) -> Self {
        Self(vec![OnceCell::new(); reading.titles.len()])
    }

    /// Whether the title of the section at `at` announces goals.
    pub(super) fn are_in(&self, reading: &Reading<'_>, at: usize) -> bool {
        let told = self.0.get(at).zip(reading.titles.get(at));
        told.is_some_and(|(told, title)| *told.get_or_init(|| names_goals(title)))
    }
}

pub(super) fn read(reading: &Reading<'_>, goals: &Goals, found: &mut Vec<Target>) {
    let tree = reading.tree;
    let has_digit = |it: &Span| scan::next_digit(reading.source.slice(*it), 0).is_some();
    for list in reading.index.lists.iter().copied().filter(|it| has_digit(&tree.span(*it))) {
        let start = tree.span(list).start;
        let about = OnceCell::new();
        let about = || *about.get_or_init(|| self::about(reading, start));
        for span in tree.children(list).flat_map(|it| texts(reading, it)).filter(has_digit) {
            lines(reading, span, goals, about, found);
        }
    }
}

/// Whether the line before a list says that it holds shares: "Coverage by kind of test:". Or alerts:
/// "**Alerts:**", and the innermost heading.
fn about(reading: &Reading<'_>, list: u32) -> About {
    let above = reading.text.get(..list as usize).unwrap_or("").trim_end();
    let line = above.rsplit('\n').next().unwrap_or("").to_ascii_lowercase();
    let title = reading.title_at(list).unwrap_or("");
    let names_alerts = |text: &str| prose::has_part(text, &ALERTS);
    About {
        is_share: prose::has_part(&line, &SHARE),
        is_alert: names_alerts(&line) || names_alerts(title),
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
fn lines(
    reading: &Reading<'_>,
    span: Span,
    goals: &Goals,
    about: impl Fn() -> About,
    found: &mut Vec<Target>,
) {
    let mut at = span.start as usize;
    for text in reading.source.slice(span).split_inclusive('\n') {
        let start = at;
        at += text.len();
        if scan::next_digit(text, 0).is_none() {
            continue;
        }
        // Most lines have no number, and most numbers no unit: nothing is prepared for them.
        let bounds = quantity::bounds_without_windows(text.trim());
        let may_count = |it: &Bound| {
            it.unit != Unit::Count || it.comparator.is_some() || line::is_load(text.trim(), it)
        };
        if !bounds.iter().any(may_count) {
            continue;
        }
        let place = prose::trimmed(Span::at(start), 0, text);
        let text = text.trim();
        let lower = text.to_ascii_lowercase();
        let about = about();
        let is_goal = about.is_goal || is_goal(reading, goals, place.start);
        let line = Line { text, lower, span: place, is_goal, about };
        let kept = bounds.iter().filter(|bound| line.promises(bound));
        found.extend(kept.map(|bound| line::target(&line, bound)));
    }
}

/// Whether a heading above `offset` announces goals, or its section is about performance.
fn is_goal(reading: &Reading<'_>, goals: &Goals, offset: u32) -> bool {
    reading.sections_above(offset).any(|(at, section)| {
        // What a whole document is about is no list of goals.
        let is_about_speed = section.concept == Some(Concept::Performance) && section.level > 1;
        is_about_speed || goals.are_in(reading, at)
    })
}

/// Whether a heading (lower case) announces what is to be reached.
fn names_goals(title: &str) -> bool {
    let whole = topics::unnumbered(title).trim_end();
    matches!(whole, "goals" | "objectives") || GOALS.iter().any(|it| it.is_match(title))
}
