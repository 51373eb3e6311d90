//! Paths of files in backticks: `src/orders/api.rs`.

use std::collections::HashSet;

use super::Reading;
use crate::document::Text;

pub(super) fn read(reading: &mut Reading<'_>) {
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for content in reading.index.codes.iter().copied() {
        let text = reading.source.slice(content);
        if !text.as_bytes().contains(&b'/') {
            continue;
        }
        let path = text.split(['#', ':']).next().unwrap_or(text);
        if is_path(path) {
            found.push(Text { text: path.to_owned(), span: content });
        }
    }
    let first = found.iter().filter(|it| seen.insert(it.text.clone()));
    reading.document.source_paths = first.cloned().collect();
    reading.document.source_path_uses = found;
}

/// Folders and a name with an ending, no host, no placeholder, no pattern.
fn is_path(text: &str) -> bool {
    let is_sign =
        |c: char| matches!(c, '/' | '_' | '-' | '.' | '@' | '+' | '(' | ')' | '|' | '[' | ']');
    let is_part = |c: char| c.is_ascii_alphanumeric() || is_sign(c) || c.is_alphanumeric();
    let name = text.rsplit('/').next().unwrap_or("");
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_ending = (1..=5).contains(&ending.len())
        && ending.chars().all(|c| c.is_ascii_alphanumeric())
        && ending.starts_with(|c: char| c.is_ascii_lowercase());
    text.contains('/')
        && is_ending
        && text.chars().all(is_part)
        && !text.starts_with("//")
        && !text.contains("...")
}
