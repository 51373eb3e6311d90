//! Sections that came, went, or say in other words what they said.

use std::collections::HashSet;

use groundplan_model::Document;
use groundplan_model::approval::approvable;
use groundplan_model::provenance::SectionDigest;
use groundplan_syntax::Span;

use super::facts::short;
use super::{Difference, Stated, Verb, judge};

/// Anchors of sections in which a fact differs.
#[derive(Default)]
pub(super) struct Touched {
    anchors: HashSet<String>,
}

impl Touched {
    pub(super) fn add(&mut self, document: &Document, span: Option<Span>) {
        let section = span.and_then(|it| document.section_at(it.start));
        self.anchors.extend(section.map(|it| it.anchor.clone()));
    }
}

/// Sections that differ and of which no fact was told.
pub(super) fn differences(
    before: &Document,
    after: &Document,
    touched: &Touched,
) -> Vec<Difference> {
    let (old, new) = (approvable(before), approvable(after));
    let find = |all: &[SectionDigest], anchor: &str| all.iter().position(|it| it.anchor == anchor);
    let is_untold = |it: &&SectionDigest| !touched.anchors.contains(&it.anchor);
    let mut found = Vec::new();
    for section in new.iter().filter(is_untold) {
        match find(&old, &section.anchor).and_then(|at| old.get(at)) {
            None => found.push(difference(Verb::Added, None, Some(section))),
            Some(was) if was.digest != section.digest => {
                found.push(difference(Verb::Reworded, Some(was), Some(section)));
            }
            Some(_) => {}
        }
    }
    let gone = old.iter().filter(is_untold).filter(|it| find(&new, &it.anchor).is_none());
    found.extend(gone.map(|it| difference(Verb::Removed, Some(it), None)));
    found.into_iter().flatten().collect()
}

fn difference(
    verb: Verb,
    was: Option<&SectionDigest>,
    now: Option<&SectionDigest>,
) -> Option<Difference> {
    let name = format!("\"{}\"", short(now.or(was)?.shown_title()));
    let stated = |it: &SectionDigest| Stated { value: String::new(), span: it.title.span };
    Some(Difference {
        noun: "section",
        plural: "sections",
        verb,
        what: name.clone(),
        name,
        before: was.map(stated),
        after: now.map(stated),
        judgement: judge::neutral("no fact that is compared is in it"),
    })
}
