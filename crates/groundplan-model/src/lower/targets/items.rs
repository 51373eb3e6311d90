//! Targets in list items: "API response: < 200 ms", "Return within 100 ms", "Unit tests → 90%
//! coverage".

use groundplan_syntax::Span;

use super::super::index::Item;
use super::super::{Reading, prose, scan};
use super::quantity::{self, Bound};
use super::{certainty, metric, quantity_of};
use crate::document::{Comparator, Concept, Target, TargetRole, Text, Unit};

/// Words that make a bare time or rate a promise: "p95 latency 2 s", "Load test: 1000 req/min".
const SPEED: [&str; 14] = [
    "latency",
    "response time",
    "throughput",
    "performance",
    "load test",
    "stability",
    "p50",
    "p95",
    "p99",
    "スループット",
    "レイテンシ",
    "パフォーマンス",
    "負荷テスト",
    "성능",
];

/// Words that make a bare percentage a promise.
const SHARE: [&str; 8] = [
    "coverage",
    "pass rate",
    "success rate",
    "accuracy",
    "availability",
    "uptime",
    "カバレッジ",
    "커버리지",
];

/// Headings under which a number says when the work is good enough.
const GOALS: [&str; 8] = [
    "success criteria",
    "success metrics",
    "measurable outcomes",
    "performance targets",
    "performance criteria",
    "key results",
    "quality gates",
    "service level",
];

/// Words that make a share in brackets one that is wanted.
const WANTED: [&str; 3] = ["target", "threshold", "goal"];

/// Words of an item that tells when somebody is told.
const ALERTS: [&str; 3] = ["alert", "アラート", "알림"];

/// A line of an item.
struct Line<'a> {
    reading: &'a Reading<'a>,
    item: Item,
    text: &'a str,
    lower: String,
    span: Span,
}

pub(super) fn read(reading: &Reading<'_>, found: &mut Vec<Target>) {
    let tree = reading.tree;
    let has_digit = |it: &Span| scan::any(reading.source.slice(*it), |byte| byte.is_ascii_digit());
    for item in &reading.index.items {
        for span in item.texts(tree).filter(has_digit) {
            lines(reading, *item, span, found);
        }
    }
}

/// Whether the line before the list of `item` says that it holds shares: "Coverage by kind of test:".
fn leads_in(reading: &Reading<'_>, item: Item) -> bool {
    let span = reading.tree.span(item.node);
    let mut lists = reading.index.lists.iter().rev().map(|list| reading.tree.span(*list));
    let list = lists.find(|list| list.contains(span)).unwrap_or(span);
    let above = reading.text.get(..list.start as usize).unwrap_or("").trim_end();
    let line = above.rsplit('\n').next().unwrap_or("").to_lowercase();
    SHARE.iter().any(|word| line.contains(word))
}

fn lines(reading: &Reading<'_>, item: Item, span: Span, found: &mut Vec<Target>) {
    let mut at = span.start as usize;
    for text in reading.source.slice(span).split_inclusive('\n') {
        let place = prose::trimmed(Span::at(at), 0, text);
        at += text.len();
        // Most lines have no number, and most numbers no unit: nothing is prepared for them.
        let bounds = quantity::bounds(text.trim());
        let may_count = |it: &Bound| it.unit != Unit::Count || it.comparator.is_some();
        if !bounds.iter().any(may_count) {
            continue;
        }
        let text = text.trim();
        let lower = text.to_lowercase();
        let line = Line { reading, item, text, lower, span: place };
        let kept = bounds.iter().filter(|bound| line.promises(bound));
        found.extend(kept.map(|bound| target(&line, bound)));
    }
}

impl Line<'_> {
    /// Whether a number is something to be reached.
    fn promises(&self, bound: &Bound) -> bool {
        let says = |words: &[&str]| words.iter().any(|word| self.lower.contains(word));
        if self.is_given() || bound.comparator.is_none() && self.describes(bound) {
            return false;
        }
        match (bound.comparator, bound.unit) {
            (Some(Comparator::AtLeast), Unit::Count) => self.is_goal(),
            (_, Unit::Count) => false,
            (Some(_), _) => true,
            (None, Unit::Percent) => {
                says(&SHARE) || self.is_goal() || leads_in(self.reading, self.item)
            }
            (None, Unit::Bytes) => false,
            (None, _) => says(&SPEED),
        }
    }

    /// Whether a heading above it is one of [`GOALS`], or its section is about performance.
    fn is_goal(&self) -> bool {
        let offset = self.span.start;
        let sections = self.reading.document.sections.iter();
        let mut above = sections.filter(|it| it.span.start <= offset && offset < it.span.end);
        self.reading.is_under(offset, &[Concept::Performance])
            || above.any(|section| {
                let title = section.title.text.to_lowercase();
                GOALS.iter().any(|words| title.contains(words))
            })
    }

    /// Whether it is what a scenario starts from.
    fn is_given(&self) -> bool {
        let words = self.lower.trim_start_matches(['*', '_', ' ']);
        words.starts_with("given") && !words.contains("then")
    }

    /// Whether a number tells what is, not what shall be: an estimate, or a share in brackets as
    /// in "(150 lines, 90% coverage)".
    fn describes(&self, bound: &Bound) -> bool {
        let before = self.text.get(..bound.start).unwrap_or("");
        let in_brackets = before.rfind('(') > before.rfind(')');
        let is_wanted = WANTED.iter().any(|word| self.lower.contains(word));
        before.ends_with('~') || bound.unit == Unit::Percent && in_brackets && !is_wanted
    }
}

fn target(line: &Line<'_>, bound: &Bound) -> Target {
    let before = line.text.get(..bound.start).unwrap_or("");
    let name = before.split_once(':').map_or(before, |(name, _)| name);
    let role = match ALERTS.iter().any(|word| line.lower.contains(word)) {
        true => TargetRole::Alert,
        false => TargetRole::Goal,
    };
    let start = line.span.start as usize;
    let name = text(name, start);
    let raw = text(line.text.get(bound.start..bound.end).unwrap_or(""), start + bound.start);
    let own = name.text.to_lowercase();
    let kind = metric::metric(&own).or_else(|| metric::metric(&line.lower));
    Target {
        role,
        metric: kind.unwrap_or_else(|| metric::other(&name.text)),
        percentile: metric::percentile(&line.lower),
        name,
        quantity: Some(quantity_of(bound, raw)),
        statement: line.span,
        certainty: certainty(bound),
    }
}

/// `text`, which begins at `at`, without markup at its ends.
fn text(text: &str, at: usize) -> Text {
    let clean = text.trim().trim_matches(['*', '`', ' ', '(', '[', ']', ',']).to_owned();
    Text { text: clean, span: Span::new(at, at + text.trim_end().len()) }
}
