//! Fences inside a Markdown fence of the same length.
//!
//! Instruction files show a template in a `markdown` fence, and the template has fences of its own.
//! CommonMark ends the outer fence at the first inner one, and from there on text and code are
//! swapped. People mean the nested reading, so that one is taken where, and only where, the plain
//! reading leaves a fence open at the end and the nested one closes them all.

use crate::Span;
use crate::front_matter::Lines;

/// A top-level fence that has to be read as nested: from its opening line to its closing line.
pub(crate) struct NestedFence {
    /// Both fence lines and all between.
    pub(crate) span: Span,
    /// The info string of the opening line.
    pub(crate) info: Span,
    /// What lies between the fence lines.
    pub(crate) content: Span,
    /// The inner fence line at which CommonMark would end it.
    pub(crate) first_inner: Span,
}

struct FenceLine {
    span: Span,
    length: usize,
    info: Span,
    next_is_blank: bool,
}

/// The fences of `text` that have to be read as nested; none where the plain reading works.
pub(crate) fn find_nested(text: &str) -> Vec<NestedFence> {
    let lines = fence_lines(text);
    if !lines.iter().any(|line| is_markdown(text, line)) || !leaves_one_open(text, &lines) {
        return Vec::new();
    }
    read_nested(text, &lines).unwrap_or_default()
}

fn fence_lines(text: &str) -> Vec<FenceLine> {
    let marks = memchr::memmem::find_iter(text.as_bytes(), "```");
    marks.filter_map(|mark| fence_line(text, mark)).collect()
}

/// The fence line whose backticks begin at `mark`.
fn fence_line(text: &str, mark: usize) -> Option<FenceLine> {
    let before = text.get(..mark)?;
    let start = before.trim_end_matches(' ').len();
    let is_first = start == 0 || before.get(..start)?.ends_with('\n');
    if !is_first || mark - start > 3 {
        return None;
    }
    let mut lines = Lines { text, at: mark };
    let (_, body) = lines.next()?;
    let end = lines.at;
    let length = body.bytes().take_while(|byte| *byte == b'`').count();
    let info = body.get(length..).filter(|info| !info.contains('`'))?.trim_end();
    Some(FenceLine {
        span: Span::new(start, end),
        length,
        info: Span::new(mark + length, mark + length + info.len()),
        next_is_blank: lines.next().is_none_or(|(_, line)| line.trim().is_empty()),
    })
}

fn is_markdown(text: &str, line: &FenceLine) -> bool {
    let info = text.get(line.info.range()).unwrap_or("").trim();
    info.eq_ignore_ascii_case("markdown") || info.eq_ignore_ascii_case("md")
}

/// Whether CommonMark's reading ends inside a fence.
fn leaves_one_open(text: &str, lines: &[FenceLine]) -> bool {
    let mut open: Option<usize> = None;
    for line in lines {
        let bare = text.get(line.info.range()).is_some_and(|info| info.trim().is_empty());
        open = match open {
            None => Some(line.length),
            Some(length) if bare && line.length >= length => None,
            unchanged => unchanged,
        };
    }
    open.is_some()
}

/// The nested reading; `None` where it leaves a fence open as well.
fn read_nested(text: &str, lines: &[FenceLine]) -> Option<Vec<NestedFence>> {
    let mut found = Vec::new();
    let mut open: Vec<&FenceLine> = Vec::new();
    let mut first_inner = None;
    for line in lines {
        let bare = text.get(line.info.range()).is_some_and(|info| info.trim().is_empty());
        let in_markdown = open.last().is_some_and(|outer| is_markdown(text, outer));
        let is_long = |outer: &&FenceLine| line.length >= outer.length;
        // A bare fence inside the template opens a block when text follows at once, as in
        // "```" over a directory tree, and closes the template when a blank line follows.
        let closes =
            bare && open.last().is_some_and(is_long) && (!in_markdown || line.next_is_blank);
        if closes {
            let opening = open.pop()?;
            if open.is_empty()
                && let Some(first_inner) = first_inner.take()
            {
                found.push(NestedFence {
                    span: opening.span.join(line.span),
                    info: opening.info,
                    content: Span { start: opening.span.end, end: line.span.start },
                    first_inner,
                });
            }
        } else if open.is_empty() || in_markdown {
            if in_markdown && first_inner.is_none() && open.first().is_some_and(is_long) {
                first_inner = Some(line.span);
            }
            open.push(line);
        }
    }
    open.is_empty().then_some(found)
}
