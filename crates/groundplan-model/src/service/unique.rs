//! Unique indexes: sets of columns that no two rows share, beside the keys of the tables.

use super::{Resource, ServicePlan};
use crate::schema::{Column, DefaultValue, Index, Table};

impl ServicePlan {
    /// The unique indexes of a resource's table, those for some rows only included.
    pub fn unique_indexes<'a>(&'a self, resource: &'a Resource) -> impl Iterator<Item = &'a Index> {
        let table = resource.table.name.as_str();
        self.indexes.iter().filter(move |it| it.unique && it.table.eq_ignore_ascii_case(table))
    }

    /// Whether values that a client sends can be refused by a unique index.
    pub(super) fn has_writable_index(&self, resource: &Resource) -> bool {
        let writable = |name: &String| {
            let at = resource.table.column_index(name);
            at.and_then(|at| resource.fields.get(at)).is_some_and(|it| it.role.is_writable())
        };
        self.unique_indexes(resource).any(|index| index.columns.iter().any(writable))
    }
}

impl Index {
    /// Whether a new row is surely among those that the index holds for: it has no condition, or
    /// one that the defaults of the columns meet.
    pub fn holds_for_new(&self, table: &Table) -> bool {
        let Some(condition) = &self.condition else { return true };
        let words: Vec<&str> = condition.split_whitespace().collect();
        let begins = |name: &str| table.column(name.trim_matches('"')).map(start);
        match words.as_slice() {
            [name, is, null] if is_word(is, "is") && is_word(null, "null") => {
                begins(name) == Some(Start::Null)
            }
            [not, name] if is_word(not, "not") => begins(name) == Some(Start::of("false")),
            [name, "<>" | "!=", value] => begins(name).is_some_and(|it| it.differs(value)),
            [name, "=", value] => begins(name) == Some(Start::of(value)),
            _ => false,
        }
    }
}

/// What a column has in a new row where the client does not say.
#[derive(PartialEq)]
enum Start {
    Null,
    Value(String),
    Unknown,
}

impl Start {
    fn of(text: &str) -> Self {
        Self::Value(text.trim_matches('\'').to_lowercase())
    }

    fn differs(&self, text: &str) -> bool {
        matches!(self, Self::Value(_)) && *self != Self::of(text)
    }
}

fn start(column: &Column) -> Start {
    match &column.default {
        Some(DefaultValue::Constant(serde_json::Value::String(text))) => Start::of(text),
        Some(DefaultValue::Constant(value)) => Start::of(&value.to_string()),
        Some(_) => Start::Unknown,
        None if column.not_null => Start::Unknown,
        None => Start::Null,
    }
}

fn is_word(text: &str, word: &str) -> bool {
    text.eq_ignore_ascii_case(word)
}
