//! What else must change, for people.

use std::collections::HashSet;
use std::fmt::Write;

use groundplan_analysis::impact::{Impact, TouchedKind};

use super::{View, place, subject_line, sureness};
use crate::render::plural;
use crate::ui::{DIM, STRONG, paint, printable};

/// A block for each subject that something rests on, then what it comes to.
pub(super) fn impacts(view: &View<'_>) -> String {
    if view.impacts.is_empty() {
        return "Nothing that documents say differs, so that nothing else has to change.\n"
            .to_owned();
    }
    let mut text = String::new();
    let (touching, alone): (Vec<&Impact>, Vec<&Impact>) =
        view.impacts.iter().partition(|it| !it.touched.is_empty());
    for impact in &touching {
        text.push_str(&block(impact, view));
    }
    if !alone.is_empty() {
        let titles: Vec<&str> = alone.iter().map(|it| it.subject.title.as_str()).collect();
        let _ = writeln!(text, "Nothing rests on: {}.\n", printable(&titles.join(", ")));
    }
    text + &summary(view)
}

fn block(impact: &Impact, view: &View<'_>) -> String {
    let subject = &impact.subject;
    let title = paint(view.styled, STRONG, &printable(&subject.title));
    let at = match subject_line(view, subject) {
        Some(line) => format!("  {}:{line}", printable(&subject.path)),
        None if subject.path.is_empty() => String::new(),
        None => format!("  {}", printable(&subject.path)),
    };
    let mut text = format!("{title}{}\n", paint(view.styled, DIM, &at));
    let places: Vec<String> = impact.touched.iter().map(|it| place(view, it)).collect();
    let width = places.iter().map(|it| it.chars().count()).max().unwrap_or(0);
    for (touched, place) in impact.touched.iter().zip(&places) {
        let sure = paint(view.styled, DIM, sureness(touched.certainty));
        let (kind, reason) = (touched.kind.as_str(), printable(&touched.reason));
        let _ = writeln!(text, "  {kind:<8}  {:<width$}  {reason} ({sure})", printable(place));
    }
    text + "\n"
}

/// "3 places of documents, 2 tasks, 1 place of code and 1 test may have to change."
fn summary(view: &View<'_>) -> String {
    let all = view.impacts.iter().flat_map(|it| &it.touched);
    let places: HashSet<_> = all.map(|it| (it.kind as u8, &it.path, place(view, it))).collect();
    let count = |kind: TouchedKind| places.iter().filter(|it| it.0 == kind as u8).count();
    let of = |kind, what: &str| plural(count(kind), "place") + " of " + what;
    format!(
        "{}, {}, {} and {} may have to change.\n",
        of(TouchedKind::Document, "documents"),
        plural(count(TouchedKind::Task), "task"),
        of(TouchedKind::Code, "code"),
        plural(count(TouchedKind::Test), "test"),
    )
}
