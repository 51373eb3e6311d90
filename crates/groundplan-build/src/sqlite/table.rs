//! One table: columns with their own checks, then the constraints of several columns.

use groundplan_model::schema::{Column, ColumnType, DefaultValue, Table};

use super::{Schema, condition, foreign_key, text};

/// `CREATE TABLE … STRICT;`
pub(super) fn create(schema: &Schema<'_>, table: &Table) -> String {
    let key_column = match table.primary_key.as_slice() {
        [only] => table.column(only),
        _ => None,
    };
    let columns =
        table.columns.iter().map(|it| column(it, key_column.is_some_and(|key| key == it)));
    let mut lines: Vec<String> = columns.collect();
    if key_column.is_none() && text::has_columns(table, &table.primary_key) {
        lines.push(format!("PRIMARY KEY ({})", text::names(&table.primary_key)));
    }
    lines.extend(uniques(table));
    lines.extend(checks(table));
    let keys = table.foreign_keys.iter();
    lines.extend(keys.filter_map(|key| foreign_key::constraint(schema, table, key)));
    format!(
        "CREATE TABLE {} (\n    {}\n) STRICT;\n",
        text::name(&table.name),
        lines.join(",\n    ")
    )
}

fn column(column: &Column, is_key: bool) -> String {
    let mut sql = format!("{} {}", text::name(&column.name), storage(&column.ty));
    if is_key {
        sql.push_str(" PRIMARY KEY");
    }
    if column.not_null || is_key {
        sql.push_str(" NOT NULL");
    }
    if let Some(DefaultValue::Constant(value)) = &column.default
        && let Some(constant) = text::constant(column, value)
    {
        sql.push_str(" DEFAULT ");
        sql.push_str(&constant);
    }
    for check in column_checks(column) {
        sql.push_str(&format!(" CHECK ({check})"));
    }
    sql
}

/// What a column's values are stored as: one form a type, whatever the dialect calls it.
fn storage(ty: &ColumnType) -> &'static str {
    match ty {
        ColumnType::Integer { .. } | ColumnType::Boolean => "INTEGER",
        ColumnType::Float => "REAL",
        ColumnType::Bytes => "BLOB",
        _ => "TEXT",
    }
}

/// The column's own bounds. NULL passes every check.
fn column_checks(column: &Column) -> Vec<String> {
    let name = text::name(&column.name);
    let mut checks = Vec::new();
    match column.ty {
        ColumnType::Boolean => checks.push(format!("{name} IN (0, 1)")),
        ColumnType::Integer { .. } => {
            checks.extend(allowed(column, |value| {
                value.parse::<i64>().ok().map(|it| it.to_string())
            }));
            checks.extend(range(column, &name));
        }
        ColumnType::Float => checks.extend(range(column, &name)),
        // Decimals are kept as text, which compares letter by letter.
        ColumnType::Decimal => checks.extend(range(column, &format!("CAST({name} AS REAL)"))),
        // The service checks these: their length as text is not what the document bounds.
        ColumnType::Json | ColumnType::Array => {}
        _ => {
            checks.extend(allowed(column, |value| Some(text::string(value))));
            checks.extend(lengths(column, &name));
        }
    }
    checks
}

fn allowed(column: &Column, literal: impl Fn(&str) -> Option<String>) -> Option<String> {
    let values: Vec<String> = column.allowed.iter().filter_map(|it| literal(it)).collect();
    (!values.is_empty()).then(|| format!("{} IN ({})", text::name(&column.name), values.join(", ")))
}

fn range(column: &Column, value: &str) -> Vec<String> {
    let least = column.minimum.filter(|it| it.is_finite());
    let most = column.maximum.filter(|it| it.is_finite());
    let least = least.map(|bound| format!("{value} >= {}", text::number(bound)));
    let most = most.map(|bound| format!("{value} <= {}", text::number(bound)));
    least.into_iter().chain(most).collect()
}

fn lengths(column: &Column, name: &str) -> Vec<String> {
    let least = column.min_length.filter(|it| *it > 0);
    let least = least.map(|bound| format!("length({name}) >= {bound}"));
    let most = column.max_length.map(|bound| format!("length({name}) <= {bound}"));
    least.into_iter().chain(most).collect()
}

fn uniques(table: &Table) -> impl Iterator<Item = String> {
    let holds = |columns: &&Vec<String>| {
        text::has_columns(table, columns) && !text::same_set(columns, &table.primary_key)
    };
    table.uniques.iter().filter(holds).map(|columns| format!("UNIQUE ({})", text::names(columns)))
}

fn checks(table: &Table) -> impl Iterator<Item = String> {
    let plain = table.checks.iter().filter_map(|check| condition::plain(table, check));
    plain.map(|check| format!("CHECK ({check})"))
}
