//! A row of the database as JSON text, written directly: no value tree between.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use groundplan_model::schema::{Column, ColumnType};
use groundplan_model::service::{Resource, Role};

use crate::stamp::Stamp;
use crate::store::sql::quote;
use crate::store::{Row, Seen};

mod csv;
#[cfg(test)]
mod tests;

/// How the rows of one resource look on the wire.
#[derive(Debug)]
pub(crate) struct Shape {
    members: Vec<Member>,
    /// Columns that belong to the row and are not shown; for its stamp.
    hidden: Vec<Member>,
    /// Positions of the version and of the time of the last change among the members.
    version: Option<usize>,
    changed: Option<usize>,
    /// The one column that is answered, where the path names it: the stamp is the whole row's.
    alone: Option<usize>,
}

/// A row as it is answered, and what tells it from its other states.
pub(crate) struct Written {
    pub(crate) json: Vec<u8>,
    pub(crate) stamp: Stamp,
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
        let (mut version, mut changed) = (None, None);
        for (index, (field, column)) in shown {
            let start = if members.is_empty() { '{' } else { ',' };
            let name = serde_json::Value::from(field.name.as_str());
            match field.role {
                Role::Version => version = Some(members.len()),
                Role::UpdatedAt => changed = Some(members.len()),
                _ => {}
            }
            members.push(Member::new(index, &field.name, column, format!("{start}{name}:")));
        }
        if drop_last {
            members.pop();
        }
        Self { members, hidden: Vec::new(), version, changed, alone: None }
    }

    /// The same with all that is stored, for rows that are answered with their stamp.
    pub(crate) fn stamped(resource: &Resource, drop_last: bool) -> Self {
        let fields = resource.fields.iter().zip(&resource.table.columns).enumerate();
        let secret = fields.filter(|(_, (field, _))| !field.role.is_shown());
        let hidden = secret.map(|(index, (field, column))| {
            Member::new(index, &field.name, column, ",".to_owned())
        });
        let hidden = hidden.collect();
        Self { hidden, ..Self::new(resource, drop_last) }
    }

    /// The same, answered as an object with this column alone.
    pub(crate) fn alone(self, column: usize) -> Self {
        Self { alone: Some(column), ..self }
    }

    /// Every column by its own name, secrets too: rows as they are kept, and not as they are shown.
    pub(crate) fn whole(resource: &Resource) -> Self {
        let mut members = Vec::with_capacity(resource.table.columns.len());
        for (index, column) in resource.table.columns.iter().enumerate() {
            let start = if members.is_empty() { '{' } else { ',' };
            let name = serde_json::Value::from(column.name.as_str());
            members.push(Member::new(index, &column.name, column, format!("{start}{name}:")));
        }
        Self { members, hidden: Vec::new(), version: None, changed: None, alone: None }
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
        Self { members, hidden: Vec::new(), version: None, changed: None, alone: None }
    }

    /// How many columns [`Shape::columns`] selects.
    pub(crate) fn len(&self) -> usize {
        (self.members.len() + self.hidden.len()).max(1)
    }

    /// The columns to select, in the order in which [`Shape::write`] reads them.
    pub(crate) fn columns(&self) -> String {
        let all = self.members.iter().chain(&self.hidden);
        let names: Vec<&str> = all.map(|it| it.column.as_str()).collect();
        if names.is_empty() { "1".to_owned() } else { names.join(", ") }
    }

    /// The positions in the table of those columns; `None` for none.
    pub(crate) fn positions(&self) -> Vec<Option<usize>> {
        let all = self.members.iter().chain(&self.hidden).map(|it| Some(it.index));
        let positions: Vec<_> = all.collect();
        if positions.is_empty() { vec![None] } else { positions }
    }

    /// Appends the row as a JSON object.
    pub(crate) fn write(&self, row: &Row<'_>, out: &mut Vec<u8>) {
        for (index, member) in self.members.iter().enumerate() {
            out.extend_from_slice(&member.prefix);
            member.kind.write(row.value(index), out);
        }
        out.extend_from_slice(if self.members.is_empty() { b"{}" } else { b"}" });
    }

    /// The row as a JSON object, with its stamp.
    pub(crate) fn written(&self, row: &Row<'_>) -> Written {
        let mut json = Vec::with_capacity(512);
        self.write(row, &mut json);
        let stamp = match self.version {
            Some(at) => Stamp::of_version(row.integer(at)),
            None if self.hidden.is_empty() => Stamp::of_stored(&json),
            None => Stamp::of_stored(&self.stored(row, json.clone())),
        };
        let stamp = match self.changed.map(|at| row.value(at)) {
            Some(Seen::Text(text)) => stamp.changed_at(&text),
            _ => stamp,
        };
        let json = self.alone.map_or(json, |column| self.one(row, column));
        Written { json, stamp }
    }

    /// An object with the member of one column.
    fn one(&self, row: &Row<'_>, column: usize) -> Vec<u8> {
        let mut json = Vec::with_capacity(64);
        let member = self.members.iter().enumerate().find(|(_, it)| it.index == column);
        let Some((at, member)) = member else { return b"{}".to_vec() };
        json.push(b'{');
        json.extend(member.prefix.iter().skip(1));
        member.kind.write(row.value(at), &mut json);
        json.push(b'}');
        json
    }

    /// What is shown, and what is not.
    fn stored(&self, row: &Row<'_>, mut json: Vec<u8>) -> Vec<u8> {
        for (at, member) in self.hidden.iter().enumerate() {
            json.extend_from_slice(&member.prefix);
            member.kind.write(row.value(self.members.len() + at), &mut json);
        }
        json
    }
}

impl Member {
    fn new(index: usize, name: &str, column: &Column, prefix: String) -> Self {
        let (kind, column) = (Kind::of(&column.ty), quote(&column.name));
        Self { index, name: name.to_owned(), prefix: prefix.into_bytes(), kind, column }
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
