//! Blanks at the ends of lines go, except where two of them are a hard break.

use groundplan_syntax::{Edit, Kind, Span};

use super::look::{Look, Places, is_verbatim};

/// What a blank may follow and must stay behind: a backslash would become a break, and a box
/// without a blank behind it is none.
const KEEPERS: [&str; 4] = ["\\", "[ ]", "[x]", "[X]"];

pub(super) fn edits(look: &Look<'_>) -> Vec<Edit> {
    let verbatim = Places::of(look, is_verbatim);
    let breaks = Places::of(look, |kind| kind == Kind::Break);
    // The parser takes a tab at the end of a heading for a part of its text.
    let headings = Places::of(look, |kind| matches!(kind, Kind::Heading(_)));
    let lines = (1..=look.source.line_count()).filter_map(|line| look.source.line_span(line));
    let edit = |line: Span| {
        let text = look.source.slice(line);
        let kept = text.trim_end_matches([' ', '\t']);
        let blanks = Span { start: line.start + Span::at(kept.len()).start, end: line.end };
        let is_hard = blanks.len() > 1 && breaks.touch(Span { end: line.end + 1, ..blanks });
        let is_title = headings.touch(line) && look.source.slice(blanks).contains('\t');
        let stays = blanks.is_empty() || is_hard || is_title || verbatim.touch(blanks);
        let is_needed = KEEPERS.iter().any(|it| kept.ends_with(it));
        (!stays && !is_needed).then(|| Edit::replace(blanks, ""))
    };
    lines.filter_map(edit).collect()
}
