//! Headings to sections, their anchors and what they are about.

use std::cmp::Reverse;
use std::ops::Range;
use std::sync::LazyLock;

use groundplan_syntax::{Kind, Span};

use super::phrases::Phrases;
use super::titles::Titles;
use super::{Reading, prose};
use crate::Profile;
use crate::document::{Concept, Section};

/// The phrases of `concepts.tsv`, each with its concept and its place in the list.
static PHRASES: LazyLock<Phrases<(Concept, usize)>> = LazyLock::new(|| {
    let lines = include_str!("concepts.tsv").lines().filter_map(|line| line.split_once('\t'));
    let phrases = lines.filter_map(|(key, list)| {
        let concept = *Concept::ALL.iter().find(|concept| concept.key() == key)?;
        Some(list.split('|').map(move |phrase| (phrase.trim(), concept)))
    });
    let places = phrases.flatten().enumerate();
    Phrases::new(places.map(|(at, (phrase, concept))| (phrase, (concept, at))))
});

pub(super) fn read(reading: &mut Reading<'_>) {
    let tree = reading.tree;
    let mut titles = Titles::default();
    for node in tree.children(tree.root()) {
        let Kind::Heading(level) = tree.kind(node) else { continue };
        let title = reading.phrase(node);
        let heading = tree.span(node);
        let lower = titles.add(&title.text);
        let anchor = slug(lower);
        let concept = concept_in(lower);
        let span = Span { start: heading.start, end: tree.span(tree.root()).end };
        if level == 1 && reading.document.title.is_none() {
            reading.document.title = Some(title.clone());
        }
        close(&mut reading.document.sections, level, heading.start);
        reading.document.sections.push(Section { level, title, heading, span, concept, anchor });
    }
    reading.titles = titles;
    tell_apart(&mut reading.document.sections);
}

/// Gives sections that no common word names the concept of the family's own words.
pub(super) fn name_by_profile(reading: &mut Reading<'_>, profiles: &[Profile]) {
    let name = &reading.document.classification.profile;
    let Some(profile) = profiles.iter().find(|profile| profile.name == *name) else { return };
    let titled = reading.document.sections.iter_mut().zip(reading.titles.iter());
    for (section, title) in titled.filter(|(it, _)| it.concept.is_none()) {
        let found = profile.concepts.iter().find(|(_, words)| prose::find(title, words).is_some());
        section.concept = found.map(|(concept, _)| *concept);
    }
}

/// Ends every open section that a heading of `level` ends.
fn close(sections: &mut [Section], level: u8, at: u32) {
    for section in sections.iter_mut().rev().take_while(|section| section.level >= level) {
        section.span.end = section.span.end.min(at);
        // It has ended everything of its level or below that stands before it.
        if section.level == level {
            return;
        }
    }
}

/// What a heading is about, by the longest phrase of `concepts.tsv` in it.
pub(crate) fn concept_of(title: &str) -> Option<Concept> {
    concept_in(&title.to_lowercase())
}

/// As [`concept_of`], of a title in lower case.
fn concept_in(title: &str) -> Option<Concept> {
    let spelled = title.contains('&').then(|| title.replace('&', "and"));
    let title = spelled.as_deref().unwrap_or(title);
    // A language without spaces between its words has no ends to look for.
    let is_word = |place: &Range<usize>| {
        prose::is_word(title, place.start, place.end)
            || !title.as_bytes().get(place.start).is_some_and(u8::is_ascii)
    };
    let words = PHRASES.find(title).into_iter().filter(|(place, _)| is_word(place));
    let longest = words.max_by_key(|(place, (_, at))| (place.len(), Reverse(*at)))?;
    Some(longest.1.0)
}

/// GitHub's fragment for a heading (in lower case): punctuation gone, spaces to hyphens.
fn slug(title: &str) -> String {
    let title = prose::trim(title);
    let mut slug = String::with_capacity(title.len());
    let mut from = 0;
    let is_kept =
        |it: u8| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_') || !it.is_ascii();
    for (at, byte) in title.bytes().enumerate().filter(|(_, byte)| !is_kept(*byte)) {
        slug.push_str(title.get(from..at).unwrap_or(""));
        slug.push_str(if byte == b' ' { "-" } else { "" });
        from = at + 1;
    }
    slug.push_str(title.get(from..).unwrap_or(""));
    if !slug.is_ascii() {
        slug.retain(|c| c.is_ascii() || c.is_alphanumeric());
    }
    slug
}

/// Puts `-1`, `-2`, … behind anchors that an earlier heading has.
fn tell_apart(sections: &mut [Section]) {
    let mut alike: Vec<&mut Section> = sections.iter_mut().collect();
    alike.sort_by(|one, other| one.anchor.cmp(&other.anchor));
    for same in alike.chunk_by_mut(|one, other| one.anchor == other.anchor) {
        for (number, section) in same.iter_mut().enumerate().skip(1) {
            section.anchor.push_str(&format!("-{number}"));
        }
    }
}
