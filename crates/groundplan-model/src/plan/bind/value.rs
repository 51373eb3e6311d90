//! `/exports/{id}/name`: one column of a row as a resource of its own (rule D4).

use super::super::columns;
use super::of;
use crate::document::Method;
use crate::plan::names::snake;
use crate::plan::scope::{Reason, Scope};
use crate::service::{Binding, Key, Operation, Resource, Role};

/// The operation on the column that `word` names; `None` where there is no such column.
pub(super) fn bind(
    scope: &mut Scope<'_>,
    owner: usize,
    key: &Key,
    word: &str,
) -> Option<Result<(Operation, Binding), Reason>> {
    let resource = scope.resources.get(owner)?;
    let column = column(resource, word)?;
    let name = resource.column(column)?;
    let is_state = columns::state_candidate(resource) == Some(column);
    let has_transitions = scope
        .document
        .transitions
        .iter()
        .any(|it| name.allowed.iter().any(|value| value.eq_ignore_ascii_case(&it.to)));
    let (span, text) = (name.span, name.name.clone());
    let operation = match scope.statement.method {
        Method::Get => Operation::Read,
        Method::Put | Method::Patch | Method::Post if is_state && has_transitions => {
            scope.because("D6", span, format!("the document's transitions guard `{text}`"));
            return Some(Ok((Operation::Act, of(owner, Some(key.clone()), None))));
        }
        Method::Put | Method::Patch => Operation::Update,
        _ => return None,
    };
    scope.because("D4", span, format!("`{word}` is the column `{text}`: that value alone"));
    let binding = Binding { value: Some(column), ..of(owner, Some(key.clone()), None) };
    Some(Ok((operation, binding)))
}

/// A column that clients may see, by its name.
fn column(resource: &Resource, word: &str) -> Option<usize> {
    let word = snake(word);
    let at = resource.table.columns.iter().position(|it| snake(&it.name) == word)?;
    let role = resource.fields.get(at)?.role;
    (role != Role::Secret && resource.key_index() != Some(at)).then_some(at)
}
