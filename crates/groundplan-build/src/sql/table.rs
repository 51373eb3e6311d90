//! One table: columns with their own checks, then the constraints of several columns.

use groundplan_model::schema::{Column, ColumnType, DefaultValue, Limit, Table};

use super::dialect::Dialect;
use super::{Schema, condition, foreign_key, text};

/// `CREATE TABLE … STRICT;`
///
/// `made` are the tables that are there by then, this one included.
pub(super) fn create(schema: &Schema<'_>, table: &Table, made: &[&str]) -> String {
    let key_column = match table.primary_key.as_slice() {
        [only] => table.column(only),
        _ => None,
    };
    let dialect = schema.dialect;
    let columns = table.columns.iter();
    let is_key = |it| key_column.is_some_and(|key: &Column| key == it);
    let mut lines: Vec<String> = columns.map(|it| column(dialect, table, it, is_key(it))).collect();
    if table.primary_key.is_empty() {
        lines.extend(dialect.row_number().map(str::to_owned));
    }
    if key_column.is_none() && text::has_columns(table, &table.primary_key) {
        lines.push(format!("PRIMARY KEY ({})", text::names(&table.primary_key)));
    }
    lines.extend(uniques(table));
    lines.extend(checks(dialect, table));
    let keys = table.foreign_keys.iter();
    let keys = keys.filter(|key| foreign_key::fits_now(schema, key, made));
    lines.extend(keys.filter_map(|key| foreign_key::constraint(schema, table, key)));
    format!(
        "CREATE TABLE {} (\n    {}\n){};\n",
        text::name(&table.name),
        lines.join(",\n    "),
        dialect.table_end(),
    )
}

fn column(dialect: Dialect, table: &Table, column: &Column, is_key: bool) -> String {
    let mut sql = format!("{} {}", text::name(&column.name), dialect.storage(column));
    if is_key {
        sql.push_str(dialect.counted(table, column));
        sql.push_str(" PRIMARY KEY");
    }
    if column.not_null || is_key {
        sql.push_str(" NOT NULL");
    }
    if let Some(DefaultValue::Constant(value)) = &column.default
        && let Some(constant) = text::constant(dialect, column, value)
    {
        sql.push_str(" DEFAULT ");
        sql.push_str(&constant);
    }
    for check in column_checks(dialect, column) {
        sql.push_str(&format!(" CHECK ({check})"));
    }
    sql
}

/// The column's own bounds. NULL passes every check.
fn column_checks(dialect: Dialect, column: &Column) -> Vec<String> {
    let name = text::name(&column.name);
    let mut checks = Vec::new();
    match column.ty {
        ColumnType::Boolean if dialect == Dialect::Postgres => {}
        ColumnType::Boolean => checks.push(format!("{name} IN (0, 1)")),
        ColumnType::Integer { .. } => {
            checks.extend(allowed(column, |value| {
                value.parse::<i64>().ok().map(|it| it.to_string())
            }));
            checks.extend(range(column, &name));
        }
        ColumnType::Float => checks.extend(range(column, &name)),
        ColumnType::Decimal if dialect == Dialect::Postgres => checks.extend(range(column, &name)),
        // SQLite keeps decimals as text, which compares letter by letter.
        ColumnType::Decimal => checks.extend(range(column, &format!("CAST({name} AS REAL)"))),
        // The service checks these: their length as text is not what the document bounds.
        ColumnType::Json | ColumnType::Array => {}
        ColumnType::Uuid | ColumnType::Timestamp | ColumnType::Date | ColumnType::Bytes
            if dialect == Dialect::Postgres => {}
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
    let limit = |limit: Option<Limit>, sign: &str| {
        let (bound, equal) = match limit? {
            Limit::Included(bound) => (bound, "="),
            Limit::Excluded(bound) => (bound, ""),
        };
        bound.is_finite().then(|| format!("{value} {sign}{equal} {}", text::number(bound)))
    };
    limit(column.least(), ">").into_iter().chain(limit(column.most(), "<")).collect()
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

fn checks(dialect: Dialect, table: &Table) -> impl Iterator<Item = String> {
    let plain =
        table.checks.iter().filter_map(move |check| condition::plain(dialect, table, check));
    plain.map(|check| format!("CHECK ({check})"))
}
