//! What a migration asks of columns: what rows get that were there before the column.

use groundplan_model::ServicePlan;
use groundplan_model::schema::{Column, ColumnSql, ColumnType, DefaultValue, Table};
use groundplan_model::service::{Field, Role};

use super::dialect::Dialect;
use super::text;

/// The columns of `table`.
pub(super) fn columns(plan: &ServicePlan, table: &Table, dialect: Dialect) -> Vec<ColumnSql> {
    let resource = plan.resources.iter().find(|it| it.table.name == table.name);
    let fields = resource.map(|it| it.fields.as_slice()).unwrap_or_default();
    let columns = table.columns.iter().enumerate();
    columns
        .map(|(at, column)| ColumnSql {
            name: column.name.clone(),
            ty: column.ty.clone(),
            not_null: column.not_null || table.primary_key.contains(&column.name),
            fill: fill(dialect, column, fields.get(at)),
        })
        .collect()
}

/// The column's default, or what the service fills it with itself.
fn fill(dialect: Dialect, column: &Column, field: Option<&Field>) -> Option<String> {
    match (&column.default, field.map(|field| field.role)) {
        (Some(DefaultValue::Constant(value)), _) => text::constant(dialect, column, value),
        (Some(DefaultValue::Now), _) | (_, Some(Role::CreatedAt | Role::UpdatedAt)) => {
            now(dialect, column)
        }
        (Some(DefaultValue::NewUuid), _) => Some(new_uuid(dialect).to_owned()),
        (_, Some(Role::Version)) => Some("1".to_owned()),
        _ => None,
    }
}

fn now(dialect: Dialect, column: &Column) -> Option<String> {
    Some(
        match (&column.ty, dialect) {
            (ColumnType::Timestamp, Dialect::Sqlite) => "strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')",
            (ColumnType::Date, Dialect::Sqlite) => "date('now')",
            (ColumnType::Timestamp, Dialect::Postgres) => "now()",
            (ColumnType::Date, Dialect::Postgres) => "current_date",
            (ColumnType::Integer { .. }, Dialect::Sqlite) => "unixepoch()",
            (ColumnType::Integer { .. }, Dialect::Postgres) => "extract(epoch FROM now())::bigint",
            _ => return None,
        }
        .to_owned(),
    )
}

/// Version 4 (RFC 9562).
fn new_uuid(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Postgres => "gen_random_uuid()",
        Dialect::Sqlite => {
            "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || \
             substr(hex(randomblob(2)), 2) || '-a' || substr(hex(randomblob(2)), 2) || '-' || \
             hex(randomblob(6)))"
        }
    }
}
