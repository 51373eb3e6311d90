//! A pattern of paths: `**/specs/*/plan.md`, with `*`, `**`, `?`, `[…]` and `{…,…}`.

mod steps;
#[cfg(test)]
mod tests;

use std::sync::OnceLock;

use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};
use memchr::memmem::Finder;

/// Longer patterns are refused: they could compile to something too large.
const LIMIT_BYTES: usize = 1000;

/// A pattern that is compiled when the first path may match it: most runs ask for few of them, and
/// compiling all took longer than a small workspace did.
#[derive(Clone, Debug)]
pub struct Pattern {
    glob: Glob,
    /// A text without which no path matches.
    literal: Finder<'static>,
    /// Whether its steps can be taken as they stand.
    is_simple: bool,
    compiled: OnceLock<GlobSet>,
}

impl Pattern {
    /// Reads a pattern, or says what is wrong with it.
    pub fn parse(text: String) -> Result<Self, String> {
        if text.len() > LIMIT_BYTES {
            return Err(format!("a pattern of more than {LIMIT_BYTES} bytes"));
        }
        let glob = GlobBuilder::new(&text).literal_separator(true).build();
        let glob = glob.map_err(|error| error.to_string())?;
        Ok(Self {
            is_simple: steps::are_enough(&text),
            glob,
            literal: Finder::new(literal(&text)).into_owned(),
            compiled: OnceLock::new(),
        })
    }

    /// The pattern as written.
    pub fn text(&self) -> &str {
        self.glob.glob()
    }

    /// Whether `path` is one of those that it means.
    pub fn matches(&self, path: &str) -> bool {
        self.literal.find(path.as_bytes()).is_some()
            && match self.is_simple {
                true => steps::match_path(self.text(), path),
                false => self.compiled.get_or_init(|| self.compile()).is_match(path),
            }
    }

    /// The pattern as a set of its own: unlike a lone matcher, a set cannot panic.
    fn compile(&self) -> GlobSet {
        let mut set = GlobSetBuilder::new();
        set.add(self.glob.clone());
        set.build().unwrap_or_else(|_| GlobSet::empty())
    }
}

/// The longest part of a pattern that stands for itself; empty where braces, escapes or a bracket
/// among those of a set may change what a part means.
fn literal(pattern: &str) -> &str {
    if pattern.contains(['{', '\\']) || ["[]", "[!]", "[^]"].iter().any(|it| pattern.contains(it)) {
        return "";
    }
    let mut longest = "";
    for (at, part) in pattern.split(['[', ']']).enumerate() {
        // Between brackets stand the letters of a set.
        let plain = if at % 2 == 0 { part } else { "" };
        let parts = plain.split(['*', '?', '/']).chain([longest]);
        longest = parts.max_by_key(|it| it.len()).unwrap_or("");
    }
    longest
}
