//! A page of the manual on a terminal: Markdown with its headings set off and its fences indented.

use std::fmt::Write;

use crate::ui::{DIM, STRONG, paint};

/// The page, readable.
pub(crate) fn page(markdown: &str, styled: bool) -> String {
    let mut text = String::new();
    let mut fence: Option<&str> = None;
    for line in markdown.lines() {
        let ticks = line.len() - line.trim_start_matches('`').len();
        match fence {
            Some(open) if line.trim_end() == open => fence = None,
            Some(_) => indented(&mut text, line, styled),
            None if ticks >= 3 => {
                fence = line.get(..ticks);
                caption(&mut text, line.get(ticks..).unwrap_or(""), styled);
            }
            None => prose(&mut text, line, styled),
        }
    }
    text
}

/// What stands behind the opening ticks: it says whether the block is a document or its findings.
fn caption(text: &mut String, info: &str, styled: bool) {
    if !info.trim().is_empty() {
        let _ = writeln!(text, "  {}", paint(styled, DIM, &format!("{}:", info.trim())));
    }
}

fn indented(text: &mut String, line: &str, styled: bool) {
    let line = format!("    {line}");
    let _ = writeln!(text, "{}", paint(styled, DIM, line.trim_end()));
}

fn prose(text: &mut String, line: &str, styled: bool) {
    let heading = line.trim_start_matches('#');
    let is_heading = heading.len() < line.len() && heading.starts_with(' ');
    let line = if is_heading { paint(styled, STRONG, heading.trim()) } else { line.to_owned() };
    let _ = writeln!(text, "{line}");
}
