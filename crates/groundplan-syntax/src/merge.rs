//! Two changes of one text brought together, line by line.
//!
//! Who calls it knows where the three texts come from; here nothing is lost: a line that one side
//! wrote stands in the result, once or between the markers of a conflict.

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use diffy::{ConflictStyle, IncompleteHunkStyle, MergeOptions};

/// Length of a conflict marker that editors and `git` know.
const MARKER_LENGTH: usize = 7;

/// What the markers of a conflict call the two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Labels<'a> {
    /// Behind `<<<<<<<`.
    pub ours: &'a str,
    /// Behind `>>>>>>>`.
    pub theirs: &'a str,
}

/// Two changes of one text in one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The text, with conflict markers where both sides changed the same lines.
    pub text: String,
    /// How many places both sides changed.
    pub conflicts: usize,
    /// The line of each conflict's first marker, from 1.
    pub lines: Vec<usize>,
}

/// Merges what `ours` and `theirs` made of `base`. Line ends are those of `ours`.
pub fn merge(base: &str, ours: &str, theirs: &str, labels: Labels<'_>) -> Merged {
    let texts = [base, ours, theirs].map(plain);
    let [base, our_lines, their_lines] = &texts;
    let length = texts.iter().map(|text| longest_marker(text)).max().unwrap_or(0) + 1;
    let length = length.max(MARKER_LENGTH);
    let mut options = MergeOptions::new();
    options
        .set_conflict_style(ConflictStyle::Merge)
        .set_incomplete_hunk_style(IncompleteHunkStyle::Git)
        .set_conflict_marker_length(length);
    let (text, lines) = match options.merge(base, our_lines, their_lines) {
        Ok(text) => (text, Vec::new()),
        Err(text) => labelled(&text, length, labels),
    };
    Merged { text: ended_as(text, ours), conflicts: lines.len(), lines }
}

/// With `\n` at the end of each line, the last one too: else lines that look alike are not.
fn plain(text: &str) -> Cow<'_, str> {
    let is_whole = text.is_empty() || text.ends_with('\n');
    if is_whole && !text.contains("\r\n") {
        return Cow::Borrowed(text);
    }
    let mut text = text.replace("\r\n", "\n");
    if !is_whole {
        text.push('\n');
    }
    Cow::Owned(text)
}

/// With the line ends of `model`, and a last line as its last one.
fn ended_as(mut text: String, model: &str) -> String {
    if !model.is_empty() && !model.ends_with('\n') && text.ends_with('\n') {
        text.pop();
    }
    let breaks = memchr::memchr_iter(b'\n', model.as_bytes()).count();
    let is_dos = model.matches("\r\n").count() * 2 > breaks;
    if is_dos { text.replace('\n', "\r\n") } else { text }
}

/// The longest row of one marker character with which a line begins. A setext heading is
/// underlined with `=======`, and must not be taken for the middle of a conflict.
fn longest_marker(text: &str) -> usize {
    let row = |line: &str| {
        let first = line.chars().next().filter(|it| matches!(it, '<' | '=' | '>'));
        first.map_or(0, |first| line.chars().take_while(|it| *it == first).count())
    };
    text.lines().map(row).max().unwrap_or(0)
}

/// The text with our labels behind the markers, and the lines of the conflicts.
fn labelled(text: &str, length: usize, labels: Labels<'_>) -> (String, Vec<usize>) {
    let [open, close] = ["<", ">"].map(|sign| sign.repeat(length));
    let mut result = String::with_capacity(text.len());
    let mut lines = Vec::new();
    for (index, line) in text.split_inclusive('\n').enumerate() {
        if line.starts_with(&open) {
            lines.push(index + 1);
            result.push_str(&format!("{open} {}\n", labels.ours));
        } else if line.starts_with(&close) {
            result.push_str(&format!("{close} {}\n", labels.theirs));
        } else {
            result.push_str(line);
        }
    }
    (result, lines)
}
