//! What differs between two revisions of a document, fact by fact.

use std::collections::{HashMap, HashSet};

use groundplan_model::Document;
use groundplan_model::approval::approvable;
use groundplan_model::document::{ChecklistItem, Mark};
use groundplan_model::provenance::SectionDigest;
use groundplan_syntax::Span;

use super::facts::{ALL, Fact, short};

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What it is one of: "endpoint".
    pub noun: &'static str,
    /// Several of it: "endpoints".
    pub plural: &'static str,
    /// What happened to it.
    pub verb: Verb,
    /// Which one: `POST /orders`, `p95 200 → 150 ms`.
    pub what: String,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// It was not there.
    Added,
    /// It is not there any more.
    Removed,
    /// It is another one.
    Changed,
    /// Its words are others, and no fact in it.
    Reworded,
}

/// Everything that differs between two revisions.
pub fn differences(before: &Document, after: &Document) -> Vec<Difference> {
    let mut found = status(before, after);
    let mut touched = Touched::default();
    for kind in ALL {
        let (old, new) = (kind.of(before), kind.of(after));
        let is_part = |key: &str| is_part_of(key, &found);
        let pairs = compare(&old, &new, is_part);
        for (verb, fact, was) in pairs {
            touched.add(if verb == Verb::Removed { before } else { after }, fact.span);
            let what = match was.filter(|_| kind.shows_value) {
                Some(was) => change(&fact.key, &was.value, &fact.value),
                None => fact.key.clone(),
            };
            found.push(Difference { noun: kind.noun, plural: kind.plural, verb, what });
        }
    }
    found.extend(boxes(before, after));
    found.extend(sections(before, after, &touched));
    found
}

/// A column of a table that came or went as a whole.
fn is_part_of(key: &str, found: &[Difference]) -> bool {
    let Some((table, _)) = key.split_once('.') else { return false };
    let whole =
        |it: &Difference| it.noun == "table" && it.verb != Verb::Changed && it.what == table;
    found.iter().any(whole)
}

/// Facts that came, went or changed, with what they were, in the order of the new document.
fn compare<'a>(
    old: &'a [Fact],
    new: &'a [Fact],
    is_part: impl Fn(&str) -> bool,
) -> Vec<(Verb, &'a Fact, Option<&'a Fact>)> {
    let by_key = |facts: &'a [Fact]| -> HashMap<String, &'a Fact> {
        facts.iter().map(|it| (it.key.to_lowercase(), it)).collect()
    };
    let (known, now) = (by_key(old), by_key(new));
    let differs = |fact: &'a Fact| match known.get(&fact.key.to_lowercase()) {
        None => Some((Verb::Added, fact, None)),
        Some(was) if was.value != fact.value => Some((Verb::Changed, fact, Some(*was))),
        Some(_) => None,
    };
    let gone = old.iter().filter(|it| !now.contains_key(&it.key.to_lowercase()));
    let gone = gone.map(|it| (Verb::Removed, it, None));
    new.iter().filter_map(differs).chain(gone).filter(|it| !is_part(&it.1.key)).collect()
}

/// "p95 200 → 150 ms": a unit that both have stands once.
fn change(key: &str, old: &str, new: &str) -> String {
    let unit = |text: &str| {
        text.rsplit_once(' ').map(|(number, unit)| (number.to_owned(), unit.to_owned()))
    };
    let old = match (unit(old), unit(new)) {
        (Some((number, one)), Some((_, other)))
            if one == other && number.starts_with(|c: char| c.is_ascii_digit()) =>
        {
            number
        }
        _ => old.to_owned(),
    };
    let shown = |text: &str| if text.is_empty() { "open".to_owned() } else { text.to_owned() };
    format!("{key} {} → {}", shown(&old), shown(new))
}

fn status(before: &Document, after: &Document) -> Vec<Difference> {
    let words = |it: &Document| it.status.as_ref().map(|it| it.raw.text.trim().to_owned());
    let (Some(old), Some(new)) = (words(before), words(after)) else { return Vec::new() };
    if old == new {
        return Vec::new();
    }
    let what = format!("status {old} → {new}");
    vec![Difference { noun: "status", plural: "status", verb: Verb::Changed, what }]
}

