//! What differs in meaning between two revisions of a document, and who is hurt by it.
//!
//! A difference is about a fact, never about lines: its two places, what it was and is, and a
//! verdict. [`changes`] pairs the documents of two revisions; the change log tells the same
//! differences in its own words.

mod compare;
mod facts;
mod fields;
mod judge;
mod repository;
mod sections;
mod version;

use groundplan_model::Document;
use groundplan_syntax::Span;

pub use repository::{Change, changes};
pub use version::{Raise, breaks_promise, stated_version};

use compare::{Pair, Whole};
use facts::FactKind;

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What it is one of: "endpoint".
    pub noun: &'static str,
    /// Several of it: "endpoints".
    pub plural: &'static str,
    /// What happened to it.
    pub verb: Verb,
    /// Which one: `POST /orders`, `orders.total`.
    pub name: String,
    /// The same with what changed, where that is short: `p95 200 → 150 ms`.
    pub what: String,
    /// What it was, and where.
    pub before: Option<Stated>,
    /// What it is, and where.
    pub after: Option<Stated>,
    /// Who is hurt.
    pub judgement: Judgement,
}

/// One side of a difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// The value in short; empty for a fact that is its name only.
    pub value: String,
    /// Where it stands.
    pub span: Span,
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

impl Verb {
    /// `added`, `removed`, `changed` or `reworded`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Reworded => "reworded",
        }
    }
}

/// Whether what worked with the old text works with the new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Nobody outside depends on it.
    Neutral,
    /// What worked goes on working.
    Compatible,
    /// Something that worked does not work any more.
    Breaking,
}

impl Verdict {
    /// `breaking`, `compatible` or `neutral`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Compatible => "compatible",
            Self::Breaking => "breaking",
        }
    }
}

/// Whether a bound promises more or less than it did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// It promises more.
    Stricter,
    /// It promises less.
    Looser,
}

impl Direction {
    /// `stricter` or `looser`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stricter => "stricter",
            Self::Looser => "looser",
        }
    }
}

/// A verdict with its reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// Why: one clause.
    pub reason: String,
    /// For bounds: where they moved.
    pub direction: Option<Direction>,
}

/// Everything that differs between two revisions of a document.
pub fn differences(before: &Document, after: &Document) -> Vec<Difference> {
    let mut found: Vec<Difference> = status(before, after).into_iter().collect();
    let mut whole = Whole::default();
    let mut touched = sections::Touched::default();
    for kind in facts::ALL {
        let (old, new) = (kind.of(before), kind.of(after));
        let pairs = compare::pairs(kind, &old, &new);
        whole.add(kind.noun, &pairs);
        for pair in pairs.iter().filter(|it| !whole.holds(it)) {
            touched.add(before, pair.was.map(|it| it.span));
            touched.add(after, pair.now.map(|it| it.span));
            found.extend(difference(kind, pair));
        }
    }
    found.extend(sections::differences(before, after, &touched));
    found
}

fn difference(kind: &FactKind, pair: &Pair<'_, '_>) -> Option<Difference> {
    let stated = |it: &facts::Fact<'_>| Stated { value: it.value.clone(), span: it.span };
    let fact = pair.now.or(pair.was)?;
    let name = match (pair.was, pair.now) {
        (Some(was), Some(now)) if was.id != now.id => format!("{} → {}", was.key, now.key),
        _ => fact.key.clone(),
    };
    let what = match (pair.was, pair.now) {
        (Some(was), Some(now)) if kind.shows_value && was.id == now.id => {
            change(&now.key, &was.value, &now.value)
        }
        _ => name.clone(),
    };
    let (noun, plural, verb) = (kind.noun, kind.plural, kind.verb_of(pair));
    let (before, after) = (pair.was.map(stated), pair.now.map(stated));
    Some(Difference {
        noun,
        plural,
        verb,
        name,
        what,
        before,
        after,
        judgement: (kind.judge)(pair),
    })
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

fn status(before: &Document, after: &Document) -> Option<Difference> {
    let stated = |it: &Document| {
        let raw = &it.status.as_ref()?.raw;
        Some(Stated { value: raw.text.trim().to_owned(), span: raw.span })
    };
    let (was, now) = (stated(before)?, stated(after)?);
    let what = format!("status {} → {}", was.value, now.value);
    let judgement = judge::neutral("it tells of the document, not of what it describes");
    (was.value != now.value).then(|| Difference {
        noun: "status",
        plural: "status",
        verb: Verb::Changed,
        name: "status".to_owned(),
        what,
        before: Some(was),
        after: Some(now),
        judgement,
    })
}

#[cfg(test)]
mod tests;
