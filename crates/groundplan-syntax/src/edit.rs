//! Changes to a text that leave every other byte as it was.

use crate::Span;

/// Replace the bytes of `span` by `text`.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Edit {
    /// What goes.
    pub span: Span,
    /// What comes.
    pub text: String,
}

impl Edit {
    /// Replace `span` by `text`.
    pub fn replace(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }

    /// Put `text` in at `offset`.
    pub fn insert(offset: usize, text: impl Into<String>) -> Self {
        Self { span: Span::at(offset), text: text.into() }
    }
}

/// Edits that can't be applied together: nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EditConflict {
    /// Where the edit lies that overlaps an earlier one, or splits a character.
    pub span: Span,
}

/// Applies all edits to `text`, or none.
///
/// Order does not matter; two insertions at one place keep theirs. Overlapping edits, and spans
/// outside the text or inside a character, are refused.
pub fn apply(text: &str, edits: &[Edit]) -> Result<String, EditConflict> {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| edit.span);
    let mut result = String::with_capacity(text.len());
    let mut done = 0;
    for edit in sorted {
        let range = edit.span.range();
        let before = text.get(done..range.start).filter(|_| text.get(range.clone()).is_some());
        result.push_str(before.ok_or(EditConflict { span: edit.span })?);
        result.push_str(&edit.text);
        done = range.end;
    }
    result.push_str(text.get(done..).unwrap_or(""));
    Ok(result)
}
