//! Source code to its tree, within bounds.

use std::ops::ControlFlow;

use tree_sitter::{ParseOptions, ParseState, Parser, Tree};

/// The parser asks whether to go on once in a hundred of its steps. Real code, broken or not, has up
/// to one question for 36 bytes.
const BYTES_A_QUESTION: usize = 16;

/// Questions for a text of any length.
const QUESTIONS: usize = 64;

/// The tree of `text`; `None` where the parser takes far more steps than code of this length needs. It
/// bears errors by trying many ways on, and three kilobytes of what is no code took it minutes and
/// gigabytes.
pub(crate) fn tree(parser: &mut Parser, text: &str) -> Option<Tree> {
    let mut left = QUESTIONS + text.len() / BYTES_A_QUESTION;
    let mut goes_on = |_: &ParseState| {
        left = left.saturating_sub(1);
        if left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let mut read = |at: usize, _| text.as_bytes().get(at..).unwrap_or_default();
    let options = ParseOptions::new().progress_callback(&mut goes_on);
    let tree = parser.parse_with_options(&mut read, None, Some(options));
    if tree.is_none() {
        // Otherwise it would go on with this text when it gets the next one.
        parser.reset();
    }
    tree
}
