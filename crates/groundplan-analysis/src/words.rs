//! Words without which a rule has nothing to say, found for all rules in one look over the text: a
//! look for each of them took as long as parsing.

#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, packed};

/// The words, or as much of one as is rare: where the first three letters of one are common in English
/// ("mig", "eat"), looking for all of them takes ten times as long. None is a part of another.
const WORDS: &[&str] = &[
    "lback T",
    "lback t",
    "l back w",
    "tenv(",
    "viron.get(",
    ".env.",
    "KEY:-",
    "CRET:-",
    "WORD:-",
    "OKEN:-",
    "CSRF",
    "%(asctime)s",
    "AKIA",
    "ghp_",
    "gho_",
    "ghs_",
    "github_pat_",
    "xoxb-",
    "sk_live_",
    "glpat-",
    ":latest",
    "ttl=",
    "_TTL",
    "_ttl",
    "```env",
];

/// Looks at many bytes at once; not every processor can.
static PACKED: LazyLock<Option<packed::Searcher>> = LazyLock::new(|| packed::Searcher::new(WORDS));
static SLOW: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(WORDS).ok());

/// Which of the words a text holds.
pub(crate) struct Words(u64);

impl Words {
    pub(crate) fn of(text: &str) -> Self {
        let bit = |at: usize| 1_u64 << (at % 64);
        match PACKED.as_ref() {
            Some(finder) => {
                let found = finder.find_iter(text);
                Self(found.fold(0, |all, it| all | bit(it.pattern().as_usize())))
            }
            None => {
                let found = SLOW.iter().flat_map(|finder| finder.find_iter(text));
                Self(found.fold(0, |all, it| all | bit(it.pattern().as_usize())))
            }
        }
    }

    /// Whether the text holds one of `words`; true for a word that nobody looks for.
    pub(crate) fn hold(&self, words: &[&str]) -> bool {
        words.iter().any(|word| match WORDS.iter().position(|it| it == word) {
            Some(at) => self.0 & (1 << (at % 64)) != 0,
            None => true,
        })
    }
}
