//! Places of a document that says which template it was made from: there every bracket that begins
//! with a capital and holds some words, or a choice, is one.

use groundplan_syntax::Span;

use crate::Certainty;
use crate::document::{Placeholder, Text};

/// Adds the places of a block's text, which begins at `base`.
pub(super) fn read(text: &str, base: Span, found: &mut Vec<Placeholder>) {
    for (at, _) in text.match_indices('[') {
        let Some(rest) = text.get(at + 1..) else { continue };
        let Some((inner, after)) = rest.split_once(']') else { continue };
        if !is_place(inner) || after.starts_with(['(', '[']) {
            continue;
        }
        let start = base.range().start + at;
        let span = Span::new(start, start + inner.len() + 2);
        let text = Text { text: format!("[{inner}]"), span };
        found.push(Placeholder { text, certainty: Certainty::Stated });
    }
}

fn is_place(inner: &str) -> bool {
    let begins = inner.starts_with(char::is_uppercase) && !inner.contains(['[', '\n', '`']);
    let choice = inner.split('/').count() > 1
        && inner.split('/').all(|it| it.trim().starts_with(char::is_uppercase));
    begins && (choice || inner.split_whitespace().count() > 1)
}
