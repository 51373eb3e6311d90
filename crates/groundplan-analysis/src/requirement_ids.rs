//! Ids of requirements beside one another: which have one form, and which are cited.

use std::collections::HashSet;

use groundplan_model::Outline;

use crate::names;

/// An id with its digits left out: `AC-US1-01` and `AC-US2-14` have one form.
pub(crate) fn form(id: &str) -> String {
    let mut form = String::with_capacity(id.len());
    for c in id.chars() {
        match c {
            '0'..='9' if form.ends_with('#') => {}
            '0'..='9' => form.push('#'),
            _ => form.push(c),
        }
    }
    form
}

/// Whether the id is a number: of a requirement, `3`, or of one of its criteria, `3.1`.
pub(crate) fn is_number(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_digit())
}

/// The candidate that `id` was probably meant to be: with the nearest number, if any has its stem.
pub(crate) fn nearest<'a>(id: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let (stem, number) = numbered(id)?;
    let same = candidates.iter().filter_map(|it| Some((*it, numbered(it)?)));
    let same = same.filter(|(_, (other, _))| *other == stem);
    let near = same.min_by_key(|(_, (_, other))| other.abs_diff(number)).map(|(it, _)| it);
    near.or_else(|| names::nearest(id, candidates.iter().copied()))
}

/// What some documents cite.
pub(crate) struct Citations<'a> {
    ids: HashSet<&'a str>,
    ranges: Vec<(&'a str, u32, u32)>,
}

impl<'a> Citations<'a> {
    pub(crate) fn of(outlines: impl Iterator<Item = &'a Outline>) -> Self {
        let mut found = Self { ids: HashSet::new(), ranges: Vec::new() };
        for outline in outlines {
            let cited = outline.requirement_refs.iter().map(|it| it.text.as_str());
            found.ids.extend(cited);
            found.ids.extend(outline.requirements.iter().map(|it| it.id.text.as_str()));
            found.ranges.extend(outline.requirement_ranges.iter().filter_map(range));
        }
        found
    }

    /// Whether `id`, a part of it, or what it is a part of is cited.
    pub(crate) fn contains(&self, id: &str) -> bool {
        let is_part = |whole: &str, part: &str| {
            part.strip_prefix(whole).is_some_and(|rest| rest.starts_with('.'))
        };
        self.ids.contains(id)
            || self.is_in_range(id)
            || self.ids.iter().any(|it| is_part(it, id) || is_part(id, it))
    }

    fn is_in_range(&self, id: &str) -> bool {
        let Some((stem, number)) = numbered(id) else { return false };
        let holds = |it: &&(&str, u32, u32)| it.0 == stem && it.1 <= number && number <= it.2;
        self.ranges.iter().any(|it| holds(&it))
    }
}

fn range((first, last): &(String, String)) -> Option<(&str, u32, u32)> {
    let ((stem, from), (other, to)) = (numbered(first)?, numbered(last)?);
    (stem == other).then_some((stem, from, to))
}

/// An id without its last number, and that number.
fn numbered(id: &str) -> Option<(&str, u32)> {
    let stem = id.trim_end_matches(|c: char| c.is_ascii_digit());
    Some((stem, id.get(stem.len()..)?.parse().ok()?))
}

#[cfg(test)]
mod tests;
