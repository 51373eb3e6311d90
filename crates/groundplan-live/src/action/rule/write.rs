//! What a rule changes: columns of a row that is there, and new rows.

use groundplan_model::schema::{Column, ColumnType};
use groundplan_model::service::{AliasKind, Change, Resource, Role, Rule as Plan};
use jiff::Timestamp;

use super::evaluate::Evaluation;
use super::{Ground, Rows, load};
use crate::action::Draft;
use crate::action::fill::{Filler, owner, time};
use crate::place::Place;
use crate::refused::Refused;
use crate::store::sql::quote;
use crate::store::{Cell, Constraints, FIRST_VALUE, Head};

/// Changes one row.
pub(super) struct Update {
    sql: String,
    kind: AliasKind,
    constraints: Constraints,
    stamp: Option<ColumnType>,
}

impl Update {
    pub(super) fn new(
        draft: &Draft<'_>,
        place: &Place,
        rule: &Plan,
        alias: usize,
        changes: &[Change],
    ) -> Option<Self> {
        let alias = rule.aliases.get(alias)?;
        let resource = draft.plan.resources.get(alias.resource)?;
        // The first value finds the row behind a foreign key.
        let first = match alias.kind {
            AliasKind::Referred { .. } => FIRST_VALUE + 1,
            _ => FIRST_VALUE,
        };
        let mut sets = Vec::new();
        for change in changes {
            let name = quote(&resource.column(change.column)?.name);
            sets.push(format!("{name} = ?{}", first + sets.len()));
        }
        let is_set = |role| {
            let at = resource.role_index(role)?;
            let given = changes.iter().any(|change| change.column == at);
            resource.column(at).filter(|_| !given)
        };
        let stamp = is_set(Role::UpdatedAt);
        sets.extend(stamp.map(|it| format!("{} = ?{}", quote(&it.name), first + sets.len())));
        sets.extend(is_set(Role::Version).map(|it| {
            let name = quote(&it.name);
            format!("{name} = {name} + 1")
        }));
        let condition = load::condition(place, resource, alias.kind);
        let table = quote(&resource.table.name);
        Some(Self {
            sql: format!("UPDATE {table} SET {} WHERE {condition}", sets.join(", ")),
            kind: alias.kind,
            constraints: Constraints::new(draft.plan, resource),
            stamp: stamp.map(|it| it.ty.clone()),
        })
    }

    pub(super) fn sql(&self) -> &str {
        &self.sql
    }

    pub(super) fn run(
        &self,
        ground: &Ground<'_>,
        rows: &Rows,
        cells: Vec<Cell>,
    ) -> Result<(), Refused> {
        let mut values = Vec::with_capacity(cells.len() + 2);
        if let AliasKind::Referred { from, foreign_key, .. } = self.kind {
            let own = rows.get(from).and_then(Option::as_ref).and_then(|row| row.get(foreign_key));
            let new = ground.row.filter(|_| from == 0).and_then(|row| row.get(foreign_key));
            let key = own.cloned().or_else(|| new.cloned().flatten());
            values.push(key.unwrap_or(Cell::Null));
        }
        values.extend(cells);
        values.extend(self.stamp.as_ref().map(|ty| time(ty, Timestamp::now())));
        let head = ground.target.head(ground.caller);
        let changed = ground.db.execute(&self.sql, &head, &values);
        changed.map(|_| ()).map_err(|failed| self.constraints.refuse(failed))
    }
}

/// Makes a row of another table.
pub(super) struct Insert {
    sql: String,
    columns: Vec<Source>,
    given: Vec<Column>,
    constraints: Constraints,
}

enum Source {
    Given(usize),
    Owner(Column),
    Tenant(Column),
    Filled(Filler),
}

impl Insert {
    pub(super) fn new(draft: &Draft<'_>, resource: usize, changes: &[Change]) -> Option<Self> {
        let resource: &Resource = draft.plan.resources.get(resource)?;
        let (mut columns, mut names) = (Vec::new(), Vec::new());
        for (at, (field, column)) in resource.fields.iter().zip(&resource.table.columns).enumerate()
        {
            let given = changes.iter().position(|change| change.column == at);
            let source = match (given, field.role) {
                (Some(given), _) => Source::Given(given),
                (None, Role::Owner) => Source::Owner(column.clone()),
                (None, Role::Tenant) => Source::Tenant(column.clone()),
                (None, _) => Source::Filled(Filler::of(field, column)),
            };
            if !matches!(source, Source::Filled(Filler::Database)) {
                names.push(quote(&column.name));
                columns.push(source);
            }
        }
        let numbers = FIRST_VALUE..FIRST_VALUE + names.len();
        let values: Vec<String> = numbers.map(|number| format!("?{number}")).collect();
        let given: Option<Vec<Column>> =
            changes.iter().map(|change| resource.column(change.column).cloned()).collect();
        Some(Self {
            sql: format!(
                "INSERT INTO {} ({}) VALUES ({})",
                quote(&resource.table.name),
                names.join(", "),
                values.join(", ")
            ),
            columns,
            given: given?,
            constraints: Constraints::new(draft.plan, resource),
        })
    }

    pub(super) fn sql(&self) -> &str {
        &self.sql
    }

    /// The values that the rule gives.
    pub(super) fn cells(
        &self,
        evaluation: &mut Evaluation<'_>,
        changes: &[Change],
    ) -> Result<Vec<Cell>, Refused> {
        let pairs = changes.iter().zip(&self.given);
        pairs.map(|(change, column)| evaluation.cell(&change.value, column)).collect()
    }

    pub(super) fn run(
        &self,
        ground: &Ground<'_>,
        cells: Vec<Cell>,
        now: Timestamp,
    ) -> Result<(), Refused> {
        let value = |source: &Source| match source {
            Source::Given(at) => cells.get(*at).cloned().unwrap_or(Cell::Null),
            Source::Owner(column) => owner(column, &ground.caller.subject),
            Source::Tenant(column) => {
                let tenant = ground.caller.tenant.as_deref();
                tenant.map_or(Cell::Null, |tenant| owner(column, tenant))
            }
            Source::Filled(filler) => filler.fill(now).unwrap_or(Cell::Null),
        };
        let values: Vec<Cell> = self.columns.iter().map(value).collect();
        let made = ground.db.execute(&self.sql, &Head::of(ground.caller), &values);
        made.map(|_| ()).map_err(|failed| self.constraints.refuse(failed))
    }
}
