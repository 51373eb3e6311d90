//! A row of the database as JSON text, written directly: no value tree between.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use groundplan_model::schema::ColumnType;
use groundplan_model::service::Resource;

use crate::store::sql::quote;
use crate::store::{Row, Seen};

mod csv;
#[cfg(test)]
mod tests;

/// How the rows of one resource look on the wire.
#[derive(Debug)]
pub(crate) struct Shape {
    members: Vec<Member>,
}

#[derive(Clone, Debug)]
struct Member {
    /// Position of its column.
    index: usize,
    name: String,
    /// `{"id":` or `,"name":`
    prefix: Vec<u8>,
    kind: Kind,
    column: String,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Plain,
    Boolean,
    /// JSON text, to be passed on as it is.
    Verbatim,
}

impl Shape {
    /// All members but secret and hidden ones, in the table's order; without the last one where `drop_last`.
    pub(crate) fn new(resource: &Resource, drop_last: bool) -> Self {
        let fields = resource.fields.iter().zip(&resource.table.columns).enumerate();
        let shown = fields.filter(|(_, (field, _))| field.role.is_shown());
        let mut members = Vec::new();
        for (index, (field, column)) in shown {
            let start = if members.is_empty() { '{' } else { ',' };
            let name = serde_json::Value::from(field.name.as_str());
            let prefix = format!("{start}{name}:").into_bytes();
            members.push(Member {
                index,
                name: field.name.clone(),
                prefix,
                kind: Kind::of(&column.ty),
                column: quote(&column.name),
            });
        }
        if drop_last {
            members.pop();
        }
        Self { members }
    }

    /// The members of these columns alone, in this order.
    pub(crate) fn only(&self, columns: &[usize]) -> Self {
        let found = columns.iter().filter_map(|at| self.members.iter().find(|it| it.index == *at));
        let mut members: Vec<Member> = found.cloned().collect();
        for (at, member) in members.iter_mut().enumerate() {
            if let Some(first) = member.prefix.first_mut() {
                *first = if at == 0 { b'{' } else { b',' };
            }
        }
        Self { members }
    }

    /// How many columns [`Shape::columns`] selects.
    pub(crate) fn len(&self) -> usize {
        self.members.len().max(1)
    }

    /// The columns to select, in the order in which [`Shape::write`] reads them.
    pub(crate) fn columns(&self) -> String {
        let names: Vec<&str> = self.members.iter().map(|it| it.column.as_str()).collect();
        if names.is_empty() { "1".to_owned() } else { names.join(", ") }
    }

    /// Appends the row as a JSON object.
    pub(crate) fn write(&self, row: &Row<'_>, out: &mut Vec<u8>) {
        for (index, member) in self.members.iter().enumerate() {
            out.extend_from_slice(&member.prefix);
            member.kind.write(row.value(index), out);
        }
        out.extend_from_slice(if self.members.is_empty() { b"{}" } else { b"}" });
    }
}

impl Kind {
    fn of(ty: &ColumnType) -> Self {
        match ty {
            ColumnType::Boolean => Self::Boolean,
            ColumnType::Json | ColumnType::Array => Self::Verbatim,
            _ => Self::Plain,
        }
    }

    fn write(self, value: Seen<'_>, out: &mut Vec<u8>) {
        match (value, self) {
            (Seen::Null, _) => out.extend_from_slice(b"null"),
            (Seen::Integer(number), Self::Boolean) => json(&(number != 0), out),
            (Seen::Integer(number), _) => json(&number, out),
            (Seen::Real(number), _) => json(&number, out),
            (Seen::Text(text), Self::Verbatim) => out.extend_from_slice(text.as_bytes()),
            (Seen::Text(text), _) => json(&*text, out),
            (Seen::Blob(bytes), _) => json(&BASE64.encode(bytes), out),
        }
    }
}

/// Writing a scalar to memory cannot fail.
fn json(value: &(impl serde::Serialize + ?Sized), out: &mut Vec<u8>) {
    let _ = serde_json::to_writer(out, value);
}
