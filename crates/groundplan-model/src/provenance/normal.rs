//! Lines without what does not change what they say: the digest of a text is that of these.
//!
//! Everything that `fmt` may change is left out: blanks at line ends, runs of blank lines, padding
//! and outer bars of tables, bullets, numbers of lists, the case of a tick, and lists of links to the
//! document's own headings. Lines are read by themselves: what looks like a table's row in a block of
//! code is taken for one, which costs a change that only blanks around a bar tell of.

use std::borrow::Cow;

/// The lines of a text; one empty line for a run of them, none at the ends.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let (mut blank, mut begun) = (false, false);
    let kept = text.lines().map(str::trim_end).filter(|line| !is_entry_of_contents(line));
    let both = kept.flat_map(move |line| {
        if line.is_empty() {
            blank = true;
            return [None, None];
        }
        let gap = (blank && begun).then_some(Cow::Borrowed(""));
        (blank, begun) = (false, true);
        [gap, Some(normal(line))]
    });
    both.flatten()
}

fn normal(line: &str) -> Cow<'_, str> {
    let (before, marker, rest) = parted(line);
    let has_bar = rest.contains('|');
    if marker.is_empty() && !has_bar {
        return Cow::Borrowed(line);
    }
    let marker = match marker.chars().next() {
        None => "",
        Some(c) if c.is_ascii_digit() => "1. ",
        Some(_) => "- ",
    };
    let rest = match rest.strip_prefix("[X]") {
        Some(after) => Cow::Owned(format!("[x]{after}")),
        None => Cow::Borrowed(rest),
    };
    let rest = if has_bar { Cow::Owned(row(&rest)) } else { rest };
    Cow::Owned(format!("{before}{marker}{rest}").trim_end().to_owned())
}

/// What stands before a list's marker, the marker with its blanks, and what it is the marker of.
fn parted(line: &str) -> (&str, &str, &str) {
    let (before, rest) = line.split_at(line.len() - unquoted(line).len());
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let after = match digits {
        0 => rest.strip_prefix(['-', '*', '+']),
        _ => rest.get(digits..).and_then(|it| it.strip_prefix(['.', ')'])),
    };
    let is_apart = |it: &&str| it.is_empty() || it.starts_with([' ', '\t']);
    match after.filter(is_apart).map(str::trim_start) {
        Some(content) => (before, rest.strip_suffix(content).unwrap_or(""), content),
        None => (before, "", rest),
    }
}

/// A line without indent and marks of quotes.
fn unquoted(line: &str) -> &str {
    line.trim_start_matches([' ', '\t', '>'])
}

/// The cells of a table's row without padding, and without the bars at its ends.
fn row(text: &str) -> String {
    let is_marks = text.contains('-') && text.chars().all(|c| "|:- \t".contains(c));
    let mut cells = cells(text.strip_prefix('|').unwrap_or(text));
    if cells.len() > 1 {
        cells.pop_if(|last| last.is_empty());
    }
    let cells = cells.into_iter().map(|it| if is_marks { alignment(it) } else { it });
    cells.collect::<Vec<_>>().join("|")
}

/// The texts between bars, trimmed. A bar behind a backslash is text.
fn cells(text: &str) -> Vec<&str> {
    let mut is_escaped = false;
    let is_bar = |c: char| {
        let is_bar = c == '|' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        is_bar
    };
    text.split(is_bar).map(str::trim).collect()
}

fn alignment(marks: &str) -> &'static str {
    match (marks.starts_with(':'), marks.len() > 1 && marks.ends_with(':')) {
        (true, true) => ":-:",
        (true, false) => ":-",
        (false, true) => "-:",
        (false, false) => "-",
    }
}

/// Whether a line is an item of a list that is nothing but a link to a heading of its own document.
fn is_entry_of_contents(line: &str) -> bool {
    let (_, marker, content) = parted(line);
    let link = content.strip_prefix('[').and_then(|it| it.strip_suffix(')'));
    let target = link.and_then(|it| it.split_once("](#"));
    !marker.is_empty() && target.is_some_and(|(_, anchor)| !anchor.contains(['(', ')', ' ']))
}

#[cfg(test)]
mod tests;
