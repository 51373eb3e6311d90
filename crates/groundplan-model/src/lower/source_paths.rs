//! Paths of files in backticks: `src/orders/api.rs`.

use super::{Reading, once, prose};
use crate::document::Text;

pub(super) fn read(reading: &mut Reading<'_>) {
    let mut found = Vec::new();
    for content in reading.index.codes.iter().copied() {
        let text = reading.source.slice(content);
        if memchr::memchr(b'/', text.as_bytes()).is_none() {
            continue;
        }
        let end = memchr::memchr2(b'#', b':', text.as_bytes()).unwrap_or(text.len());
        let path = text.get(..end).unwrap_or(text);
        if is_path(path) {
            found.push(Text { text: path.to_owned(), span: content });
        }
    }
    reading.document.source_path_uses = found.clone();
    once::keep_first(&mut found, |it| &it.text);
    reading.document.source_paths = found;
}

/// Folders and a name with an ending, no host, no placeholder, no pattern, no command such as
/// `/orders.list`.
fn is_path(text: &str) -> bool {
    let is_sign =
        |c: char| matches!(c, '/' | '_' | '-' | '.' | '@' | '+' | '(' | ')' | '|' | '[' | ']');
    let is_part = |c: char| c.is_alphanumeric() || is_sign(c);
    // An ending is short: nothing of it stands before the last six bytes.
    let tail = text.bytes().rev().take(6);
    let ending = tail.take_while(u8::is_ascii_alphanumeric).count();
    let dot = text.len().checked_sub(ending + 1).and_then(|at| text.as_bytes().get(at..));
    let is_ending = (1..=5).contains(&ending)
        && matches!(dot, Some([b'.', first, ..]) if first.is_ascii_lowercase());
    const FILES: [&str; 6] = ["json", "lock", "md", "toml", "yaml", "yml"];
    let at_root = text.strip_prefix('/').filter(|it| !it.contains('/'));
    let is_file = |it: &str| it.rsplit('.').next().is_some_and(|end| FILES.contains(&end));
    let is_command = at_root.is_some_and(|it| !is_file(it));
    is_ending
        && !is_command
        && memchr::memchr(b'/', text.as_bytes()).is_some()
        && text.chars().all(is_part)
        && !text.starts_with("//")
        && prose::find(text, "...").is_none()
}
