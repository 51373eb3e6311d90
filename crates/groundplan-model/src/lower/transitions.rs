//! Allowed changes of state. One file a form.

mod arrows;
mod chart;
mod sentence;
mod table;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use super::Reading;
use crate::document::Transition;

pub(super) fn read(reading: &mut Reading<'_>) {
    let mut found = Vec::new();
    table::read(reading, &mut found);
    chart::read(reading, &mut found);
    let states = States::of(reading);
    arrows::read(reading, &states, &mut found);
    sentence::read(reading, &states, &mut found);
    found.sort_by_key(|it| it.span);
    let mut seen = HashSet::new();
    found
        .retain(|it: &Transition| seen.insert((it.from.clone(), it.action.clone(), it.to.clone())));
    reading.document.transitions = found;
}

/// The values that the columns of the data model allow, a set a column, in lower case.
struct States(Vec<Vec<String>>);

impl States {
    fn of(reading: &Reading<'_>) -> Self {
        let columns = reading.document.schema.tables.iter().flat_map(|table| &table.columns);
        let sets = columns.filter(|column| column.allowed.len() >= 2);
        Self(sets.map(|it| it.allowed.iter().map(|value| value.to_lowercase()).collect()).collect())
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether one column allows all of `names`, which are in lower case.
    fn hold<'n>(&self, names: impl Iterator<Item = &'n String> + Clone) -> bool {
        self.0.iter().any(|set| names.clone().all(|name| set.contains(name)))
    }
}

/// Names of states in a text: `queued, running` or "queued or running"; none for "any".
fn names(text: &str) -> Vec<String> {
    let text = text.to_lowercase().replace(" or ", ",").replace(" and ", ",");
    let names = text.split([',', '/', '|']).map(str::trim);
    names.filter(|name| !matches!(*name, "" | "any" | "*")).map(str::to_owned).collect()
}
