//! Targets in paragraphs and headings, where the words leave no doubt: "**Coverage target**: 90%",
//! "The service shall answer within 2 seconds", "### Unit tests (95%+ coverage)".

use groundplan_syntax::{Kind, Span};

use super::super::{Reading, prose};
use super::items::{self, About, Line, SHARE, SPEED, WANTED};
use super::quantity::{self, Bound};
use crate::document::{Target, Unit};

/// Words that oblige.
const MODALS: [&str; 2] = ["shall", "must"];

/// Words of labels behind which a compared number is to be met.
const MEASURED: [&str; 8] = [
    "acceptance",
    "constraint",
    "criteri",
    "metric",
    "requirement",
    "success",
    "test",
    "validation",
];

/// Words of labels whose numbers tell what is, was or will be spent.
const TOLD: [&str; 16] = [
    "actual",
    "baseline",
    "before",
    "cost",
    "current",
    "duration",
    "effort",
    "estimate",
    "impact",
    "problem",
    "progress",
    "rationale",
    "result",
    "savings",
    "status",
    "timeline",
];

pub(super) fn read(reading: &Reading<'_>, found: &mut Vec<Target>) {
    let tree = reading.tree;
    for node in tree.children(tree.root()) {
        match tree.kind(node) {
            Kind::Paragraph => paragraph(reading, tree.span(node), found),
            Kind::Heading(_) => {
                let says = |line: &Line<'_>, _: &Bound| {
                    (line.wants() || line.measures()) && !line.lower.contains("risk")
                };
                read_lines(reading, tree.span(node), says, found);
            }
            _ => {}
        }
    }
}

fn paragraph(reading: &Reading<'_>, span: Span, found: &mut Vec<Target>) {
    read_lines(reading, span, |line, bound| line.obliges(bound), found);
}

fn read_lines(
    reading: &Reading<'_>,
    span: Span,
    says: impl Fn(&Line<'_>, &Bound) -> bool,
    found: &mut Vec<Target>,
) {
    let mut at = span.start as usize;
    for text in reading.source.slice(span).split_inclusive('\n') {
        let place = prose::trimmed(Span::at(at), 0, text);
        at += text.len();
        let text = text.trim();
        let mut bounds = quantity::bounds_without_windows(text);
        bounds.retain(|it| it.unit != Unit::Count);
        if bounds.is_empty() {
            continue;
        }
        let is_goal = is_below_goals(reading, place.start);
        let about = About::default();
        let line = Line { text, lower: text.to_lowercase(), span: place, is_goal, about };
        let kept = bounds.iter().filter(|it| line.promises(it) && says(&line, it));
        found.extend(kept.map(|bound| items::target(&line, bound)));
    }
}

/// Whether a heading above announces goals. One about performance does not do here: its paragraphs
/// tell how fast things are.
fn is_below_goals(reading: &Reading<'_>, offset: u32) -> bool {
    let sections = reading.document.sections.iter();
    let mut above = sections.filter(|it| it.span.start < offset && offset < it.span.end);
    above.any(|it| items::names_goals(&it.title.text.to_lowercase()))
}

impl Line<'_> {
    /// Whether a line of a paragraph makes a number binding: by its section, by a word that obliges,
    /// or by a label that names what is wanted or measured.
    fn obliges(&self, bound: &Bound) -> bool {
        let label = self.label(bound);
        if TOLD.iter().any(|word| label.is_some_and(|it| it.contains(word))) {
            return false;
        }
        let compares = bound.comparator.is_some();
        let is_modal = MODALS.iter().any(|word| prose::has_word(&self.lower, word));
        let is_labelled = label.is_some_and(|label| {
            let says = |words: &[&str]| words.iter().any(|word| label.contains(word));
            says(&WANTED)
                || compares && (label == "then" || says(&MEASURED))
                || compares && (says(&SHARE) || says(&SPEED))
        });
        is_labelled || compares && (self.is_goal || is_modal || self.covers())
    }

    /// The bold words before a colon that a line begins with, where the bound stands behind them.
    fn label(&self, bound: &Bound) -> Option<&str> {
        let (label, _) = self.lower.strip_prefix("**")?.split_once("**")?;
        let ends = label.len() + 2;
        (ends <= bound.start).then_some(label)
    }

    /// Whether a share is one of coverage.
    fn covers(&self) -> bool {
        self.lower.contains("% coverage") || self.lower.contains("%+ coverage")
    }

    fn wants(&self) -> bool {
        WANTED.iter().any(|word| self.lower.contains(word))
    }

    fn measures(&self) -> bool {
        SHARE.iter().chain(&SPEED).any(|word| self.lower.contains(word))
    }
}
