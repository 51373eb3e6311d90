//! Link targets that lead into the workspace.

use crate::paths;

/// A link target that names a file beside the document, or a place in it.
pub struct Local {
    /// The path, decoded, without query, fragment and line number; empty for the document itself.
    pub path: String,
    /// The path as it is written in the link.
    pub written: String,
    /// The fragment, decoded.
    pub anchor: Option<String>,
}

/// Reads a target; `None` for other sites, for paths from a root that is not known, and for targets
/// that nobody filled in.
pub fn local(target: &str) -> Option<Local> {
    let target = target.trim();
    if target.is_empty() || target.starts_with('/') || has_scheme(target) || is_unfilled(target) {
        return None;
    }
    let (rest, anchor) = match target.split_once('#') {
        Some((rest, anchor)) => (rest, Some(paths::percent_decode(anchor))),
        None => (target, None),
    };
    let written = rest.split('?').next().unwrap_or("");
    let written = without_line(written).trim_end_matches('/');
    Some(Local { path: paths::percent_decode(written), written: written.to_owned(), anchor })
}

/// `https:`, `mailto:`, `C:`; but not `src/main.rs:10`. An address without `mailto:` counts.
fn has_scheme(target: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-');
    let scheme = target.contains("://")
        || target.split_once(':').is_some_and(|(name, _)| name.chars().all(is_part));
    scheme || (target.contains('@') && !target.contains('/'))
}

/// `URL`, `link`, `{{PRD}}.md`, `path/to/file.md`, `...`.
fn is_unfilled(target: &str) -> bool {
    const WORDS: [&str; 7] = ["url", "link", "todo", "tbd", "path", "href", "here"];
    const PARTS: [&str; 6] = ["...", "…", "path/to/", "YYYY", "XXX", "NNN"];
    let marked = target.contains(['[', ']', '{', '}', '<', '>', '*', '$']);
    let plain_word = target.chars().all(|c| c.is_ascii_uppercase() || c == '_' || c == '-');
    let is_word = WORDS.iter().any(|word| target.eq_ignore_ascii_case(word));
    marked || plain_word || is_word || PARTS.iter().any(|part| target.contains(part))
}

/// The path without `:10`, `:10:5` or `:10-20`.
fn without_line(path: &str) -> &str {
    let is_line = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_digit())
            && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | ':'))
    };
    match path.split_once(':') {
        Some((file, line)) if is_line(line) => file,
        _ => path,
    }
}

#[cfg(test)]
mod tests;
