//! The statement that changes a row's writable columns, some or all.

use crate::store::Cell;
use groundplan_model::schema::ColumnType;
use groundplan_model::service::{Operation, Role};
use jiff::Timestamp;

use crate::action::Draft;
use crate::action::fill::{Filler, time};
use crate::place::Place;
use crate::store::FIRST_VALUE;
use crate::store::sql::quote;
use crate::validate::Sent;

/// One statement for every set of members: each column has a flag that says whether it changes.
#[derive(Debug)]
pub(super) struct Change {
    sql: String,
    columns: Vec<Settable>,
    /// The type of the column that keeps the time of the change.
    stamp: Option<ColumnType>,
}

#[derive(Debug)]
struct Settable {
    index: usize,
    /// What a column gets that was not sent; `None` where it keeps its value.
    otherwise: Option<Filler>,
}

impl Change {
    /// For rows of `place`; `whole` where columns that are not sent go back to their default.
    pub(super) fn new(draft: &Draft<'_>, place: &Place, whole: bool, returning: &str) -> Self {
        let resource = draft.resource;
        let fields = resource.fields.iter().zip(&resource.table.columns).enumerate();
        let (mut columns, mut sets, mut number) = (Vec::new(), Vec::new(), FIRST_VALUE);
        let of_file = file_columns(draft);
        for (index, (field, column)) in fields {
            let in_path = place.foreign_key == Some(index) || place.key_column() == Some(index);
            if (field.role.is_writable() || of_file.contains(&index)) && !in_path {
                let name = quote(&column.name);
                let value = number + 1;
                sets.push(format!("{name} = CASE WHEN ?{number} THEN ?{value} ELSE {name} END"));
                let otherwise = whole.then(|| Filler::default_of(column));
                columns.push(Settable { index, otherwise });
                number += 2;
            }
        }
        let (touched, stamp) = touch(draft, number);
        sets.extend(touched);
        if sets.is_empty() {
            // SQL knows no empty SET, and the row is to be answered all the same.
            let first = resource.table.columns.first().map_or("rowid", |it| it.name.as_str());
            sets.push(format!("{0} = {0}", quote(first)));
        }
        let (table, condition) = (&place.table, &place.condition);
        let sets = sets.join(", ");
        let sql = format!("UPDATE {table} SET {sets} WHERE {condition} RETURNING {returning}");
        Self { sql, columns, stamp }
    }

    pub(super) fn sql(&self) -> &str {
        &self.sql
    }

    /// The statement's values, from the first parameter after the head.
    pub(super) fn values(&self, sent: &Sent) -> Vec<Cell> {
        let now = Timestamp::now();
        let mut values = Vec::with_capacity(self.columns.len() * 2 + 1);
        for column in &self.columns {
            let given = sent.get(column.index).cloned().flatten();
            let value = given.or_else(|| column.otherwise.as_ref()?.fill(now));
            values.push(Cell::Integer(value.is_some().into()));
            values.push(value.unwrap_or(Cell::Null));
        }
        values.extend(self.stamp.as_ref().map(|ty| time(ty, now)));
        values
    }
}

/// Columns that an upload changes.
fn file_columns(draft: &Draft<'_>) -> Vec<usize> {
    let is_upload = matches!(draft.route.operation, Operation::Upload(_));
    let columns = draft.resource.file_columns().filter(|_| is_upload);
    columns.map(|it| it.all().collect()).unwrap_or_default()
}

/// Settings that every change of a row makes: its time of change (parameter `number`) and version.
pub(super) fn touch(draft: &Draft<'_>, number: usize) -> (Vec<String>, Option<ColumnType>) {
    let column = |role| draft.resource.column(draft.resource.role_index(role)?);
    let mut sets = Vec::new();
    let stamp = column(Role::UpdatedAt);
    sets.extend(stamp.map(|it| format!("{} = ?{number}", quote(&it.name))));
    sets.extend(column(Role::Version).map(|it| {
        let name = quote(&it.name);
        format!("{name} = {name} + 1")
    }));
    (sets, stamp.map(|it| it.ty.clone()))
}
