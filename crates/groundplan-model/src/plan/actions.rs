//! Verbs of a path to changes of state (rule D6).

use super::scope::{Reason, Scope};
use super::{columns, names};
use crate::service::Transition;

/// The change of state that `verb` means for a row of `resource`.
pub(super) fn transition(
    scope: &mut Scope<'_>,
    resource: usize,
    verb: &str,
) -> Result<Transition, Reason> {
    let unknown = || format!("`{verb}` is neither a child table nor an action on a state");
    let bound = scope.resources.get(resource).ok_or_else(unknown)?;
    let column = columns::state_candidate(bound).ok_or_else(unknown)?;
    let allowed = &bound.table.columns.get(column).ok_or_else(unknown)?.allowed;
    let verb = names::snake(verb);
    let stated: Vec<_> = scope
        .document
        .transitions
        .iter()
        .filter(|it| it.action.as_deref().is_some_and(|action| names::snake(action) == verb))
        .collect();
    if let Some(first) = stated.first() {
        let to = spelled(allowed, &first.to)
            .ok_or_else(|| format!("`{}` is not an allowed value of the state", first.to))?;
        let from = stated.iter().flat_map(|it| &it.from).filter_map(|it| spelled(allowed, it));
        let found = Transition { column, to, from: from.collect() };
        scope.because("D6", first.span, format!("`{verb}` leads to `{}`", found.to));
        return Ok(found);
    }
    by_verb(scope, column, allowed, &verb)
}

/// No row states the action: the verb's participle among the allowed values.
fn by_verb(
    scope: &mut Scope<'_>,
    column: usize,
    allowed: &[String],
    verb: &str,
) -> Result<Transition, Reason> {
    let states = names::states_of(verb);
    let matches: Vec<&String> =
        allowed.iter().filter(|value| states.contains(&value.to_lowercase())).collect();
    let [to] = matches.as_slice() else {
        return Err(format!(
            "`{verb}` leads to no one state of {}: a table with the columns Action, From and To \
             says which",
            allowed.join(", ")
        ));
    };
    let guards = scope.document.transitions.iter().filter(|it| it.to.eq_ignore_ascii_case(to));
    let from: Vec<String> =
        guards.flat_map(|it| &it.from).filter_map(|it| spelled(allowed, it)).collect();
    if from.is_empty() {
        scope.assume("D6", format!("`{verb}` is allowed from every state: no row says otherwise"));
    }
    let note = format!("`{verb}` leads to `{to}`, by its participle");
    scope.because("D6", scope.statement.span, note);
    Ok(Transition { column, to: (*to).clone(), from })
}

/// A state as the schema spells it.
fn spelled(allowed: &[String], state: &str) -> Option<String> {
    allowed.iter().find(|value| value.eq_ignore_ascii_case(state)).cloned()
}
