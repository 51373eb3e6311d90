//! A change of state, where the present state allows it.

use std::sync::Arc;

use crate::store::Cell;
use groundplan_model::schema::{Column, ColumnType};
use groundplan_model::service::{Refusal, Transition};
use jiff::Timestamp;

use crate::action::change::touch;
use crate::action::fill::Filler;
use crate::action::{Call, Draft};
use crate::answer::{self, Response};
use crate::caller::Caller;
use crate::place::{Place, Target};
use crate::refused::Refused;
use crate::store::sql::{literal, quote};
use crate::store::{Constraints, Db, FIRST_VALUE, Row, Steps};
use crate::value;
use crate::wire::Shape;

/// `POST /things/{id}/cancel`
pub(crate) struct Change {
    place: Place,
    /// What the statement's columns get.
    values: Vec<Filler>,
    sql: String,
    /// Selects the present state.
    state_sql: String,
    /// What the row's state has to be, for people.
    wanted: String,
    constraints: Constraints,
    shape: Shape,
    success: u16,
}

impl Change {
    pub(super) fn new(draft: &Draft<'_>, place: Place, transition: &Transition) -> Self {
        let column = draft.resource.column(transition.column);
        let name = column.map_or_else(|| "NULL".to_owned(), |it| quote(&it.name));
        let (sets, values) = sets(draft, transition);
        let shape = draft.shape();
        let (table, condition, columns) = (&place.table, &place.condition, shape.columns());
        let (sets, allowed) = (sets.join(", "), allowed(column, &name, transition));
        let sql =
            format!("UPDATE {table} SET {sets} WHERE {condition}{allowed} RETURNING {columns}");
        let state_sql = format!("SELECT CAST({name} AS TEXT) FROM {table} WHERE {condition}");
        let wanted: Vec<String> = transition.from.iter().map(|it| format!("`{it}`")).collect();
        Self {
            values,
            sql,
            state_sql,
            wanted: wanted.join(" or "),
            constraints: draft.constraints(),
            shape,
            success: draft.route.success,
            place,
        }
    }

    pub(super) fn statements(&self) -> Vec<&str> {
        let own = [self.sql.as_str(), self.state_sql.as_str()];
        self.place.parent_sql().into_iter().chain(own).collect()
    }

    pub(super) async fn run(self: &Arc<Self>, call: Call<'_>) -> Result<Response, Refused> {
        let mut target = self.place.target(call.params)?;
        let (this, caller) = (Arc::clone(self), call.caller);
        let work = move |db: &Db<'_>| this.change(db, &caller, &mut target);
        call.store
            .write(Steps::LookThenOne, work)
            .await
            .map(|body| answer::json(self.success, body))
    }

    fn change(
        &self,
        db: &Db<'_>,
        caller: &Caller,
        target: &mut Target,
    ) -> Result<Vec<u8>, Refused> {
        self.place.enter(db, caller, target)?;
        let now = Timestamp::now();
        let values: Vec<Cell> = self.values.iter().filter_map(|it| it.fill(now)).collect();
        let head = target.head(caller);
        let mut body = Vec::with_capacity(512);
        let write = |row: &Row<'_>| self.shape.write(row, &mut body);
        let changed = db.first(&self.sql, &head, &values, write);
        if changed.map_err(|failed| self.constraints.refuse(failed))?.is_some() {
            return Ok(body);
        }
        let state = db.first(&self.state_sql, &head, &[], |row| row.text(0))?;
        Err(state.map_or_else(Refused::not_found, |state| self.illegal(state.as_deref())))
    }

    fn illegal(&self, state: Option<&str>) -> Refused {
        let state = state.unwrap_or("empty");
        let message = format!("the row is `{state}`, and this takes one that is {}", self.wanted);
        Refused::new(Refusal::IllegalTransition, message)
    }
}

/// Assignments of the statement, and what each parameter gets: the new state, when it was reached,
/// and what every change of a row sets.
fn sets(draft: &Draft<'_>, transition: &Transition) -> (Vec<String>, Vec<Filler>) {
    let column = draft.resource.column(transition.column);
    let state = column.map(|it| (it, state(it, &transition.to)));
    let moment = moment(draft, transition).map(|it| (it, Filler::Now(it.ty.clone())));
    let (mut sets, mut values) = (Vec::new(), Vec::new());
    for (column, value) in state.into_iter().chain(moment) {
        sets.push(format!("{} = ?{}", quote(&column.name), FIRST_VALUE + sets.len()));
        values.push(value);
    }
    let (touched, stamp) = touch(draft, FIRST_VALUE + sets.len());
    sets.extend(touched);
    values.extend(stamp.map(Filler::Now));
    (sets, values)
}

/// A state as its column keeps it: a value, or the time at which it was reached.
fn state(column: &Column, name: &str) -> Filler {
    match column.ty {
        ColumnType::Timestamp | ColumnType::Date => Filler::Now(column.ty.clone()),
        _ => {
            let cell = value::from_text(column, name);
            Filler::Constant(cell.unwrap_or_else(|_| Cell::Text(name.to_owned())))
        }
    }
}

/// The column that keeps when the state was reached: `cancelled_at` for `cancelled`.
fn moment<'a>(draft: &Draft<'a>, transition: &Transition) -> Option<&'a Column> {
    let at = draft.resource.table.column_index(&format!("{}_at", transition.to))?;
    let is_ours = draft.resource.fields.get(at).is_some_and(|field| !field.role.is_writable());
    draft.resource.column(at).filter(|_| is_ours && at != transition.column)
}

/// The condition on the present state; nothing where any will do.
fn allowed(column: Option<&Column>, name: &str, transition: &Transition) -> String {
    let state = |text: &String| match column.map(|it| state(it, text)) {
        Some(Filler::Constant(Cell::Integer(number))) => number.to_string(),
        _ => literal(text),
    };
    let from: Vec<String> = transition.from.iter().map(state).collect();
    match from.is_empty() {
        true => String::new(),
        false => format!(" AND {name} IN ({})", from.join(", ")),
    }
}
