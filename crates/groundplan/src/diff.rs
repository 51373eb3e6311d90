//! A change as a unified diff.

use std::fmt::Write;

use similar::{ChangeTag, TextDiff};

use crate::ui::{ERROR, GOOD, STRONG, paint};

/// Lines of context around a change.
const CONTEXT_LINES: usize = 3;

/// The change of the file `name` as `diff -u` and `git apply` know it.
pub(crate) fn unified(name: &str, before: &str, after: &str, styled: bool) -> String {
    let diff = TextDiff::from_lines(before, after);
    let head = format!("--- {name}\n+++ {name}");
    let mut text = format!("{}\n", paint(styled, STRONG, &head));
    for hunk in diff.unified_diff().context_radius(CONTEXT_LINES).iter_hunks() {
        let _ = writeln!(text, "{}", hunk.header());
        for line in hunk.iter_changes() {
            let (sign, style) = match line.tag() {
                ChangeTag::Delete => ("-", Some(ERROR)),
                ChangeTag::Insert => ("+", Some(GOOD)),
                ChangeTag::Equal => (" ", None),
            };
            let shown = format!("{sign}{}", line.value().trim_end_matches('\n'));
            let shown = style.map_or_else(|| shown.clone(), |it| paint(styled, it, &shown));
            let _ = writeln!(text, "{shown}");
            if line.missing_newline() {
                let _ = writeln!(text, "\\ No newline at end of file");
            }
        }
    }
    text
}