/// How many boxes were ticked.
fn boxes(before: &Document, after: &Document) -> Option<Difference> {
    fn done(document: &Document) -> HashSet<&str> {
        let is_done = |it: &&ChecklistItem| it.mark == Mark::Done;
        document.checklist.iter().filter(is_done).map(|it| it.text.text.trim()).collect()
    }
    let old = done(before);
    let ticked = done(after).into_iter().filter(|it| !old.contains(it)).count();
    let what =
        if ticked == 1 { "1 box ticked".to_owned() } else { format!("{ticked} boxes ticked") };
    let tick = Difference { noun: "box", plural: "boxes", verb: Verb::Changed, what };
    (ticked > 0).then_some(tick)
}

/// Titles of sections in which a fact differs.
#[derive(Default)]
struct Touched {
    anchors: HashSet<String>,
}

impl Touched {
    fn add(&mut self, document: &Document, span: Span) {
        self.anchors.extend(document.section_at(span.start).map(|it| it.anchor.clone()));
    }
}

/// Sections that came, went, or say in other words what they said.
fn sections(before: &Document, after: &Document, touched: &Touched) -> Vec<Difference> {
    let (old, new) = (approvable(before), approvable(after));
    let find =
        |all: &'_ [SectionDigest], anchor: &str| all.iter().position(|it| it.anchor == anchor);
    let is_untold = |it: &&SectionDigest| !touched.anchors.contains(&it.anchor);
    let mut found = Vec::new();
    for section in new.iter().filter(is_untold) {
        let was = find(&old, &section.anchor).and_then(|at| old.get(at));
        let verb = match was {
            None => Verb::Added,
            Some(was) if was.digest != section.digest => Verb::Reworded,
            Some(_) => continue,
        };
        found.push(section_difference(verb, section));
    }
    let gone = old.iter().filter(is_untold).filter(|it| find(&new, &it.anchor).is_none());
    found.extend(gone.map(|it| section_difference(Verb::Removed, it)));
    found
}

fn section_difference(verb: Verb, section: &SectionDigest) -> Difference {
    let what = format!("\"{}\"", short(section.shown_title()));
    Difference { noun: "section", plural: "sections", verb, what }
}

/// How many of a kind a row names.
const MOST_NAMED: usize = 6;

/// "endpoints added: POST /a, GET /b; p95 200 → 150 ms; reworded: "Scope"".
pub fn sentence(found: &[Difference]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let groups = found.chunk_by(|one, other| (one.noun, one.verb) == (other.noun, other.verb));
    for group in merged(groups) {
        let Some(first) = group.first() else { continue };
        let noun = if group.len() == 1 { first.noun } else { first.plural };
        let verb = match first.verb {
            Verb::Added => format!("{noun} added: "),
            Verb::Removed => format!("{noun} removed: "),
            Verb::Reworded => "reworded: ".to_owned(),
            // A change says itself what it is about.
            Verb::Changed if first.what.contains(" → ") || first.noun == "box" => String::new(),
            Verb::Changed => format!("{noun} changed: "),
        };
        parts.push(format!("{verb}{}", listed(&group)));
    }
    parts.join("; ")
}

/// Groups of one noun and one verb, together wherever they stand.
fn merged<'a>(groups: impl Iterator<Item = &'a [Difference]>) -> Vec<Vec<&'a Difference>> {
    let mut all: Vec<Vec<&Difference>> = Vec::new();
    for group in groups {
        let fits = |it: &&mut Vec<&Difference>| {
            let (one, other) = (it.first(), group.first());
            one.map(|it| (it.noun, it.verb)) == other.map(|it| (it.noun, it.verb))
        };
        match all.iter_mut().find(fits) {
            Some(known) => known.extend(group),
            None => all.push(group.iter().collect()),
        }
    }
    all
}

fn listed(group: &[&Difference]) -> String {
    let named = if group.len() > MOST_NAMED { MOST_NAMED - 1 } else { group.len() };
    let mut names: Vec<String> = group.iter().take(named).map(|it| it.what.clone()).collect();
    if group.len() > named {
        names.push(format!("and {} more", group.len() - named));
    }
    names.join(", ")
}
