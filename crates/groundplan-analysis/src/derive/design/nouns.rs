//! What a table is called: by the paths that lead to it, or by its own name.

use groundplan_model::service::{Route, Segment};
use groundplan_model::{Document, ServicePlan};
use groundplan_syntax::Span;

use crate::derive::naming::{pascal, plural, singular, snake};
use crate::names::same_noun;

/// The names of one table's rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Noun {
    /// The table.
    pub(crate) table: String,
    /// One row, in snake case: `filter`.
    pub(crate) one: String,
    /// Several rows, in snake case: `filters`.
    pub(crate) many: String,
    /// A row's class: `Filter`.
    pub(crate) class: String,
    /// Where the table is defined.
    pub(crate) span: Span,
}

/// What a route without a table is about, in snake case, one and several: the last plural of its
/// path, or its first word.
pub(crate) fn of_path(plan: &ServicePlan, route: &Route) -> (String, String) {
    let base = plan.base_path.split('/').filter(|it| !it.is_empty()).count();
    let words = route.path.iter().skip(base).filter_map(|segment| match segment {
        Segment::Literal(text) => Some(snake(text)),
        Segment::Parameter(_) => None,
    });
    let is_general = |it: &String| {
        let version = it.strip_prefix('v').is_some_and(|rest| rest.parse::<u32>().is_ok());
        it == "api" || version
    };
    let words: Vec<String> = words.filter(|it| !is_general(it)).collect();
    let is_plural = |it: &&String| singular(it) != **it;
    let word = words.iter().rev().find(is_plural).or(words.first());
    let one = word.map_or_else(|| "service".to_owned(), |it| singular(it));
    let many = plural(&one);
    (one, many)
}

/// One noun a resource of the plan; one a table where there is no plan.
pub(super) fn of(document: &Document, plan: Option<&ServicePlan>) -> Vec<Noun> {
    let tables: Vec<(&str, Span)> = match plan {
        Some(plan) => plan.resources.iter().map(|it| (&*it.table.name, it.table.span)).collect(),
        None => document.schema.tables.iter().map(|it| (&*it.name, it.span)).collect(),
    };
    let named = |(at, (table, span)): (usize, (&str, Span))| {
        let noun = plan.and_then(|plan| segment(plan, at, table));
        noun_of(table, &noun.unwrap_or_else(|| snake(table)), span)
    };
    let mut nouns: Vec<Noun> = tables.into_iter().enumerate().map(named).collect();
    for at in 0..nouns.len() {
        let twins = |it: &&Noun| nouns.get(at).is_some_and(|own| own.one == it.one);
        if nouns.iter().filter(twins).count() > 1
            && let Some(noun) = nouns.get_mut(at)
        {
            *noun = noun_of(&noun.table, &snake(&noun.table), noun.span);
        }
    }
    nouns
}

fn noun_of(table: &str, name: &str, span: Span) -> Noun {
    let one = singular(name);
    let many = plural(&one);
    Noun { table: table.to_owned(), class: pascal(&one), one, many, span }
}

/// The last word of the paths of the resource at `index`, where it is a part of the table's name:
/// `filters` for `export_filters`.
fn segment(plan: &ServicePlan, index: usize, table: &str) -> Option<String> {
    let bound = |it: &&Route| it.binding.as_ref().is_some_and(|it| it.resource == index);
    let words = plan.routes.iter().filter(bound).flat_map(|route| &route.path);
    let literals = words.filter_map(|segment| match segment {
        Segment::Literal(text) => Some(snake(text)),
        Segment::Parameter(_) => None,
    });
    let table = snake(table);
    let last = table.rsplit('_').next().unwrap_or(&table);
    let mut fitting = literals.filter(|word| same_noun(word, &table) || same_noun(word, last));
    fitting.next()
}
