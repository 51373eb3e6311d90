//! Rows that a rule looks at.

use groundplan_model::schema::Column;
use groundplan_model::service::{
    Alias, AliasKind, Expression, Resource, Rule as Plan, ServicePlan, Tally,
};

use super::{Ground, Rows, expressions, is_new};
use crate::action::Draft;
use crate::place::Place;
use crate::refused::Refused;
use crate::store::sql::quote;
use crate::store::{Cell, FIRST_VALUE, Head, Row};

/// The row of one alias.
pub(super) struct Loader {
    kind: AliasKind,
    columns: Vec<Column>,
    /// `None` for a row that is not there yet.
    sql: Option<String>,
}

impl Loader {
    pub(super) fn new(draft: &Draft<'_>, place: &Place, alias: &Alias) -> Self {
        let resource = draft.plan.resources.get(alias.resource);
        let columns = resource.map(|it| it.table.columns.clone()).unwrap_or_default();
        let sql = resource.filter(|_| !is_new(draft, alias.kind)).map(|resource| {
            let condition = condition(place, resource, alias.kind);
            let table = quote(&resource.table.name);
            format!("SELECT {} FROM {table} WHERE {condition}", names(&columns, &table))
        });
        Self { kind: alias.kind, columns, sql }
    }

    pub(super) fn sql(&self) -> Option<&str> {
        self.sql.as_deref()
    }

    pub(super) fn column(&self, index: usize) -> Option<&Column> {
        self.columns.get(index)
    }

    /// The row's cells, in the table's order.
    pub(super) fn load(
        &self,
        ground: &Ground<'_>,
        rows: &Rows,
    ) -> Result<Option<Vec<Cell>>, Refused> {
        let Some(sql) = &self.sql else { return Ok(None) };
        let head = ground.target.head(ground.caller);
        let values = match self.kind {
            AliasKind::Referred { from, foreign_key, .. } => {
                match cell(ground, rows, from, foreign_key) {
                    None | Some(Cell::Null) => return Ok(None),
                    Some(value) => vec![value],
                }
            }
            _ => Vec::new(),
        };
        let read = |row: &Row<'_>| (0..self.columns.len()).map(|at| row.cell(at)).collect();
        Ok(ground.db.first(sql, &head, &values, read)?)
    }
}

/// A column of an alias' row, or of the row that is to be made.
fn cell(ground: &Ground<'_>, rows: &Rows, alias: usize, column: usize) -> Option<Cell> {
    match (rows.get(alias)?, ground.row) {
        (Some(row), _) => row.get(column).cloned(),
        (None, Some(row)) if alias == 0 => row.get(column)?.clone(),
        _ => None,
    }
}

fn names(columns: &[Column], table: &str) -> String {
    let names: Vec<String> =
        columns.iter().map(|it| format!("{table}.{}", quote(&it.name))).collect();
    names.join(", ")
}

/// The condition that finds the row of an alias.
pub(super) fn condition(place: &Place, resource: &Resource, kind: AliasKind) -> String {
    let column = |at: usize| resource.column(at).map_or_else(String::new, |it| quote(&it.name));
    match kind {
        AliasKind::Row => place.condition.clone(),
        AliasKind::Parent => {
            let table = quote(&resource.table.name);
            let referred = place.parent_column().map(quote);
            let own =
                referred.unwrap_or_else(|| resource.key_index().map_or_else(String::new, column));
            format!("{table}.{own} = ?3")
        }
        AliasKind::Referred { referred, .. } => {
            format!("{}.{} = ?{FIRST_VALUE}", quote(&resource.table.name), column(referred))
        }
    }
}

/// The rows that an aggregate goes through.
pub(super) struct Figure {
    aggregate: Tally,
    columns: Vec<Column>,
    sql: String,
}

impl Figure {
    fn new(plan: &ServicePlan, aggregate: &Tally) -> Option<Self> {
        let resource = plan.resources.get(aggregate.resource)?;
        let table = quote(&resource.table.name);
        let columns = &resource.table.columns;
        let key = quote(&columns.get(aggregate.foreign_key)?.name);
        let sql = format!(
            "SELECT {} FROM {table} WHERE {table}.{key} = ?{FIRST_VALUE}",
            names(columns, &table)
        );
        Some(Self { aggregate: aggregate.clone(), columns: columns.clone(), sql })
    }

    pub(super) fn sql(&self) -> &str {
        &self.sql
    }

    pub(super) fn is_of(&self, aggregate: &Tally) -> bool {
        self.aggregate == *aggregate
    }

    pub(super) fn column(&self, index: usize) -> Option<&Column> {
        self.columns.get(index)
    }

    /// Hands on each row.
    pub(super) fn each(
        &self,
        ground: &Ground<'_>,
        rows: &Rows,
        mut read: impl FnMut(Vec<Cell>),
    ) -> Result<(), Refused> {
        let (alias, column) = self.aggregate.of;
        let Some(value) = cell(ground, rows, alias, column) else { return Ok(()) };
        let head = Head::of(ground.caller);
        ground.db.each(&self.sql, &head, &[value], |row| {
            read((0..self.columns.len()).map(|at| row.cell(at)).collect());
        })?;
        Ok(())
    }
}

/// Every aggregate of a rule.
pub(super) fn figures(plan: &ServicePlan, rule: &Plan, found: &mut Vec<Figure>) {
    let mut open: Vec<&Expression> = expressions(rule);
    while let Some(expression) = open.pop() {
        match expression {
            Expression::Tally(aggregate) => {
                found.extend(Figure::new(plan, aggregate));
                open.extend(&aggregate.filter);
            }
            Expression::Binary(_, left, right) => open.extend([&**left, &**right]),
            Expression::Not(inner) | Expression::IsNull(inner) => open.push(inner),
            Expression::In(left, items) => {
                open.push(left);
                open.extend(items);
            }
            _ => {}
        }
    }
}
