//! The record of every write: which row, by whom, before and after, in the write's own transaction.
//!
//! The database itself keeps it, with a trigger on each table: whatever changes a row passes there,
//! rows that go along with others included. Two hooks in our own code would forget the third.

mod form;
mod origin;
pub(super) mod postgres;
pub(super) mod sqlite;

use groundplan_model::schema::ColumnType;
use groundplan_model::service::{Resource, Role, ServicePlan};

pub(crate) use origin::{Origin, Stamp};

use form::Form;

#[cfg(test)]
mod tests;

/// Columns of the record that its origin fills, in the order of a [`Stamp`].
const ORIGIN: [&str; 7] = ["at", "subject", "tenant", "roles", "method", "path", "request_id"];

/// What a row of the table is recorded with.
#[derive(Clone, Debug)]
pub(crate) struct Watched {
    table: String,
    key: Vec<String>,
    /// Columns by name, with how they are written.
    columns: Vec<(String, Form)>,
}

impl Watched {
    /// Every table of the document, as its rows are recorded.
    pub(crate) fn all(plan: &ServicePlan) -> Vec<Self> {
        plan.resources.iter().map(Self::of).collect()
    }

    fn of(resource: &Resource) -> Self {
        let columns = resource.fields.iter().zip(&resource.table.columns);
        let columns = columns.map(|(field, column)| {
            let form = match (field.role, &column.ty) {
                (Role::Secret, _) => Form::Masked,
                (_, ColumnType::Bytes) => Form::Bytes,
                (_, ColumnType::Boolean) => Form::Boolean,
                (_, ColumnType::Json | ColumnType::Array) => Form::Json,
                (_, ColumnType::Integer { .. }) => Form::Integer,
                (_, ColumnType::Float) => Form::Real,
                (_, ColumnType::Timestamp) => Form::Moment,
                _ => Form::Text,
            };
            (column.name.clone(), form)
        });
        let table = &resource.table;
        Self {
            columns: columns.collect(),
            table: table.name.clone(),
            key: table.primary_key.clone(),
        }
    }
}

/// What a trigger watches, and of which row it knows.
#[derive(Clone, Copy)]
struct Event {
    action: &'static str,
    before: Option<&'static str>,
    after: Option<&'static str>,
}

const EVENTS: [Event; 3] = [
    Event { action: "insert", before: None, after: Some("NEW") },
    Event { action: "update", before: Some("OLD"), after: Some("NEW") },
    Event { action: "delete", before: Some("OLD"), after: None },
];
