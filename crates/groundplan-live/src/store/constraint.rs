//! A violated constraint as a refusal that names fields, never the constraint.

use groundplan_model::service::{Refusal, Resource, ServicePlan};

use super::failed::Failed;
use crate::refused::{FieldFault, Refused};

#[cfg(test)]
mod tests;

/// What is needed to read a database's messages about one table.
#[derive(Debug)]
pub(crate) struct Constraints {
    columns: Vec<Named>,
    indexes: Vec<(String, Vec<String>)>,
    checks: Vec<String>,
}

#[derive(Debug)]
struct Named {
    column: String,
    field: String,
    writable: bool,
}

impl Constraints {
    pub(crate) fn new(plan: &ServicePlan, resource: &Resource) -> Self {
        let fields = resource.fields.iter().zip(&resource.table.columns);
        let columns = fields
            .map(|(field, column)| Named {
                column: column.name.clone(),
                field: field.name.clone(),
                writable: field.role.is_writable(),
            })
            .collect();
        let own = |table: &str| table.eq_ignore_ascii_case(&resource.table.name);
        let indexes = plan.indexes.iter().filter(|index| index.unique && own(&index.table));
        let indexes = indexes.map(|index| (index.name.clone(), index.columns.clone())).collect();
        Self { columns, indexes, checks: resource.table.checks.clone() }
    }

    /// Why a write of this table's row was refused.
    pub(crate) fn refuse(&self, failed: Failed) -> Refused {
        match &failed {
            Failed::Duplicate(message) => self.duplicate(message),
            Failed::NotNull(message) => self.invalid(&self.in_message(message), "must not be null"),
            Failed::Datatype(message) => {
                self.invalid(&self.in_message(message), "has a value of the wrong type")
            }
            Failed::Check(message) => self.invalid(
                &self.in_check(message),
                "does not fit the other values, by a rule of the document",
            ),
            Failed::ForeignKey => Refused::new(
                Refusal::UnknownReference,
                "the body refers to a row that is not there",
            ),
            Failed::Broken(_) => failed.into(),
        }
    }

    fn duplicate(&self, message: &str) -> Refused {
        let named = self.in_message(message);
        let writable: Vec<&Named> = named.iter().copied().filter(|it| it.writable).collect();
        let told = if writable.is_empty() { named } else { writable };
        let fault = |it: &&Named| FieldFault::new(&it.field, "has a value that another row has");
        let faults = told.iter().map(fault).collect();
        Refused::fields(Refusal::Duplicate, "there is such a row already", faults)
    }

    fn invalid(&self, named: &[&Named], what: &str) -> Refused {
        let faults = named.iter().map(|it| FieldFault::new(&it.field, what)).collect();
        Refused::fields(Refusal::InvalidField, "the values do not fit", faults)
    }

    /// Columns of `UNIQUE constraint failed: t.a, t.b`, or of `…: index 'name'`.
    fn in_message(&self, message: &str) -> Vec<&Named> {
        let list = message.split_once(": ").map_or(message, |(_, list)| list);
        let index = self.indexes.iter().find(|(name, _)| list == format!("index '{name}'"));
        if let Some((_, columns)) = index {
            return self.named(|it| columns.iter().any(|name| name.eq_ignore_ascii_case(it)));
        }
        let last = |part: &str| part.rsplit('.').next().unwrap_or(part).trim().to_owned();
        let names: Vec<String> = list.split(", ").map(last).collect();
        self.named(|it| names.iter().any(|name| name.eq_ignore_ascii_case(it)))
    }

    /// Writable columns of the CHECK that failed. SQLite's message has its name, or its text (of a
    /// text that begins with a quoted name, that name only), so the document's CHECKs with a column
    /// of the message are looked up; where there is none, any of them may be the one.
    fn in_check(&self, message: &str) -> Vec<&Named> {
        let text = message.split_once(": ").map_or(message, |(_, text)| text);
        let told = self.writable_in(text);
        let mut named: Vec<&Named> = Vec::new();
        for columns in self.checks.iter().map(|check| self.writable_in(check)) {
            let is_told = columns.iter().any(|it| told.iter().any(|told| told.column == it.column));
            if told.is_empty() || is_told {
                named.extend(columns);
            }
        }
        if named.is_empty() {
            return told;
        }
        named.sort_by_key(|it| &it.column);
        named.dedup_by_key(|it| &it.column);
        named
    }

    fn writable_in(&self, text: &str) -> Vec<&Named> {
        let word = |it: char| !it.is_alphanumeric() && it != '_';
        let names: Vec<&str> = text.split(word).collect();
        let mut named = self.named(|it| names.iter().any(|name| name.eq_ignore_ascii_case(it)));
        named.retain(|it| it.writable);
        named
    }

    fn named(&self, is_it: impl Fn(&str) -> bool) -> Vec<&Named> {
        self.columns.iter().filter(|it| is_it(&it.column)).collect()
    }
}
