//! Comments in a tree: their words, and what they cover.

use groundplan_syntax::{Kind, Source, Span, Tree};

use super::{Comment, Name, OPEN, VERBS, Verb};

/// What stands between the names and the reason.
const REASON_MARKS: [&str; 3] = [" -- ", " — ", " – "];

/// Every comment of a document, in order.
pub(super) fn comments(source: &Source, tree: &Tree) -> Vec<Comment> {
    let is_html = |kind: Kind| matches!(kind, Kind::HtmlBlock | Kind::InlineHtml);
    let nodes = tree.descendants(tree.root()).filter(|id| is_html(tree.kind(*id)));
    let mut found: Vec<Comment> = Vec::new();
    for node in nodes {
        // A tag may hold inline HTML that was seen as a part of its block already.
        let seen = found.last().map_or(0, |it| it.span.end);
        let bodies = bodies(source, tree.span(node)).filter(|it| it.0.start >= seen);
        found.extend(bodies.filter_map(|(span, body)| comment(source, span, body)));
    }
    let blocks = blocks(tree);
    for comment in &mut found {
        comment.covers = covers(source, &blocks, comment);
    }
    found
}

/// Comments inside a piece of HTML: the whole, and what stands between its marks.
fn bodies(source: &Source, html: Span) -> impl Iterator<Item = (Span, Span)> {
    let text = source.slice(html);
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text.get(at..)?.find("<!--")?;
        let inner = start + "<!--".len();
        let end = inner + text.get(inner..)?.find("-->")?;
        at = end + "-->".len();
        let offset = html.start as usize;
        Some((Span::new(start, at).shift(offset), Span::new(inner, end).shift(offset)))
    })
}

fn comment(source: &Source, span: Span, body: Span) -> Option<Comment> {
    let text = source.slice(body);
    let start = text.len() - text.trim_start().len();
    let words = text.trim_start().strip_prefix(OPEN)?;
    let verb = words.split_whitespace().next()?;
    let known = VERBS.iter().find(|(name, _)| *name == verb).map(|(_, verb)| *verb);
    // Others of our comments begin in this way too; only what is meant to suppress is ours here.
    let is_meant = verb.starts_with("disable") || verb.starts_with("enable");
    if !words.starts_with(verb) || !is_meant {
        return None;
    }
    let rest_at = start + OPEN.len() + verb.len();
    let rest = text.get(rest_at..).unwrap_or("");
    let (names, reason) = parted(rest);
    let names = names_of(names, body.start as usize + rest_at);
    let verb = known.unwrap_or(Verb::Unknown);
    let removal = removal(source, span);
    Some(Comment { verb, span, names, reason, covers: span, removal })
}

/// What stands before and after `--`.
fn parted(text: &str) -> (&str, Option<String>) {
    // A comment may break its line before or after the mark.
    let is_mark = |at: usize, mark: &str| {
        let rest = text.get(at + mark.len()..).unwrap_or("");
        text.get(..at).is_some_and(|it| it.is_empty() || it.ends_with(char::is_whitespace))
            && (rest.is_empty() || rest.starts_with(char::is_whitespace))
    };
    let marks = REASON_MARKS.iter().flat_map(|mark| {
        let mark = mark.trim();
        text.match_indices(mark).filter(move |(at, _)| is_mark(*at, mark))
    });
    let Some((at, mark)) = marks.min_by_key(|it| it.0) else { return (text, None) };
    let reason = text.get(at + mark.len()..).unwrap_or("");
    let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    (text.get(..at).unwrap_or(""), (!reason.is_empty()).then_some(reason))
}

/// Names between commas or blanks; `offset` is that of the text.
fn names_of(text: &str, offset: usize) -> Vec<Name> {
    let mut names = Vec::new();
    let mut at = 0;
    for part in text.split_inclusive(|it: char| it == ',' || it.is_whitespace()) {
        let name = part.trim_end_matches(|it: char| it == ',' || it.is_whitespace());
        if !name.is_empty() {
            let span = Span::new(at, at + name.len()).shift(offset);
            names.push(Name { text: name.to_owned(), span });
        }
        at += part.len();
    }
    names
}

/// The blocks that are covered as a whole: nothing can be written between their lines.
fn blocks(tree: &Tree) -> Vec<Span> {
    let is_whole = |kind: Kind| {
        matches!(kind, Kind::Fence { .. } | Kind::IndentedCode | Kind::Table | Kind::FrontMatter(_))
    };
    let nodes = tree.descendants(tree.root()).filter(|id| is_whole(tree.kind(*id)));
    nodes.map(|id| tree.span(id)).collect()
}

fn covers(source: &Source, blocks: &[Span], comment: &Comment) -> Span {
    match comment.verb {
        Verb::File => Span::new(0, source.text().len()),
        Verb::Line => source.line_of(comment.span.start as usize),
        Verb::NextLine => next_line(source, blocks, comment.span.end as usize),
        Verb::Disable | Verb::Enable | Verb::Unknown => comment.span,
    }
}

/// The next line with words, other comments left out; the whole block where a block of code or a
/// table begins there.
fn next_line(source: &Source, blocks: &[Span], end: usize) -> Span {
    let first = source.line(end) + 1;
    let lines = (first..=source.line_count()).filter_map(|it| source.line_span(it));
    let is_written = |line: &Span| {
        let text = source.slice(*line).trim_start_matches([' ', '\t', '>']);
        !text.trim().is_empty() && !text.starts_with(&format!("<!-- {OPEN}"))
    };
    let Some(line) = lines.into_iter().find(is_written) else { return Span::at(end) };
    let begins = |block: &&Span| line.start <= block.start && block.start <= line.end;
    blocks.iter().find(begins).map_or(line, |block| line.join(*block))
}

/// What goes with the comment: its whole line where it stands alone, else the blanks before it.
fn removal(source: &Source, span: Span) -> Span {
    let text = source.text();
    let (start, end) = (span.start as usize, span.end as usize);
    let first = source.line_of(start).start as usize;
    let last = source.line_of(end).end as usize;
    let before = text.get(first..start).unwrap_or("");
    let after = text.get(end..last).unwrap_or("");
    if !before.trim().is_empty() || !after.trim().is_empty() {
        return Span::new(start - (before.len() - before.trim_end_matches([' ', '\t']).len()), end);
    }
    let is_blank = |line: Option<usize>| {
        let line = line.and_then(|it| source.line_span(it));
        line.is_none_or(|it| source.slice(it).trim().is_empty())
    };
    let (above, below) = (source.line(start).checked_sub(1), source.line(end) + 1);
    // Between two lines of text the comment parted two paragraphs: an empty line goes on doing so.
    if !is_blank(above) && !is_blank(Some(below)) {
        return Span::new(first, last);
    }
    let next = source.line_span(below).map_or(text.len(), |line| line.start as usize);
    Span::new(first, next)
}
