//! SQLAlchemy and SQLModel: mapped classes, and `Table(…)`.

use super::{add, column, fields, table, truth};
use crate::Certainty;
use crate::code::syntax::{Binding, Call, Item, ItemKind, Syntax, Value, last};
use crate::code::{CodeColumn, CodeFile, CodeTable, TableForm};

/// Bases that bring no columns.
const BARE: [&str; 7] =
    ["Base", "Model", "DeclarativeBase", "SQLModel", "MappedAsDataclass", "AsyncAttrs", "object"];

/// How many classes deep columns are inherited.
const DEPTH: usize = 4;

pub(super) fn read(syntax: &Syntax<'_>, file: &mut CodeFile) {
    let classes = syntax.items.iter().enumerate().filter(|(_, it)| it.kind == ItemKind::Type);
    let mapped = classes.filter_map(|(index, class)| mapped(syntax, index, class));
    add(file, mapped.collect());
    let tables = syntax.calls.iter().filter(|it| it.name == "Table");
    add(file, tables.filter_map(|call| listed(syntax, call, TableForm::SqlAlchemy)).collect());
}

fn mapped(syntax: &Syntax<'_>, index: usize, class: &Item<'_>) -> Option<CodeTable> {
    let stated = fields(syntax, index).find(|it| it.name == "__tablename__");
    let stated = stated.and_then(|it| syntax.stated(&it.value));
    let is_model = class.head.contains("table=True");
    let name = match stated {
        Some(name) => Ok(name.into_owned()),
        None if is_model => Err(class.name.to_lowercase()),
        None => return None,
    };
    let mut columns = Vec::new();
    let is_whole = inherited(syntax, index, is_model, DEPTH, &mut columns);
    let mut found = table(syntax, class, name, TableForm::SqlAlchemy, columns);
    if !is_whole {
        found.certainty = found.certainty.min(Certainty::Inferred);
    }
    Some(found)
}

/// Adds the columns of a class and of its bases in this file; false where a base stands elsewhere.
fn inherited(
    syntax: &Syntax<'_>,
    index: usize,
    is_model: bool,
    depth: usize,
    columns: &mut Vec<CodeColumn>,
) -> bool {
    let Some(class) = syntax.items.get(index) else { return true };
    let mut is_whole = true;
    for base in bases(class.head) {
        let own = syntax.items.iter().position(|it| it.name == base && it.kind == ItemKind::Type);
        is_whole &= match own.filter(|it| *it != index && depth > 0) {
            Some(base) => inherited(syntax, base, is_model, depth - 1, columns),
            None => BARE.contains(&last(base)),
        };
    }
    for field in fields(syntax, index) {
        columns.extend(field_column(syntax, field, is_model));
    }
    is_whole
}

/// The bases in `class Order(Timestamps, Base)`.
fn bases(head: &str) -> impl Iterator<Item = &str> {
    let inner = head.split_once('(').map_or("", |it| it.1);
    let inner = inner.rsplit_once(')').map_or("", |it| it.0);
    inner.split(',').map(str::trim).filter(|it| !it.is_empty() && !it.contains('='))
}

/// `id = Column(Integer)`, `id: Mapped[int] = mapped_column()`, `id: int` of SQLModel.
fn field_column(syntax: &Syntax<'_>, field: &Binding<'_>, is_model: bool) -> Option<CodeColumn> {
    let call = syntax.as_call(&field.value).map(|it| it.1);
    let is_column = call.is_some_and(|it| matches!(it.name, "Column" | "mapped_column"));
    let is_relation = call.is_some_and(|it| it.name.to_lowercase().contains("relationship"));
    let mapped = field.ty.strip_prefix("Mapped[").and_then(|it| it.strip_suffix(']'));
    let typed = mapped.or(Some(field.ty).filter(|it| is_model && !it.is_empty()));
    let counts = (is_column || typed.is_some()) && !is_relation && !field.name.starts_with("__");
    if !counts {
        return None;
    }
    let mut found = match call.filter(|_| is_column) {
        Some(call) => stated_column(syntax, call, field.name),
        None => column(syntax, field.name, "", None, &field.name_range),
    };
    found.place = syntax.place(&field.name_range);
    if let Some(typed) = typed {
        let is_optional = typed.contains("Optional[") || typed.contains("None");
        found.nullable = found.nullable.or(Some(is_optional));
        if found.ty.is_empty() {
            found.ty = typed.trim_start_matches("Optional[").trim_end_matches(']').to_owned();
        }
    }
    Some(found)
}

/// `Column("name", String(255), nullable=False)`.
pub(super) fn stated_column(syntax: &Syntax<'_>, call: &Call<'_>, fallback: &str) -> CodeColumn {
    let first = call.positional(0);
    let name = first.and_then(|it| syntax.stated(&it.value).filter(|_| is_text(&it.value)));
    let types = call.arguments.iter().filter(|it| it.key.is_empty() && !is_text(&it.value));
    let written = types.map(|it| syntax.slice(it.range.clone()));
    let ty = written.into_iter().find(|it| !is_constraint(it));
    let ty = ty.or_else(|| call.keyed("type_").map(|it| syntax.slice(it.range.clone())));
    let is_key = call.keyed("primary_key").and_then(|it| truth(&it.value)) == Some(true);
    let nullable = call.keyed("nullable").and_then(|it| truth(&it.value));
    let ty = ty.unwrap_or("").trim_start_matches("sa.").trim_start_matches("db.");
    let name = name.as_deref().unwrap_or(fallback);
    let at = first.map_or_else(|| call.range.clone(), |it| it.range.clone());
    column(syntax, name, ty, nullable.or(is_key.then_some(false)), &at)
}

fn is_text(value: &Value<'_>) -> bool {
    matches!(value, Value::Text { .. })
}

fn is_constraint(text: &str) -> bool {
    let name = last(text.split('(').next().unwrap_or(text));
    matches!(name, "ForeignKey" | "Identity" | "Computed" | "Sequence" | "CheckConstraint")
}

/// `Table("orders", metadata, Column(…))`, and `op.create_table("orders", Column(…))`.
pub(super) fn listed(syntax: &Syntax<'_>, call: &Call<'_>, form: TableForm) -> Option<CodeTable> {
    let first = call.positional(0)?;
    let name = syntax.stated(&first.value)?.into_owned();
    let inner = call.arguments.iter().filter_map(|it| syntax.as_call(&it.value));
    let columns = inner.filter(|(_, it)| it.name == "Column");
    let columns = columns.map(|(_, it)| stated_column(syntax, it, "")).collect();
    let place = syntax.place(&first.range);
    Some(CodeTable { name, columns, form, place, certainty: Certainty::Stated })
}
