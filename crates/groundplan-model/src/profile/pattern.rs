//! A pattern of paths: `**/specs/*/plan.md`, with `*`, `**`, `?`, `[…]` and `{…,…}`.

mod steps;
#[cfg(test)]
mod tests;

use std::sync::OnceLock;

use super::pairs::Pairs;
use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};

/// Longer patterns are refused: they could compile to something too large.
const LIMIT_BYTES: usize = 1000;

/// A pattern that is compiled when the first path may match it: most runs ask for few of them, and
/// compiling all took longer than a small workspace did.
#[derive(Clone, Debug)]
pub struct Pattern {
    glob: Glob,
    /// Pairs of bytes without which no path matches.
    pairs: Pairs,
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
            pairs: pairs(&text),
            compiled: OnceLock::new(),
        })
    }

    /// The pattern as written.
    pub fn text(&self) -> &str {
        self.glob.glob()
    }

    /// Whether `path` is one of those that it means.
    pub fn matches(&self, path: &str) -> bool {
        self.matches_with(path, &Pairs::of(path))
    }

    /// As [`Self::matches`], of a path with `pairs`.
    pub(super) fn matches_with(&self, path: &str, pairs: &Pairs) -> bool {
        pairs.hold(&self.pairs)
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

/// The pairs in the parts of a pattern that stand for themselves; none where braces, escapes or a
/// bracket among those of a set may change what a part means.
fn pairs(pattern: &str) -> Pairs {
    if pattern.contains(['{', '\\']) || ["[]", "[!]", "[^]"].iter().any(|it| pattern.contains(it)) {
        return Pairs::default();
    }
    // Between brackets stand the letters of a set.
    let plain = pattern.split(['[', ']']).step_by(2);
    let parts = plain.flat_map(|it| it.split(['*', '?', '/']));
    parts.map(Pairs::of).fold(Pairs::default(), Pairs::and)
}
