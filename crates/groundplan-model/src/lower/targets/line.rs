//! Which numbers of a line are to be reached, and what they are a target of.

use std::cell::LazyCell;

use groundplan_syntax::Span;

use super::super::prose;
use super::quantity::{self, Bound};
use super::{certainty, metric, name, quantity_of};
use crate::document::{Comparator, Target, TargetRole, Text, Unit};

/// Words that make a bare time or rate a promise: "p95 latency 2 s", "Load test: 1000 req/min".
pub(super) const SPEED: [&str; 14] = [
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
pub(super) const SHARE: [&str; 9] = [
    "coverage",
    "critical path",
    "pass rate",
    "success rate",
    "accuracy",
    "availability",
    "uptime",
    "カバレッジ",
    "커버리지",
];

/// Words of an item that sets the scene of a test.
const STAGED: [&str; 2] = ["mock", "simulat"];

/// Words behind a time that is a setting.
const SETTINGS: [&str; 5] = ["ttl", "timeout", "cache", "interval", "delay"];

/// Words by whose share something is to change: "Reduce the length by 50%".
const CHANGE: [&str; 17] = [
    "reduce",
    "reduces",
    "reduced",
    "decrease",
    "decreases",
    "decreased",
    "cut",
    "cuts",
    "lower",
    "lowers",
    "lowered",
    "increase",
    "increases",
    "increased",
    "improve",
    "improves",
    "improved",
];

/// Words that make a share in brackets one that is wanted.
pub(super) const WANTED: [&str; 3] = ["target", "threshold", "goal"];

/// Words of an item that tells when somebody is told.
pub(super) const ALERTS: [&str; 3] = ["alert", "アラート", "알림"];

/// Words behind a number of what happens at once.
pub(super) const LOADS: [&str; 2] = ["concurrent", "simultaneous"];

/// A line of an item, of a paragraph, or a heading.
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    /// The lines of its block above it.
    pub(super) lead: &'a str,
    pub(super) lower: String,
    pub(super) span: Span,
    /// Whether it stands under a heading that announces goals.
    pub(super) is_goal: bool,
    pub(super) about: About<'a>,
}

/// What the line above a list, and the heading above it, say of its items; both in lower case.
#[derive(Clone, Copy, Default)]
pub(super) struct About<'a> {
    pub(super) line: &'a str,
    pub(super) title: &'a str,
}

impl About<'_> {
    /// Whether the line says one of [`SHARE`].
    fn is_share(self) -> bool {
        prose::has_part(self.line, &SHARE)
    }

    /// Whether one of both says one of [`ALERTS`].
    fn is_alert(self) -> bool {
        prose::has_part(self.line, &ALERTS) || prose::has_part(self.title, &ALERTS)
    }
}

/// Whether a number counts what happens at once: "1000 concurrent users".
pub(super) fn is_load(text: &str, bound: &Bound) -> bool {
    let after = text.get(bound.end..).unwrap_or("").trim_start_matches([' ', '*']);
    let begins =
        |word: &&str| after.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    bound.unit == Unit::Count && LOADS.iter().any(begins)
}

