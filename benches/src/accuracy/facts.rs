//! Kinds of facts, how each is compared, and how well each is to be read.

mod items;
mod shapes;
mod tasks;

use groundplan_model::Document;

use super::compare::{Item, Sides, Tally};
use super::expected::{self, Expected, Facts};

/// A kind of fact: one entry of [`ALL`].
pub(crate) struct FactKind {
    pub(crate) name: &'static str,
    /// Precision and recall to reach, in percent.
    pub(crate) goal: Option<(f64, f64)>,
    pub(crate) judge: fn(&Expected, &Document) -> Tally,
}

const HIGH: Option<(f64, f64)> = Some((95.0, 90.0));
const GOOD: Option<(f64, f64)> = Some((90.0, 80.0));

/// Every kind, those with a goal first.
pub(crate) static ALL: &[FactKind] = &[
    FactKind { name: "endpoints", goal: HIGH, judge: items::endpoints },
    FactKind { name: "tables", goal: HIGH, judge: shapes::tables },
    FactKind { name: "columns", goal: HIGH, judge: shapes::columns },
    FactKind { name: "task_marks", goal: HIGH, judge: tasks::marks },
    FactKind { name: "task_ids", goal: HIGH, judge: tasks::ids },
    FactKind { name: "statuses", goal: HIGH, judge: items::statuses },
    FactKind { name: "targets", goal: GOOD, judge: items::targets },
    FactKind { name: "requirements", goal: GOOD, judge: items::requirements },
    FactKind { name: "errors", goal: GOOD, judge: items::errors },
    FactKind { name: "placeholders", goal: GOOD, judge: items::placeholders },
    FactKind { name: "kinds", goal: None, judge: items::kinds },
    FactKind { name: "requirement_refs", goal: None, judge: items::requirement_refs },
    FactKind { name: "env_vars", goal: None, judge: items::env_vars },
    FactKind { name: "components", goal: None, judge: items::components },
    FactKind { name: "questions", goal: None, judge: tasks::questions },
    FactKind { name: "types", goal: None, judge: shapes::types },
    FactKind { name: "fields", goal: None, judge: shapes::fields },
];

fn line(document: &Document, offset: u32) -> Option<usize> {
    Some(document.source.line(offset as usize))
}
