//! A row as a JSON text that SQL puts together, the same on both databases.

use super::Watched;
use crate::store::sql::{literal, quote};

/// How a column is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Only that there is a value.
    Masked,
    /// Only how many bytes there are.
    Bytes,
    Boolean,
    Json,
    Integer,
    Real,
    Moment,
    Text,
}

/// Writes an expression that is not NULL as JSON text.
pub(super) type Write = fn(Form, &str) -> String;

impl Watched {
    /// The row known as `alias`, as an expression.
    pub(super) fn row(&self, alias: &str, write: Write) -> String {
        let mut parts = Vec::with_capacity(self.columns.len());
        for (index, (name, form)) in self.columns.iter().enumerate() {
            let lead = if index == 0 { "{" } else { "," };
            let member = serde_json::Value::from(name.as_str());
            let value = format!("{alias}.{}", quote(name));
            let written = write(*form, &value);
            let lead = literal(&format!("{lead}{member}:"));
            parts.push(format!("{lead} || coalesce({written}, 'null')"));
        }
        if parts.is_empty() {
            return literal("{}");
        }
        format!("{} || '}}'", parts.join(" || "))
    }

    /// The key of the row known as `alias`, as an expression.
    pub(super) fn key(&self, alias: &str) -> String {
        let parts = self.key.iter().map(|it| format!("CAST({alias}.{} AS TEXT)", quote(it)));
        let parts: Vec<String> = parts.collect();
        if parts.is_empty() { "NULL".to_owned() } else { parts.join(" || ',' || ") }
    }
}
