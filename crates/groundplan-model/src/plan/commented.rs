//! Values that a comment lists behind a column (rule D5): the column holds no others.

use std::borrow::Cow;

use super::note;
use crate::schema::Schema;
use crate::service::{Note, NoteLevel};

/// The schema with those values in their columns.
pub(super) fn schema<'d>(mut schema: Cow<'d, Schema>, notes: &mut Vec<Note>) -> Cow<'d, Schema> {
    for list in schema.value_lists.clone() {
        let tables = &mut schema.to_mut().tables;
        let table = tables.iter_mut().find(|it| it.name.eq_ignore_ascii_case(&list.table));
        let column = table.and_then(|it| it.columns.iter_mut().find(|it| it.name == list.column));
        let Some(column) = column.filter(|it| it.allowed.is_empty()) else { continue };
        let message = format!(
            "`{}.{}` is one of {}: the comment behind it lists them",
            list.table,
            list.column,
            list.values.join(", ")
        );
        note(notes, NoteLevel::Assumption, "D5", list.span, message);
        column.allowed = list.values;
    }
    schema
}
