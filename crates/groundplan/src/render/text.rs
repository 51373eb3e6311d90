//! Findings as rustc shows them: the lines themselves, both places of a contradiction, the way out.

use std::borrow::Cow;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet};
use groundplan_model::{Certainty, Diagnostic, Fix, Severity};
use groundplan_syntax::{Source, Span};
use rayon::prelude::*;

use super::{Report, Sources};
use crate::ui::printable;

/// Lines of context around a place. The renderer scans all that it is given, so it is given no more:
/// a whole document of 24 KB costs six times as much and looks the same.
const CONTEXT_LINES: usize = 2;

/// Places of one document that are at most so many lines apart are shown as one piece.
const NEAR_LINES: usize = 4;

/// A longer span is shown by its first line.
const LONG_LINES: usize = 4;

/// Of a long line that a fix changes, so many bytes are shown on both sides of the change.
const AROUND: usize = 40;

/// Columns where the output is not a terminal.
const DEFAULT_WIDTH: usize = 120;

/// Every finding with an empty line after it.
pub(super) fn render(report: &Report<'_>) -> String {
    let renderer = if report.styled { Renderer::styled() } else { Renderer::plain() };
    let width = report.width.unwrap_or(DEFAULT_WIDTH).max(40);
    let renderer = renderer.term_width(width).decor_style(DecorStyle::Ascii);
    let render =
        |finding: &Diagnostic| format!("{}\n\n", renderer.render(&groups(finding, report.sources)));
    let parts: Vec<String> = report.findings.par_iter().map(render).collect();
    parts.concat()
}

/// One place of a finding.
struct Mark<'a> {
    source: &'a Source,
    kind: AnnotationKind,
    span: Span,
    label: &'a str,
}

/// Marks that are shown as one piece of text.
struct Piece<'a> {
    marks: Vec<Mark<'a>>,
    first_line: usize,
    last_line: usize,
}

fn groups<'a>(finding: &'a Diagnostic, sources: &Sources<'a>) -> Vec<Group<'a>> {
    let level = level(finding.severity);
    let mut group = Group::with_title(level.primary_title(&finding.message).id(&*finding.rule));
    for piece in pieces(finding, sources) {
        group = group.element(snippet(&piece));
    }
    for label in finding.related.iter().filter(|label| sources.get(&label.path).is_none()) {
        group = group.element(Origin::path(&*label.path));
        group = group.element(Level::NOTE.message(printable(&label.message)));
    }
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(printable(help)));
    }
    let fix = finding.fix.as_ref().zip(sources.get(&finding.path));
    let patch = fix.and_then(|(fix, source)| patch(fix, source));
    std::iter::once(group).chain(patch).collect()
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    }
}

fn pieces<'a>(finding: &'a Diagnostic, sources: &Sources<'a>) -> Vec<Piece<'a>> {
    let mut pieces: Vec<Piece<'a>> = Vec::new();
    let primary = (AnnotationKind::Primary, &finding.path, finding.span, "");
    let related = finding.related.iter();
    let related = related.map(|it| (AnnotationKind::Context, &it.path, it.span, &*it.message));
    for (kind, path, span, label) in std::iter::once(primary).chain(related) {
        let Some(source) = sources.get(path) else { continue };
        let mark = Mark { source, kind, span: shown(source, span), label };
        let lines = lines(&mark);
        match pieces.iter_mut().find(|piece| piece.takes(&mark, lines)) {
            Some(piece) => piece.add(mark, lines),
            None => {
                pieces.push(Piece { marks: vec![mark], first_line: lines.0, last_line: lines.1 })
            }
        }
    }
    pieces
}

impl<'a> Piece<'a> {
    fn takes(&self, mark: &Mark<'_>, (first, last): (usize, usize)) -> bool {
        let is_same = self.marks.iter().all(|it| it.source.path() == mark.source.path());
        is_same && first <= self.last_line + NEAR_LINES && self.first_line <= last + NEAR_LINES
    }

    fn add(&mut self, mark: Mark<'a>, (first, last): (usize, usize)) {
        self.first_line = self.first_line.min(first);
        self.last_line = self.last_line.max(last);
        self.marks.push(mark);
    }
}

