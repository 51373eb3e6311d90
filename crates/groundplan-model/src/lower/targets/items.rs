//! Targets in list items: "API response: < 200 ms", "Return within 100 ms", "Unit tests → 90%
//! coverage".

use std::cell::OnceCell;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use groundplan_syntax::{Kind, NodeId, Span};

use super::super::prose::Triggers;
use super::super::{Reading, blocks, prose, topics};
use super::line::{self, About, Line};
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

pub(super) fn read(
    reading: &Reading<'_>,
    goals: &Goals,
    numbers: &Triggers,
    found: &mut Vec<Target>,
) {
    let tree = reading.tree;
    let has_number = |it: &Span| numbers.any_in(*it);
    for list in reading.index.lists.iter().copied().filter(|it| has_number(&tree.span(*it))) {
        let start = tree.span(list).start;
        let above = OnceCell::new();
        let above = || above.get_or_init(|| Above::of(reading, start));
        let items = tree.children(list).filter(|it| has_number(&tree.span(*it)));
        let texts = items.flat_map(|it| texts(reading, it)).filter(has_number);
        for block in texts {
            let lines = prose::lines(reading.source.slice(block), block.start as usize);
            for (start, text) in lines.filter(|(start, text)| numbers.any_in_line(*start, text)) {
                let lead = reading.text.get(block.start as usize..start).unwrap_or("");
                line(reading, (start, lead), text, goals, above, found);
            }
        }
    }
}

/// What stands above a list.
struct Above<'a> {
    /// The line before it, in lower case.
    line: String,
    /// The innermost heading, in lower case.
    title: &'a str,
    /// Whether the line announces what is to be reached: "**Success Criteria:**".
    is_goal: bool,
}

impl<'a> Above<'a> {
    fn of(reading: &'a Reading<'_>, list: u32) -> Self {
        let text = reading.text.get(..list as usize).unwrap_or("").trim_end();
        let begin = memchr::memrchr(b'\n', text.as_bytes()).map_or(0, |at| at + 1);
        let line = text.get(begin..).unwrap_or("").to_ascii_lowercase();
        let title = reading.title_at(list).unwrap_or("");
        let is_goal = announces(&line);
        Self { line, title, is_goal }
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

/// A line of an item's text, which begins at `start` behind `lead`; `above` tells what stands above
/// its list.
fn line<'a>(
    reading: &'a Reading<'_>,
    (start, lead): (usize, &'a str),
    text: &'a str,
    goals: &Goals,
    above: impl Fn() -> &'a Above<'a>,
    found: &mut Vec<Target>,
) {
    let place = prose::trimmed(Span::at(start), 0, text);
    let text = text.trim();
    let bounds = quantity::bounds_without_windows(text);
    let may_count =
        |it: &Bound| it.unit != Unit::Count || it.comparator.is_some() || line::is_load(text, it);
    if !bounds.iter().any(may_count) {
        return;
    }
    let lower = text.to_ascii_lowercase();
    let above = above();
    let about = About { line: &above.line, title: above.title };
    let is_goal = above.is_goal || is_goal(reading, goals, place.start);
    let line = Line { text, lead, lower, span: place, is_goal, about };
    let kept = bounds.iter().filter(|bound| line.promises(bound));
    found.extend(kept.map(|bound| line::target(&line, bound)));
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