impl Line<'_> {
    /// Whether a number is something to be reached.
    pub(super) fn promises(&self, bound: &Bound) -> bool {
        let says = |words: &[&str]| prose::has_part(&self.lower, words);
        let is_bare = bound.unit == Unit::Count && bound.comparator != Some(Comparator::AtLeast);
        if is_bare && !is_load(self.text, bound)
            || self.is_given()
            || self.is_asked(bound)
            || self.is_unfilled(bound)
            || self.is_left(bound)
            || bound.comparator.is_none() && self.describes(bound)
        {
            return false;
        }
        match (bound.comparator, bound.unit) {
            (Some(Comparator::AtLeast), Unit::Count) if is_load(self.text, bound) => true,
            (None, Unit::Count) if is_load(self.text, bound) => self.is_goal,
            (Some(Comparator::AtLeast), Unit::Count) => {
                let is_aside = self.in_brackets(bound) || self.is_condition(bound);
                self.is_goal && !self.versions(bound) && !is_aside
            }
            (_, Unit::Count) => false,
            // "Compress files > 1 MB" tells which ones.
            (Some(Comparator::Greater | Comparator::AtLeast), Unit::Bytes) => self.is_goal,
            (Some(_), _) => true,
            (None, _) if self.is_wanted(bound) => true,
            (None, Unit::Percent) => {
                self.is_goal || self.about.is_share() || says(&SHARE) || self.changes_by(bound)
            }
            (None, Unit::PerSecond | Unit::PerMinute) if self.is_goal => true,
            (None, Unit::Bytes) => false,
            // What takes hours is work, not an answer.
            (None, _) => bound.factor < 3_600_000.0 && says(&SPEED) && !self.is_set(bound),
        }
    }

    /// Whether a number is the example of a place to fill in: "[Metric, e.g. 99% of requests]",
    /// "<80%>".
    fn is_unfilled(&self, bound: &Bound) -> bool {
        let before = self.text.get(..bound.start).unwrap_or("");
        let raw = self.text.get(bound.start..bound.end).unwrap_or("");
        let after = self.text.get(bound.end..).unwrap_or("");
        is_open(before, b'[', b']') || raw.starts_with('<') && after.starts_with('>')
    }

    /// Whether a count says under which load another bound holds: "< 30 s for 20+ years of data".
    fn is_condition(&self, bound: &Bound) -> bool {
        let before = self.text.get(..bound.start).unwrap_or("");
        let follows = ["for", "with", "of", "at"].contains(&last_word(before));
        follows && quantity::bounds(prose::tail(before)).iter().any(|it| it.unit != Unit::Count)
    }

    /// Whether a share is a percentile: "95% of requests under 200 ms", "99% percentile".
    fn is_percentile(&self, bound: &Bound) -> bool {
        let after = self.text.get(bound.end..).unwrap_or("").trim_start();
        let is_time = |it: &Bound| it.unit == Unit::Milliseconds && it.comparator.is_some();
        let bounds_time =
            || after.starts_with("of ") && quantity::bounds(after).first().is_some_and(is_time);
        bound.unit == Unit::Percent && (after.starts_with("percentile") || bounds_time())
    }

    /// Whether a share was measured: "`src/store`: `2026-01-31` - `84.8%`". Nobody sets out for a
    /// fraction, but for one of the nines.
    fn is_measured(&self, bound: &Bound) -> bool {
        bound.unit == Unit::Percent && bound.value < 99.0 && bound.value.fract() != 0.0
    }

    /// Whether a number is what another one replaces: that of "48% → 5%".
    fn is_left(&self, bound: &Bound) -> bool {
        let after = self.text.get(bound.end..).unwrap_or("").trim_start();
        let next = ["→", "->"].iter().find_map(|arrow| after.strip_prefix(arrow));
        let next = next.map(|it| it.trim_start_matches([' ', '<', '>', '≤', '≥', '=', '~']));
        next.is_some_and(|it| it.starts_with(|c: char| c.is_ascii_digit()))
    }

    /// The share of what a time is the bound of: 95 for "95% of queries answer in < 1 s".
    fn share_in_time(&self, bound: &Bound) -> Option<f64> {
        let before = self.text.get(..bound.start).filter(|_| bound.unit == Unit::Milliseconds)?;
        let before = prose::tail(before);
        let is_of = |it: &Bound| before.get(it.end..).is_some_and(|rest| rest.starts_with(" of "));
        let is_share = |it: &Bound| it.unit == Unit::Percent && is_of(it);
        let share = quantity::bounds(before).into_iter().rfind(is_share);
        share.map(|it| it.value).filter(|it| *it < 100.0)
    }

    fn in_brackets(&self, bound: &Bound) -> bool {
        let before = self.text.get(..bound.start).unwrap_or("");
        is_open(before, b'(', b')')
    }

    /// Whether the brackets around a number tell what was reached: "(achieved: 19 KB, 44% less)".
    fn is_reached(&self, bound: &Bound) -> bool {
        let before = self.lower.get(..bound.start).unwrap_or("");
        let aside = before.rsplit('(').next().unwrap_or("");
        ["achieved", "actual", "reached", "was "].iter().any(|it| aside.contains(it))
    }

    /// Whether a number is the version of something: "CUDA 6.1+".
    fn versions(&self, bound: &Bound) -> bool {
        let raw = self.text.get(bound.start..bound.end).unwrap_or("");
        bound.value >= 1.0 && raw.contains('.')
    }

    /// Whether a time is that of a test's scene or of a setting: "(5 min TTL)".
    fn is_set(&self, bound: &Bound) -> bool {
        let after = self.lower.get(bound.end..).unwrap_or("").trim_start_matches([' ', '-', '*']);
        STAGED.iter().any(|word| self.lower.contains(word))
            || SETTINGS.iter().any(|word| after.starts_with(word))
    }

    /// Whether the word right before a number says that it is wanted: "target 80%".
    fn is_wanted(&self, bound: &Bound) -> bool {
        let before = self.lower.get(..bound.start).unwrap_or("");
        let before = before.trim_end_matches([' ', ':', '*', '=']);
        ["target", "target of", "goal", "goal of"].iter().any(|it| before.ends_with(it))
    }

    /// Whether something shall change by a share.
    fn changes_by(&self, bound: &Bound) -> bool {
        let before = self.text.get(..bound.start).unwrap_or("").trim_end();
        before.ends_with(" by") && CHANGE.iter().any(|word| prose::has_word(&self.lower, word))
    }

    /// Whether it is what a scenario starts from.
    fn is_given(&self) -> bool {
        const THEN: [&str; 4] = ["then", "shall", "must", "should"];
        let words = self.lower.trim_start_matches(['*', '_', ' ']);
        let is_scene = words.starts_with("given") || words.starts_with("when");
        // Japanese is written without spaces around them.
        let mut parts = words.split(|c: char| !c.is_ascii_alphabetic());
        is_scene && !parts.any(|it| THEN.contains(&it))
    }

    /// Whether a number is part of a condition: "If one matches (score > 80%)".
    fn is_asked(&self, bound: &Bound) -> bool {
        let before =
            self.lower.get(..bound.start).unwrap_or("").trim_start_matches(['*', '_', ' ']);
        before.strip_prefix("if ").is_some_and(|rest| !rest.contains([',', ':', '→']))
    }

    /// Whether a number tells what is, not what shall be: an estimate, what it was ("vs 40%"), or a
    /// share in brackets as in "(150 lines, 90% coverage)".
    fn describes(&self, bound: &Bound) -> bool {
        let before = self.text.get(..bound.start).unwrap_or("");
        ["vs", "vs.", "versus", "was", "from", "currently"].contains(&last_word(before))
            || is_rough(before)
            || bound.unit == Unit::Percent && self.tells_share(bound)
    }

    /// Whether a share is a percentile, was measured, or stands aside.
    fn tells_share(&self, bound: &Bound) -> bool {
        let is_wanted = LazyCell::new(|| prose::has_part(&self.lower, &WANTED));
        let is_aside = || !self.is_goal || self.is_reached(bound);
        self.is_percentile(bound)
            || self.is_measured(bound) && !*is_wanted
            || self.in_brackets(bound) && is_aside() && !*is_wanted
    }
}