/// The part of `span` that is marked: whole characters, no line break at its end, not too long.
fn shown(source: &Source, span: Span) -> Span {
    let text = source.text();
    let start = text.floor_char_boundary(span.start as usize);
    let end = text.ceil_char_boundary(span.end as usize).max(start);
    let marked = text.get(start..end).unwrap_or("").trim_end();
    let end = start + marked.len();
    let line_end = source.line_of(start).end as usize;
    let is_long = source.line(end) - source.line(start) >= LONG_LINES;
    Span::new(start, if is_long { line_end.clamp(start, end) } else { end })
}

fn lines(mark: &Mark<'_>) -> (usize, usize) {
    (mark.source.line(mark.span.start as usize), mark.source.line(mark.span.end as usize))
}

/// The text of some lines and its offset in the whole.
fn window(source: &Source, first_line: usize, last_line: usize) -> (usize, usize, &str) {
    let first = first_line.saturating_sub(CONTEXT_LINES).max(1);
    let last = (last_line + CONTEXT_LINES).min(source.line_count());
    let start = source.line_span(first).unwrap_or_default().start as usize;
    let end = source.line_span(last).map_or(source.text().len(), |span| span.end as usize);
    (first, start, source.text().get(start..end).unwrap_or(""))
}

fn snippet<'a>(piece: &Piece<'a>) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let Some(first) = piece.marks.first() else { return Snippet::source("") };
    let (line, offset, text) = window(first.source, piece.first_line, piece.last_line);
    let snippet = Snippet::source(text).line_start(line).path(first.source.path());
    snippet.annotations(piece.marks.iter().map(|mark| {
        let (start, end) = (mark.span.start as usize - offset, mark.span.end as usize - offset);
        let label = Some(mark.label).filter(|label| !label.is_empty());
        mark.kind.span(start..end).label(label)
    }))
}

/// `text` with a long line around `first..last` cut on both sides; how many bytes are gone before it,
/// and how many stand for them.
fn shortened(text: &str, first: usize, last: usize) -> (Cow<'_, str>, usize, usize) {
    let start = text.get(..first).and_then(|it| it.rfind('\n')).map_or(0, |at| at + 1);
    let end = text.get(last..).and_then(|it| it.find('\n')).map_or(text.len(), |at| last + at);
    if end - start <= DEFAULT_WIDTH || text.get(first..last).is_some_and(|it| it.contains('\n')) {
        return (text.into(), 0, 0);
    }
    let from = text.floor_char_boundary(first.saturating_sub(AROUND)).max(start);
    let to = text.ceil_char_boundary(last + AROUND).min(end);
    let dots = |is_cut| if is_cut { "..." } else { "" };
    let (lead, tail) = (dots(from > start), dots(to < end));
    let part = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default();
    let whole = [part(0..start), lead, part(from..to), tail, part(end..text.len())].concat();
    (whole.into(), from - start, lead.len())
}

/// The fix as a patch, where its edits stand close together.
fn patch<'a>(fix: &'a Fix, source: &'a Source) -> Option<Group<'a>> {
    let first = fix.edits.iter().map(|edit| edit.span.start as usize).min()?;
    let last = fix.edits.iter().map(|edit| edit.span.end as usize).max()?;
    let (first_line, last_line) = (source.line(first), source.line(last));
    if last_line - first_line > 2 * NEAR_LINES {
        return None;
    }
    let title = match fix.certainty {
        Certainty::Stated => printable(&fix.title),
        _ => format!("{} (with --unsafe-fixes)", printable(&fix.title)).into(),
    };
    let group = Group::with_title(Level::HELP.secondary_title(title));
    let (line, offset, text) = window(source, first_line, last_line);
    let (text, cut, lead) = shortened(text, first - offset, last - offset);
    let patches = fix.edits.iter().map(|edit| {
        let place = |at: usize| at - offset - cut + lead;
        let range = edit.span.range();
        Patch::new(place(range.start)..place(range.end), &edit.text)
    });
    let snippet = Snippet::source(text).line_start(line).path(source.path());
    Some(group.element(snippet.patches(patches)))
}
