//! Lines of sample code with their places.

use groundplan_syntax::Span;

use crate::Context;
use crate::snippets::{Language, Snippet};

/// A line of a block of code.
#[derive(Clone, Copy)]
pub(crate) struct Line<'a> {
    /// Without its end.
    pub(crate) text: &'a str,
    /// Without the spaces around it.
    pub(crate) span: Span,
}

impl Line<'_> {
    /// How far it is indented, in bytes.
    pub(crate) fn indent(self) -> usize {
        self.text.len() - self.text.trim_start().len()
    }

    pub(crate) fn is_blank(self) -> bool {
        self.text.trim().is_empty()
    }
}

/// The blocks of a document in one language.
pub(crate) fn snippets<'c, 'a>(
    context: &'c Context<'a>,
    language: Language,
) -> impl Iterator<Item = &'c Snippet<'a>> {
    context.code().snippets.iter().filter(move |it| it.language == language)
}

/// The lines of a block.
pub(crate) fn code_lines<'a>(snippet: &Snippet<'a>) -> impl Iterator<Item = Line<'a>> {
    let mut at = 0;
    snippet.text.split_inclusive('\n').map(move |whole| {
        let text = whole.trim_end_matches(['\n', '\r']);
        let lead = text.len() - text.trim_start().len();
        let span = snippet.span(at + lead, at + text.trim_end().len().max(lead));
        at += whole.len();
        Line { text, span }
    })
}
