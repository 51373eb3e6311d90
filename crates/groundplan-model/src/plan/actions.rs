//! Verbs of a path to changes of state (rule D6): an enumerated state, a boolean, the time at which
//! it was reached; all of those that there are, together.

mod inverse;
mod marks;

use super::scope::{Reason, Scope};
use super::{columns, names};
use crate::service::Transition;

/// The change of state that `verb` means for a row of `resource`.
pub(super) fn transition(
    scope: &mut Scope<'_>,
    resource: usize,
    verb: &str,
) -> Result<Transition, Reason> {
    let verb = names::snake(verb);
    let state = state(scope, resource, &verb);
    let marks = marks::of(scope, resource, &verb);
    match state {
        Ok(found) => {
            let also = marks.into_iter().filter(|it| it.column != found.column);
            Ok(Transition { also: also.collect(), ..found })
        }
        Err(reason) => {
            let (first, rest) = marks.split_first().ok_or(reason)?;
            let found = marks::alone(scope, resource, &verb, first)?;
            Ok(Transition { also: rest.to_vec(), ..found })
        }
    }
}

/// The change of an enumerated state.
fn state(scope: &mut Scope<'_>, resource: usize, verb: &str) -> Result<Transition, Reason> {
    let unknown = || format!("`{verb}` is neither a child table nor an action on a state");
    let bound = scope.resources.get(resource).ok_or_else(unknown)?;
    let column = columns::state_candidate(bound).ok_or_else(unknown)?;
    let allowed = &bound.table.columns.get(column).ok_or_else(unknown)?.allowed;
    let stated: Vec<_> = scope
        .document
        .transitions
        .iter()
        .filter(|it| it.action.as_deref().is_some_and(|action| names::snake(action) == verb))
        .collect();
    let Some(first) = stated.first() else { return by_verb(scope, column, allowed, verb) };
    let to = spelled(allowed, &first.to)
        .ok_or_else(|| format!("`{}` is not an allowed value of the state", first.to))?;
    if let Some(other) = stated.iter().find(|it| !it.to.eq_ignore_ascii_case(&first.to)) {
        let message = format!("`{verb}` leads to `{}` and to `{}`", first.to, other.to);
        scope.ambiguous("D6", &message);
        return Err(message);
    }
    let from = stated.iter().flat_map(|it| &it.from).filter_map(|it| spelled(allowed, it));
    let found = Transition { column, to, from: from.collect(), also: Vec::new() };
    scope.because("D6", first.span, format!("`{verb}` leads to `{}`", found.to));
    Ok(found)
}

/// No row states the action: the verb's participle among the allowed values, or the way back from
/// the participle of the verb that it undoes.
fn by_verb(
    scope: &mut Scope<'_>,
    column: usize,
    allowed: &[String],
    verb: &str,
) -> Result<Transition, Reason> {
    let states = names::states_of(verb);
    let matches: Vec<&String> =
        allowed.iter().filter(|value| states.contains(&value.to_lowercase())).collect();
    let to = match matches.as_slice() {
        [to] => *to,
        [] => return begun(scope, column, allowed, verb),
        many => {
            let names: Vec<String> = many.iter().map(|it| format!("`{it}`")).collect();
            let message = format!("`{verb}` can lead to {}", names.join(" or "));
            scope.ambiguous("D6", &message);
            return Err(message);
        }
    };
    let guards = scope.document.transitions.iter().filter(|it| it.to.eq_ignore_ascii_case(to));
    let from: Vec<String> =
        guards.flat_map(|it| &it.from).filter_map(|it| spelled(allowed, it)).collect();
    if from.is_empty() {
        scope.assume("D6", format!("`{verb}` is allowed from every state: no row says otherwise"));
    }
    let note = format!("`{verb}` leads to `{to}`, by its participle");
    scope.because("D6", scope.statement.span, note);
    Ok(Transition { column, to: to.clone(), from, also: Vec::new() })
}

/// The state of work that the verb begins, or the way back from what it undoes.
fn begun(
    scope: &mut Scope<'_>,
    column: usize,
    allowed: &[String],
    verb: &str,
) -> Result<Transition, Reason> {
    let ongoing = names::ongoing(verb);
    let Some(to) = allowed.iter().find(|it| ongoing.contains(&it.to_lowercase())) else {
        return inverse::back(scope, column, allowed, verb);
    };
    let (to, span) = (to.clone(), scope.statement.span);
    let guards = scope.document.transitions.iter().filter(|it| it.to.eq_ignore_ascii_case(&to));
    let from = guards.flat_map(|it| &it.from).filter_map(|it| spelled(allowed, it)).collect();
    scope
        .assume("D6", format!("`{verb}` begins work: the row is `{to}`, and nothing goes on here"));
    scope.because("D6", span, format!("`{verb}` leads to `{to}`, while it is done"));
    Ok(Transition { column, to, from, also: Vec::new() })
}

/// A state as the schema spells it.
fn spelled(allowed: &[String], state: &str) -> Option<String> {
    allowed.iter().find(|value| value.eq_ignore_ascii_case(state)).cloned()
}
