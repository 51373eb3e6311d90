//! Columns that mark a state: `is_published`, `published_at`.

use super::inverse;
use crate::plan::names;
use crate::plan::scope::{Reason, Scope};
use crate::schema::ColumnType;
use crate::service::{Assigned, Assignment, Transition};

/// What `verb` gives the booleans and times that are named after it, or after what it undoes.
pub(super) fn of(scope: &Scope<'_>, resource: usize, verb: &str) -> Vec<Assignment> {
    let done = marks(scope, resource, verb, Assigned::Boolean(true), Assigned::Now);
    if !done.is_empty() {
        return done;
    }
    let Some(undone) = inverse::undone(verb) else { return Vec::new() };
    marks(scope, resource, undone, Assigned::Boolean(false), Assigned::Null)
}

fn marks(
    scope: &Scope<'_>,
    resource: usize,
    verb: &str,
    flag: Assigned,
    time: Assigned,
) -> Vec<Assignment> {
    let Some(resource) = scope.resources.get(resource) else { return Vec::new() };
    let states = names::states_of(verb);
    let columns = resource.table.columns.iter().enumerate();
    let found = columns.filter_map(|(column, it)| {
        let name = names::snake(&it.name);
        let is = |prefix: &str, suffix: &str| {
            let stem = name.strip_prefix(prefix).and_then(|it| it.strip_suffix(suffix));
            stem.is_some_and(|stem| states.iter().any(|state| state == stem))
        };
        let value = match it.ty {
            ColumnType::Boolean if is("is_", "") || is("", "") => flag,
            ColumnType::Timestamp | ColumnType::Date if is("", "_at") || is("", "_on") => time,
            _ => return None,
        };
        let can_be_empty = value != Assigned::Null || !it.not_null;
        can_be_empty.then_some(Assignment { column, value })
    });
    found.collect()
}

/// A change of a mark alone, where no enumerated state says the same.
pub(super) fn alone(
    scope: &mut Scope<'_>,
    resource: usize,
    verb: &str,
    mark: &Assignment,
) -> Result<Transition, Reason> {
    let column = scope.resources.get(resource).and_then(|it| it.column(mark.column));
    let column = column.ok_or_else(|| format!("`{verb}` marks no column"))?;
    let (span, name) = (column.span, column.name.clone());
    let to = match mark.value {
        Assigned::Boolean(value) => value.to_string(),
        Assigned::Now => name.clone(),
        Assigned::Null => Transition::NOTHING.to_owned(),
    };
    scope.because("D6", span, format!("`{verb}` is marked by `{name}`"));
    scope.assume("D6", format!("`{verb}` is allowed at any time: no row says otherwise"));
    Ok(Transition { column: mark.column, to, from: Vec::new(), also: Vec::new() })
}
