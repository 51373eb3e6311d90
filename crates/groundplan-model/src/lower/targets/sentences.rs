//! Targets in paragraphs and headings, where the words leave no doubt: "**Coverage target**: 90%",
//! "The service shall answer within 2 seconds", "### Unit tests (95%+ coverage)".

use groundplan_syntax::{Kind, Span};

use super::super::prose::Triggers;
use super::super::{Reading, prose};
use super::items::Goals;
use super::line::{self, About, Line, SHARE, SPEED, WANTED};
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

pub(super) fn read(
    reading: &Reading<'_>,
    goals: &Goals,
    numbers: &Triggers,
    found: &mut Vec<Target>,
) {
    let tree = reading.tree;
    for node in tree.children(tree.root()) {
        let Some(reads) = reader(tree.kind(node)) else { continue };
        let span = tree.span(node);
        if !numbers.any_in(span) {
            continue;
        }
        let lines = prose::lines(reading.source.slice(span), span.start as usize);
        for (start, text) in lines.filter(|(start, text)| numbers.any_in_line(*start, text)) {
            let mut bounds = quantity::bounds_without_windows(text.trim());
            bounds.retain(|it| it.unit != Unit::Count);
            if !bounds.is_empty() {
                let place = prose::trimmed(Span::at(start), 0, text);
                let lead = reading.source.slice(Span { start: span.start, end: place.start });
                let line = Line { lead, ..line(reading, goals, text.trim(), place) };
                found.extend(reads(&line, &bounds));
            }
        }
    }
}

/// Which targets a line of a block states.
type Reads = fn(&Line<'_>, &[Bound]) -> Vec<Target>;

fn reader(kind: Kind) -> Option<Reads> {
    match kind {
        Kind::Paragraph => Some(paragraph),
        Kind::Heading(_) => Some(heading),
        _ => None,
    }
}

fn line<'a>(reading: &Reading<'_>, goals: &Goals, text: &'a str, span: Span) -> Line<'a> {
    let is_goal = is_below_goals(reading, goals, span.start);
    Line {
        text,
        lead: "",
        lower: text.to_ascii_lowercase(),
        span,
        is_goal,
        about: About::default(),
    }
}

fn paragraph(line: &Line<'_>, bounds: &[Bound]) -> Vec<Target> {
    let kept = bounds.iter().filter(|it| line.promises(it) && line.obliges(it));
    kept.map(|bound| line::target(line, bound)).collect()
}

/// What a heading says in brackets is no aside: "Unit tests (95% coverage)".
fn heading(line: &Line<'_>, bounds: &[Bound]) -> Vec<Target> {
    if !line.wants() && !line.measures() || line.lower.contains("risk") {
        return Vec::new();
    }
    let bare = bounds.iter().filter(|it| it.unit == Unit::Percent && line.is_of_share(it));
    let compared = bounds.iter().filter(|it| it.comparator.is_some() && line.promises(it));
    let mut kept: Vec<&Bound> = bare.chain(compared).collect();
    kept.sort_by_key(|it| it.start);
    kept.dedup_by_key(|it| it.start);
    kept.into_iter().map(|bound| line::target(line, bound)).collect()
}

/// Whether a heading above announces goals. One about performance does not do here: its paragraphs
/// tell how fast things are.
fn is_below_goals(reading: &Reading<'_>, goals: &Goals, offset: u32) -> bool {
    let mut above = reading.sections_above(offset).filter(|(_, it)| it.span.start < offset);
    above.any(|(at, _)| goals.are_in(reading, at))
}

impl Line<'_> {
    /// Whether a line of a paragraph makes a number binding: by its section, by a word that obliges,
    /// or by a label that names what is wanted or measured.
    fn obliges(&self, bound: &Bound) -> bool {
        let label = self.label(bound);
        if label.is_some_and(|it| prose::has_part(it, &TOLD)) {
            return false;
        }
        let compares = bound.comparator.is_some();
        let is_modal = || MODALS.iter().any(|word| prose::has_word(&self.lower, word));
        let is_labelled = label.is_some_and(|label| {
            let says = |words: &[&str]| prose::has_part(label, words);
            says(&WANTED)
                || compares && (label == "then" || says(&MEASURED))
                || compares && (says(&SHARE) || says(&SPEED))
        });
        is_labelled || compares && (self.is_goal || is_modal() || self.covers())
    }

    /// The bold words before a colon that a line begins with, where the bound stands behind them.
    fn label(&self, bound: &Bound) -> Option<&str> {
        let (label, _) = self.lower.strip_prefix("**")?.split_once("**")?;
        let ends = label.len() + 2;
        (ends <= bound.start).then_some(label)
    }

    /// Whether a share is one of coverage.
    fn covers(&self) -> bool {
        prose::has_part(&self.lower, &["% coverage", "%+ coverage"])
    }

    /// Whether one of [`SHARE`] follows a number.
    fn is_of_share(&self, bound: &Bound) -> bool {
        let after = self.lower.get(bound.end..).unwrap_or("").trim_start();
        SHARE.iter().any(|word| after.starts_with(word))
    }

    fn wants(&self) -> bool {
        prose::has_part(&self.lower, &WANTED)
    }

    fn measures(&self) -> bool {
        prose::has_part(&self.lower, &SHARE) || prose::has_part(&self.lower, &SPEED)
    }
}
