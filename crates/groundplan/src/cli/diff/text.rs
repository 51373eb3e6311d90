//! Differences for people: what breaks as a compiler shows it, the rest a line each.

use std::fmt::Write;

use groundplan_analysis::difference::{Change, Difference, Verdict};
use groundplan_model::{Diagnostic, Severity};
use groundplan_syntax::{Source, Span};

use super::{View, count, news, position, title, versions};
use crate::render::{Report, Sources, TEXT, plural};
use crate::ui::{DIM, ERROR, GOOD, STRONG, paint, printable};

/// The columns of a verdict.
const VERDICT: usize = 10;

/// What breaks, then every document, then what it comes to.
pub(super) fn differences(view: &View<'_>) -> String {
    if view.changes.is_empty() {
        let (from, to) = (&view.range.from.written, view.range.to_name());
        return format!("Nothing that documents say differs between {from} and {to}.\n");
    }
    let mut text = broken(view);
    for change in view.changes {
        text.push_str(&document(change, view));
    }
    text + &summary(view)
}

/// What breaks, with the lines of both places.
fn broken(view: &View<'_>) -> String {
    let from = &view.range.from.written;
    let old = |change: &Change<'_>| {
        let source = &change.before?.source;
        Some(Source::new(&format!("{from}:{}", source.path()), source.text()))
    };
    let mut sources: Vec<Source> = view.changes.iter().filter_map(old).collect();
    sources.extend(view.changes.iter().filter_map(|it| Some(it.after?.source.clone())));
    let findings: Vec<Diagnostic> =
        view.changes.iter().flat_map(|change| broken_in(change, from)).collect();
    let sources = Sources::new(sources.iter());
    let (styled, width) = (view.styled, view.width);
    (TEXT.render)(&Report {
        findings: &findings,
        sources: &sources,
        suppressed: &[],
        styled,
        width,
    })
}

fn broken_in(change: &Change<'_>, from: &str) -> Vec<Diagnostic> {
    let is_breaking = |it: &&Difference| it.judgement.verdict == Verdict::Breaking;
    let broken = change.differences.iter().filter(is_breaking);
    broken.map(|it| finding(change, it, from)).collect()
}

fn finding(change: &Change<'_>, difference: &Difference, from: &str) -> Diagnostic {
    let old_path =
        change.before.map_or_else(String::new, |it| format!("{from}:{}", it.source.path()));
    let place = |span: Option<Span>| span.unwrap_or_default();
    let (was, now) = (difference.before.as_ref(), difference.after.as_ref());
    let (was, now) = (was.map(|it| it.span), now.map(|it| it.span));
    let mut finding = match now {
        Some(span) => breaking(change.path(), span, difference),
        None => breaking(&old_path, place(was), difference),
    };
    if let (Some(was), Some(_)) = (was, now) {
        finding.related(&old_path, was, "it was this");
    }
    finding.help(&difference.judgement.reason);
    finding
}

fn breaking(path: &str, span: Span, difference: &Difference) -> Diagnostic {
    Diagnostic::new("breaking", Severity::Error, path, span, title(difference))
}

/// A document, and a line for each of its differences.
fn document(change: &Change<'_>, view: &View<'_>) -> String {
    let path = paint(view.styled, STRONG, &printable(change.path()));
    let version = versions(change).map(|it| format!(" ({it})")).unwrap_or_default();
    let verb = Some(change.verb()).filter(|it| *it != "changed");
    let verb = verb.map(|it| format!(": {it}")).unwrap_or_default();
    let mut text = format!("{path}{version}{verb}\n");
    if let Some(news) = news(change).filter(|it| !it.is_empty()) {
        let _ = writeln!(text, "  {}", printable(&news));
    }
    if change.before.is_some() {
        for difference in &change.differences {
            let _ = writeln!(text, "  {}", line(change, difference, view));
        }
    }
    text + "\n"
}

/// "breaking    column removed: orders.total   line 31 before"
fn line(change: &Change<'_>, difference: &Difference, view: &View<'_>) -> String {
    let verdict = difference.judgement.verdict;
    let style = match verdict {
        Verdict::Breaking => ERROR,
        Verdict::Compatible => GOOD,
        Verdict::Neutral => DIM,
    };
    let word = paint(view.styled, style, &format!("{:<VERDICT$}", verdict.as_str()));
    let direction = difference.judgement.direction.map(|it| format!(", {}", it.as_str()));
    let was = position(change.before, difference.before.as_ref());
    let now = position(change.after, difference.after.as_ref());
    let place = match (was, now) {
        (_, Some(now)) => format!("line {}", now.line),
        (Some(was), None) => format!("line {} before", was.line),
        (None, None) => String::new(),
    };
    let place = paint(view.styled, DIM, &place);
    let title = title(difference);
    format!("{word}  {}{}  {place}", printable(&title), direction.unwrap_or_default())
}

/// "2 documents: 1 breaking, 3 compatible and 5 neutral differences."
fn summary(view: &View<'_>) -> String {
    let counts = [Verdict::Breaking, Verdict::Compatible, Verdict::Neutral]
        .map(|it| format!("{} {}", count(view.changes, it), it.as_str()));
    let [breaking, compatible, neutral] = counts;
    let documents = plural(view.changes.len(), "document");
    let (from, to) = (&view.range.from.written, view.range.to_name());
    format!(
        "{documents} between {from} and {to}: {breaking}, {compatible} and {neutral} differences.\n"
    )
}
