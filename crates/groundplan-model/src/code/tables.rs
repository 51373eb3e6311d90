//! Tables, one file a tool: migrations in SQL or by Alembic, and types that are mapped to tables.

mod alembic;
mod diesel;
mod django;
mod link;
pub(super) mod prisma;
mod sea_orm;
pub(super) mod sql;
mod sqlalchemy;
#[cfg(test)]
mod tests;
mod typeorm;

pub use link::link_tables;

use super::syntax::{Binding, Call, Item, Syntax, Value};
use super::{CodeColumn, CodeFile, CodeTable, Language, Reader, TableForm};
use crate::Certainty;

/// Every tool whose tables stand in source code.
pub(super) static READERS: &[Reader] = &[
    Reader {
        languages: &[Language::Python],
        words: &["__tablename__", "table=True", "Table("],
        read: sqlalchemy::read,
    },
    Reader { languages: &[Language::Python], words: &["op."], read: alembic::read },
    Reader { languages: &[Language::Python], words: &["models."], read: django::read },
    Reader { languages: &[Language::Rust], words: &["table!"], read: diesel::read },
    Reader { languages: &[Language::Rust], words: &["sea_orm("], read: sea_orm::read },
    Reader {
        languages: &[Language::TypeScript, Language::JavaScript],
        words: &["@Entity"],
        read: typeorm::read,
    },
];

/// A table of a type: its name as stated, or as made from the type's.
fn table(
    syntax: &Syntax<'_>,
    item: &Item<'_>,
    name: Result<String, String>,
    form: TableForm,
    columns: Vec<CodeColumn>,
) -> CodeTable {
    let certainty = if name.is_ok() { Certainty::Stated } else { Certainty::Inferred };
    let name = name.unwrap_or_else(|made| made);
    let name = name.rsplit('.').next().unwrap_or(&name).to_owned();
    CodeTable { name, columns, form, place: syntax.place(&item.name_range), certainty }
}

/// Fields of the type at `index`, in order.
fn fields<'s, 'a>(
    syntax: &'s Syntax<'a>,
    index: usize,
) -> impl Iterator<Item = &'s Binding<'a>> + use<'s, 'a> {
    syntax.bindings.iter().filter(move |it| it.scope == Some(index))
}

/// A decorator of a field.
fn decorator<'s, 'a>(
    syntax: &'s Syntax<'a>,
    decorators: &[usize],
    name: &str,
) -> Option<&'s Call<'a>> {
    let mut calls = decorators.iter().filter_map(|it| syntax.call(*it));
    calls.find(|it| it.name == name)
}

/// `True` or `false`, as every language writes them.
fn truth(value: &Value<'_>) -> Option<bool> {
    match value {
        Value::Name("True" | "true") | Value::Other("True" | "true") => Some(true),
        Value::Name("False" | "false") | Value::Other("False" | "false") => Some(false),
        _ => None,
    }
}

/// `OrderItem` as `order_item`.
fn snake(name: &str) -> String {
    let mut found = String::new();
    let mut before_is_small = false;
    for c in name.chars() {
        if c.is_uppercase() && before_is_small {
            found.push('_');
        }
        before_is_small = c.is_lowercase() || c.is_ascii_digit();
        found.extend(c.to_lowercase());
    }
    found
}

/// A column where a call states it.
fn column(
    syntax: &Syntax<'_>,
    name: &str,
    ty: &str,
    nullable: Option<bool>,
    at: &std::ops::Range<usize>,
) -> CodeColumn {
    CodeColumn { name: name.to_owned(), ty: ty.to_owned(), nullable, place: syntax.place(at) }
}

/// Adds what was found.
fn add(file: &mut CodeFile, found: Vec<CodeTable>) {
    file.tables.extend(found.into_iter().filter(|it| !it.columns.is_empty()));
}
