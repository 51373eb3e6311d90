//! Words before a collection that only group endpoints (rule D1): `/admin/users`,
//! `/billing/invoices/{id}`.

use super::{many, resolve};
use crate::plan::paths;
use crate::plan::scope::Scope;
use crate::plan::statements::Statement;
use crate::service::Segment;

/// The last word of the base path, which groups all endpoints: `billing` of `/api/billing`.
pub(super) fn of_base(statement: &Statement, base: usize) -> Option<String> {
    match statement.path.get(base.checked_sub(1)?)? {
        Segment::Literal(word) if !paths::is_prefix(word) => Some(word.clone()),
        _ => None,
    }
}

/// The path behind its groups. A word is one where the next word names a table, and what follows
/// makes no sense of the two together.
pub(super) fn without<'p>(scope: &mut Scope<'_>, path: &'p [Segment]) -> &'p [Segment] {
    let mut rest = path;
    let whole = scope.namespace.clone();
    while let [Segment::Literal(group), Segment::Literal(word), ..] = rest {
        if resolve::is_table(scope, group) && many::is_word(word) {
            break;
        }
        let mark = scope.mark();
        scope.namespace = Some(group.clone());
        let found = resolve::table(scope, word, None);
        scope.forget(mark);
        let is_last_group = !matches!(rest.get(2), Some(Segment::Literal(_)));
        if found.is_err() && is_last_group && !paths::is_prefix(group) {
            scope.namespace = whole;
            break;
        }
        let note = format!("`{group}` groups endpoints; it is no table's");
        if resolve::is_table(scope, group) {
            scope.assume("D1", format!("`{word}` is a collection of its own, not below `{group}`"));
        } else {
            scope.because("D1", scope.statement.span, note);
        }
        rest = rest.get(1..).unwrap_or(&[]);
    }
    rest
}
