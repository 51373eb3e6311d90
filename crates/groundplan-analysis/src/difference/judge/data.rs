//! Verdicts on what is stored.

mod column;

use groundplan_model::schema::OnDelete;

pub(in super::super) use column::column;

use super::{breaking, compatible, neutral};
use crate::difference::compare::Pair;
use crate::difference::facts::{Fact, Of};
use crate::difference::{Judgement, Verb};

pub(in super::super) fn table(pair: &Pair<'_, '_>) -> Judgement {
    match pair.verb() {
        Verb::Added => compatible("nothing uses it yet"),
        Verb::Removed => breaking("its rows are lost, and queries that name it fail"),
        _ => breaking("queries that name it by its old name fail"),
    }
}

pub(in super::super) fn primary_key(_: &Pair<'_, '_>) -> Judgement {
    breaking("rows are told apart in another way: what refers to them does not find them")
}

pub(in super::super) fn unique(pair: &Pair<'_, '_>) -> Judgement {
    match pair.verb() {
        Verb::Removed => compatible("whatever could be stored still can"),
        _ => breaking("rows that are equal in it are refused, those that are there too"),
    }
}

pub(in super::super) fn index(pair: &Pair<'_, '_>) -> Judgement {
    let is_unique = |it: &Fact<'_>| matches!(it.of, Of::Index(index) if index.unique);
    match (pair.was.is_some_and(is_unique), pair.now.is_some_and(is_unique)) {
        (false, true) => {
            breaking("rows that are equal in it are refused, those that are there too")
        }
        (true, false) => compatible("whatever could be stored still can"),
        _ => neutral("it changes how fast queries are, not what they find"),
    }
}

pub(in super::super) fn foreign_key(pair: &Pair<'_, '_>) -> Judgement {
    let on_delete = |it: &Fact<'_>| match it.of {
        Of::ForeignKey(key) => Some(key.on_delete),
        _ => None,
    };
    match (pair.was.and_then(on_delete), pair.now.and_then(on_delete)) {
        (None, _) => breaking("rows that refer to nothing are refused, those that are there too"),
        (_, None) => compatible("whatever could be stored still can"),
        (_, Some(OnDelete::Restrict)) => breaking("rows that are referred to cannot be deleted"),
        (Some(OnDelete::Restrict), _) => compatible("rows that are referred to can be deleted"),
        _ => breaking("deleting a row does another thing to those that refer to it"),
    }
}
