//! Which rows go after which time (rule D11): rows of the retention table that name a table of the
//! schema. A row that is not understood to its last word deletes nothing, and is noted.

use super::{names, note};
use crate::document::{Document, Retention};
use crate::schema::ColumnType;
use crate::service::{Keep, NoteLevel, Resource, ServicePlan};

#[cfg(test)]
mod tests;

/// Words behind which a phrase says nothing more of which rows it means.
const ENDS: [&str; 8] = ["with", "and", "of", "in", "from", "including", "(", ","];

/// Adds what the document's retention rows say of its tables.
pub(super) fn settle(document: &Document, plan: &mut ServicePlan) {
    for stated in &document.retention {
        let Some(days) = stated.days else { continue };
        let period = document.source.slice(stated.span).to_lowercase();
        match keep(&plan.resources, stated, days, &period) {
            Ok(keep) => plan.retention.push(keep),
            Err(Some(reason)) => {
                let message = format!("nothing is deleted for `{}`: {reason}", stated.data);
                note(&mut plan.notes, NoteLevel::Info, "D11", stated.span, message);
            }
            Err(None) => {}
        }
    }
}

/// `Err` with the reason, or without one where the row is about something else than a table.
fn keep(
    resources: &[Resource],
    stated: &Retention,
    days: u32,
    row: &str,
) -> Result<Keep, Option<String>> {
    let words = words(&stated.data);
    let (resource, before) = named(resources, &words).ok_or(None)?;
    let states = states(&resources[resource], before)
        .ok_or_else(|| Some(format!("`{}` is no state of its table", before.join(" "))))?;
    let since = since(&resources[resource], &states, row)
        .ok_or_else(|| Some("its table has no column for the time it counts from".to_owned()))?;
    Ok(Keep { resource, days, since, states, span: stated.span })
}

/// The words that say which rows: `closed tickets` of "Closed tickets with comments".
fn words(data: &str) -> Vec<String> {
    let plain = data.replace('`', "").replace('(', " ( ").replace(',', " , ").to_lowercase();
    let words = plain.split_whitespace().take_while(|word| !ENDS.contains(word));
    words.filter(|word| !matches!(*word, "the" | "all")).map(str::to_owned).collect()
}

/// The table that the last words name, and the words before them.
fn named<'w>(resources: &[Resource], words: &'w [String]) -> Option<(usize, &'w [String])> {
    (0..words.len()).find_map(|at| {
        let (before, name) = words.split_at(at);
        let name = names::singular(&names::snake(&name.join("_")));
        let is_it = |it: &Resource| names::singular(&names::snake(&it.table.name)) == name;
        let ends_so = |it: &Resource| {
            names::singular(&names::snake(&it.table.name)).ends_with(&format!("_{name}"))
        };
        let mut ending = resources.iter().enumerate().filter(|(_, it)| ends_so(it));
        let by_ending = ending.next().filter(|_| ending.next().is_none()).map(|(at, _)| at);
        resources.iter().position(is_it).or(by_ending).map(|found| (found, before))
    })
}

/// The states that adjectives name; all rows where there are none. `None` where one is no state.
fn states(resource: &Resource, before: &[String]) -> Option<Vec<String>> {
    let allowed = || resource.table.columns.iter().flat_map(|column| &column.allowed);
    let state = |word: &String| allowed().find(|it| it.eq_ignore_ascii_case(word)).cloned();
    before.iter().filter(|word| *word != "or").map(state).collect()
}

/// The column that tells the row's age: the one that the row's text names, the moment its state was
/// reached, its last change, its making.
fn since(resource: &Resource, states: &[String], row: &str) -> Option<usize> {
    let moment = |name: &str| {
        let at = resource.table.column_index(name)?;
        let ty = &resource.table.columns.get(at)?.ty;
        matches!(ty, ColumnType::Timestamp | ColumnType::Date).then_some(at)
    };
    let columns = resource.table.columns.iter();
    let told = columns.filter_map(|column| column.name.strip_suffix("_at")).find(|stem| {
        let after = row.split(" after ").nth(1).unwrap_or("");
        after.split(|c: char| !c.is_alphanumeric()).any(|word| word == *stem)
    });
    if let Some(stem) = told {
        return moment(&format!("{stem}_at"));
    }
    if row.contains("last change") || row.contains("last update") {
        return moment("updated_at");
    }
    let reached = match states {
        [state] => moment(&format!("{}_at", state.to_lowercase())),
        _ => None,
    };
    let changed = || if states.is_empty() { None } else { moment("updated_at") };
    reached.or_else(changed).or_else(|| moment("created_at"))
}
