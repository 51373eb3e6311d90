//! Applying the edits that findings carry.

use groundplan_model::{Certainty, Diagnostic};
use groundplan_syntax::{Edit, Source, Span, apply};

/// A text after its fixes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// The new text.
    pub text: String,
    /// How many findings were mended.
    pub count: usize,
}

/// Applies the fixes of those `diagnostics` that are about `source`, in order.
///
/// Fixes that are not certain are applied with `include_unsafe` only. A fix that overlaps an
/// earlier one is left for the next run, and a text that was not UTF-8 is left as it is.
pub fn apply_fixes(source: &Source, diagnostics: &[Diagnostic], include_unsafe: bool) -> Fixed {
    let mut edits: Vec<Edit> = Vec::new();
    let mut count = 0;
    let unfixed = || Fixed { text: source.text().to_owned(), count: 0 };
    if source.invalid_utf8().is_some() {
        return unfixed();
    }
    for diagnostic in diagnostics.iter().filter(|it| &*it.path == source.path()) {
        let Some(fix) = &diagnostic.fix else { continue };
        let is_wanted = include_unsafe || fix.certainty == Certainty::Stated;
        let is_free = |edit: &Edit| !edits.iter().any(|done| overlap(done.span, edit.span));
        if is_wanted && fix.edits.iter().all(is_free) {
            edits.extend(fix.edits.iter().cloned());
            count += 1;
        }
    }
    apply(source.text(), &edits).map_or_else(|_| unfixed(), |text| Fixed { text, count })
}

/// Whether two edits cannot both be made. Two insertions at one place can't either: which comes
/// first would be left to chance.
fn overlap(one: Span, other: Span) -> bool {
    one == other || (one.start < other.end && other.start < one.end)
}

#[cfg(test)]
mod tests;
