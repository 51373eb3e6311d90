//! The documents of two revisions: paired, and compared.

use std::collections::{HashMap, HashSet};

use groundplan_model::document::State;
use groundplan_model::{Document, lower};
use groundplan_syntax::{Source, parse};

use super::version::raised;
use super::{Difference, Raise, Verb, Verdict, differences, judge};

/// What happened to a document.
pub struct Change<'a> {
    /// As it was; `None` for a new one.
    pub before: Option<&'a Document>,
    /// As it is; `None` for one that is gone.
    pub after: Option<&'a Document>,
    /// What differs.
    pub differences: Vec<Difference>,
    /// How it says that it breaks with what it was.
    pub raise: Option<Raise>,
}

impl Change<'_> {
    /// Its path now, or what it was.
    pub fn path(&self) -> &str {
        self.after.or(self.before).map_or("", |it| it.source.path())
    }

    /// `added`, `removed`, `renamed` or `changed`.
    pub fn verb(&self) -> &'static str {
        match (self.before, self.after) {
            (None, _) => "added",
            (_, None) => "removed",
            (Some(was), Some(now)) if was.source.path() != now.source.path() => "renamed",
            _ => "changed",
        }
    }

    /// Whether something breaks and no version says so.
    pub fn breaks_promise(&self) -> bool {
        super::breaks_promise(&self.differences, self.raise.as_ref())
    }
}

/// What happened to documents between two revisions, by path. Those that are the same may be left
/// out of both; those in which nothing differs are not told.
pub fn changes<'a>(before: &'a [Document], after: &'a [Document]) -> Vec<Change<'a>> {
    let mut found: Vec<Change<'a>> = pairs(before, after)
        .into_iter()
        .map(|(before, after)| change(before, after))
        .filter(|it| !it.differences.is_empty() || it.verb() != "changed")
        .collect();
    found.sort_by(|one, other| one.path().cmp(other.path()));
    settle_moved(&mut found);
    found
}

fn change<'a>(before: Option<&'a Document>, after: Option<&'a Document>) -> Change<'a> {
    let nothing = |it: &Document| {
        let source = Source::new(it.source.path(), "");
        lower(&source, &parse(&source))
    };
    let (differences, raise) = match (before, after) {
        (Some(was), Some(now)) => (differences(was, now), raised(was, now)),
        (None, Some(now)) => (differences(&nothing(now), now), None),
        (Some(was), None) => (withdrawn(was, differences(was, &nothing(was))), None),
        (None, None) => (Vec::new(), None),
    };
    Change { before, after, differences, raise }
}

/// What a document that is gone took with it; nothing was promised any more where it was superseded.
fn withdrawn(document: &Document, mut found: Vec<Difference>) -> Vec<Difference> {
    let state = document.status.as_ref().and_then(|it| it.state);
    if state == Some(State::Superseded) {
        for difference in &mut found {
            difference.judgement = judge::neutral("the document was superseded");
        }
    }
    found
}

type Paired<'a> = (Option<&'a Document>, Option<&'a Document>);

/// Documents of one path; of the others those that have most of their lines in common.
fn pairs<'a>(before: &'a [Document], after: &'a [Document]) -> Vec<Paired<'a>> {
    let by_path: HashMap<&str, &Document> = after.iter().map(|it| (it.source.path(), it)).collect();
    let mut found: Vec<Paired<'a>> = Vec::new();
    let mut gone = Vec::new();
    for was in before {
        match by_path.get(was.source.path()) {
            Some(now) => found.push((Some(was), Some(*now))),
            None => gone.push(was),
        }
    }
    let known: HashSet<&str> = before.iter().map(|it| it.source.path()).collect();
    let mut new: Vec<&Document> =
        after.iter().filter(|it| !known.contains(it.source.path())).collect();
    for was in gone {
        let now = renamed(was, &new).map(|at| new.remove(at));
        found.push((Some(was), now));
    }
    found.extend(new.into_iter().map(|it| (None, Some(it))));
    found
}

/// Above this many new documents nobody looks for old names: comparing all with all would take long.
const MOST_COMPARED: usize = 300;

/// The document that `was` became.
fn renamed(was: &Document, new: &[&Document]) -> Option<usize> {
    let old = lines(was);
    let likeness = |it: &&Document| {
        let lines = lines(it);
        let same = lines.intersection(&old).count();
        (same * 100).checked_div(lines.len().max(old.len())).unwrap_or(0)
    };
    let scored = new.iter().take(MOST_COMPARED).map(likeness).enumerate();
    let best = scored.max_by_key(|(at, score)| (*score, std::cmp::Reverse(*at)));
    best.filter(|it| it.1 >= 50).map(|it| it.0)
}

fn lines(document: &Document) -> HashSet<&str> {
    document.source.text().lines().map(str::trim).filter(|it| !it.is_empty()).collect()
}

/// What one document lost and another one got in the same step is lost to nobody.
fn settle_moved(changes: &mut [Change<'_>]) {
    let mut got: HashMap<(&'static str, String), String> = HashMap::new();
    for change in changes.iter() {
        for it in change.differences.iter().filter(|it| it.verb == Verb::Added) {
            got.insert((it.noun, it.name.to_lowercase()), change.path().to_owned());
        }
    }
    for change in changes {
        let broken = change.differences.iter_mut();
        let broken = broken.filter(|it| it.judgement.verdict == Verdict::Breaking);
        for it in broken.filter(|it| it.verb == Verb::Removed) {
            if let Some(path) = got.get(&(it.noun, it.name.to_lowercase())) {
                it.judgement = judge::neutral(format!("`{path}` states it now"));
            }
        }
    }
}
