//! Verbs that undo others: `unpublish`, `deactivate`, `reopen`.

use super::spelled;
use crate::plan::names;
use crate::plan::scope::{Reason, Scope};
use crate::schema::DefaultValue;
use crate::service::Transition;

/// The verb that `verb` undoes.
pub(super) fn undone(verb: &str) -> Option<&str> {
    match verb {
        "disable" => return Some("enable"),
        "restore" => return Some("archive"),
        _ => {}
    }
    let base = ["un", "de", "dis"].iter().find_map(|prefix| verb.strip_prefix(prefix))?;
    let base = base.strip_prefix('_').unwrap_or(base);
    // `undo`, `deliver`, `delete` and `display` undo nothing.
    let known = base.len() > 3 && !matches!(verb, "deliver" | "delete" | "deploy" | "display");
    known.then_some(base)
}

/// The way back to the value that a new row has, where the document's transitions allow it.
pub(super) fn back(
    scope: &mut Scope<'_>,
    column: usize,
    allowed: &[String],
    verb: &str,
) -> Result<Transition, Reason> {
    let unknown = || {
        format!(
            "`{verb}` leads to no one state of {}: a table with the columns Action, From and To \
             says which",
            allowed.join(", ")
        )
    };
    let done = names::states_of(undone(verb).ok_or_else(unknown)?);
    let from = allowed.iter().find(|it| done.contains(&it.to_lowercase())).ok_or_else(unknown)?;
    let first = first_state(scope, column, allowed);
    let mut stated = scope.document.transitions.iter().filter(|it| {
        let starts = it.from.iter().any(|state| state.eq_ignore_ascii_case(from));
        starts && first.as_ref().is_some_and(|first| first.eq_ignore_ascii_case(&it.to))
    });
    let stated = stated.next().ok_or_else(unknown)?;
    let to = spelled(allowed, &stated.to).ok_or_else(unknown)?;
    let span = stated.span;
    scope.because("D6", span, format!("`{verb}` leads back from `{from}` to `{to}`"));
    Ok(Transition { column, to, from: vec![from.clone()], also: Vec::new() })
}

fn first_state(scope: &Scope<'_>, column: usize, allowed: &[String]) -> Option<String> {
    let mut columns = scope.resources.iter().filter_map(|it| it.column(column));
    let it = columns.find(|it| it.allowed == allowed)?;
    match &it.default {
        Some(DefaultValue::Constant(serde_json::Value::String(text))) => Some(text.clone()),
        _ => allowed.first().cloned(),
    }
}
