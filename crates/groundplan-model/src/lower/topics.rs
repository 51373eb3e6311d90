//! What headings announce, finer than [`crate::document::Concept`]: one heading may announce several
//! topics ("Dependencies & Risks"), and the phrase must be the heading, not a word in it ("Risk 3:
//! rollback fails" announces no rollback).

use std::sync::LazyLock;

use groundplan_syntax::{NodeId, Span};

use super::index::Index;
use super::phrases::Phrases;
use super::prose;
use crate::document::Section;

macro_rules! topics {
    ($($name:ident = $key:literal,)*) => {
        /// What the facts under a heading are.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Topic { $($name,)* }

        const KEYS: &[(&str, Topic)] = &[$(($key, Topic::$name),)*];
    };
}

topics! {
    Alternatives = "alternatives",
    Decisions = "decisions",
    Outcome = "outcome",
    Dependencies = "dependencies",
    Risks = "risks",
    Threats = "threats",
    Retention = "retention",
    Environments = "environments",
    Rollout = "rollout",
    Rollback = "rollback",
    Glossary = "glossary",
}

/// What a phrase of `topics.tsv` announces. One after `=` must be the whole heading: "Type
/// Definitions" is no glossary.
struct Announced {
    topic: Topic,
    is_whole: bool,
}

/// The phrases of `topics.tsv`.
static PHRASES: LazyLock<Phrases<Announced>> = LazyLock::new(|| {
    let lines = include_str!("topics.tsv").lines().filter_map(|line| line.split_once('\t'));
    let phrases = lines.filter_map(|(key, list)| {
        let (_, topic) = *KEYS.iter().find(|(name, _)| *name == key)?;
        Some(list.split('|').map(move |phrase| (phrase, topic)))
    });
    Phrases::new(phrases.flatten().map(|(phrase, topic)| {
        let words = phrase.trim_start_matches('=');
        (words, Announced { topic, is_whole: words.len() < phrase.len() })
    }))
});

/// Sections that announce a topic.
#[derive(Default)]
pub(super) struct Topics(Vec<Place>);

/// One section with one topic.
#[derive(Clone, Copy)]
struct Place {
    topic: Topic,
    section: Span,
}

impl Topics {
    /// The topics of every heading.
    pub(super) fn find(sections: &[Section]) -> Self {
        let mut found = Self::default();
        for section in sections {
            let title = unnumbered(&section.title.text);
            for (place, phrase) in PHRASES.find(title) {
                if !announces(title, place.start, place.end) {
                    continue;
                }
                if !phrase.is_whole || place.len() == title.trim_end().len() {
                    found.0.push(Place { topic: phrase.topic, section: section.span });
                }
            }
        }
        found
    }

    /// The outermost sections of a topic, in order.
    pub(super) fn spans(&self, topic: Topic) -> impl Iterator<Item = Span> + '_ {
        let mut end = 0;
        let places = self.0.iter().filter(move |place| place.topic == topic);
        places.map(|place| place.section).filter(move |span| {
            let is_outer = span.start >= end;
            end = end.max(span.end);
            is_outer
        })
    }

    /// Whether the heading at `offset` is one of `topic`.
    pub(super) fn begins(&self, offset: u32, topic: Topic) -> bool {
        self.0.iter().any(|place| place.topic == topic && place.section.start == offset)
    }

    /// Whether `offset` lies under a heading of `topic`.
    pub(super) fn is_under(&self, offset: u32, topic: Topic) -> bool {
        let holds = |span: Span| span.start <= offset && offset < span.end;
        self.0.iter().any(|place| place.topic == topic && holds(place.section))
    }

    /// The blocks of every section of `topic`, headings included.
    pub(super) fn blocks(&self, topic: Topic, index: &Index) -> Vec<NodeId> {
        self.spans(topic).flat_map(|span| blocks_in(index, span)).collect()
    }
}

/// The outermost blocks that begin in `span`.
pub(super) fn blocks_in(index: &Index, span: Span) -> impl Iterator<Item = NodeId> + '_ {
    index.tops_in(span).iter().map(|it| it.node)
}

/// A heading without the number and the sign before its words.
pub(super) fn unnumbered(title: &str) -> &str {
    let words = title.trim_start_matches(|c: char| !c.is_alphabetic());
    if words.is_empty() { title } else { words }
}

/// Whether the phrase at `start..end` is the heading but for a few words: adjectives before it, or a
/// remark after it.
fn announces(title: &str, start: usize, end: usize) -> bool {
    const REMARKS: [&str; 10] = ["(", ":", "-", "–", "—", "/", "&", "and ", "*", "✅"];
    let before = title.get(..start).unwrap_or("").trim();
    let after = title.get(end..).unwrap_or("").trim();
    let is_adjective = |word: &str| word == "&" || word.chars().all(char::is_alphabetic);
    let begins = before.is_empty() && REMARKS.iter().any(|it| after.starts_with(it));
    let ends = after.is_empty()
        && before.len() <= 24
        && before.split_whitespace().count() <= 2
        && before.split_whitespace().all(is_adjective);
    prose::is_word(title, start, end) && (begins || ends)
}