/// Whether a bracket is open where `before` ends.
fn is_open(before: &str, open: u8, close: u8) -> bool {
    let last = memchr::memrchr2(open, close, before.as_bytes());
    last.is_some_and(|at| before.as_bytes().get(at) == Some(&open))
}

/// Whether a number after `before` is an estimate: that of "~15 ms", the second of "~15-25 ms".
fn is_rough(before: &str) -> bool {
    let is_range = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '–');
    before.trim_end_matches(is_range).ends_with('~')
}

/// The word that a text ends with.
fn last_word(text: &str) -> &str {
    text.trim_end().rsplit([' ', '(']).next().unwrap_or("")
}

pub(super) fn target(line: &Line<'_>, bound: &Bound) -> Target {
    let is_alert = line.about.is_alert() || prose::has_part(&line.lower, &ALERTS);
    let role = if is_alert { TargetRole::Alert } else { TargetRole::Goal };
    let start = line.span.start as usize;
    let name = name::of(line, bound);
    let raw = text(line.text.get(bound.start..bound.end).unwrap_or(""), start + bound.start);
    let own = name.text.to_ascii_lowercase();
    let kind = metric::metric(&own).or_else(|| metric::metric(&line.lower));
    // "Errors reduced by 50%" is no rate of errors.
    let kind = kind.filter(|_| bound.unit != Unit::Percent || !line.changes_by(bound));
    let kind = kind.map(|it| metric::of_unit(it, bound.unit));
    Target {
        role,
        metric: kind.unwrap_or_else(|| metric::other(&name.text)),
        percentile: metric::percentile(&line.lower).or_else(|| line.share_in_time(bound)),
        name,
        quantity: Some(quantity_of(bound, raw)),
        statement: line.span,
        certainty: certainty(bound),
    }
}

/// `text`, which begins at `at`, without markup at its ends.
fn text(text: &str, at: usize) -> Text {
    let clean = text.trim().trim_matches(['*', '`', ' ', '(', '[', ']', ',', '#']);
    Text { text: clean.to_owned(), span: Span::new(at, at + text.trim_end().len()) }
}
