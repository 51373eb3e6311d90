//! A change of state, where the present state allows it.

use std::sync::Arc;

use groundplan_model::schema::{Column, ColumnType};
use groundplan_model::service::{Refusal, Transition};
use jiff::Timestamp;
use rusqlite::Connection;
use rusqlite::types::Value as Cell;

use crate::action::change::touch;
use crate::action::fill::time;
use crate::action::{Call, Draft};
use crate::answer::{self, Response};
use crate::place::{Place, Target};
use crate::refused::Refused;
use crate::store::Constraints;
use crate::store::sql::{self, FIRST_VALUE, literal, quote};
use crate::value;
use crate::wire::Shape;

/// `POST /things/{id}/cancel`
pub(crate) struct Change {
    place: Place,
    /// The new state; `None` where the column keeps the time at which it was reached.
    to: Option<Cell>,
    /// Types of the columns that get the present time, in the statement's order.
    stamps: Vec<ColumnType>,
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
        let to = column.and_then(|column| target_state(column, &transition.to));
        let mut stamps: Vec<ColumnType> = Vec::new();
        let mut sets = vec![format!("{name} = ?{FIRST_VALUE}")];
        if to.is_none() {
            stamps.extend(column.map(|it| it.ty.clone()));
        }
        if let Some(moment) = moment(draft, transition) {
            sets.push(format!("{} = ?{}", quote(&moment.name), FIRST_VALUE + sets.len()));
            stamps.push(moment.ty.clone());
        }
        let (touched, stamp) = touch(draft, FIRST_VALUE + sets.len());
        sets.extend(touched);
        stamps.extend(stamp);
        let shape = draft.shape();
        let (table, condition, columns) = (&place.table, &place.condition, shape.columns());
        let (sets, allowed) = (sets.join(", "), allowed(column, &name, transition));
        Self {
            to,
            stamps,
            sql: format!(
                "UPDATE {table} SET {sets} WHERE {condition}{allowed} RETURNING {columns}"
            ),
            state_sql: format!("SELECT CAST({name} AS TEXT) FROM {table} WHERE {condition}"),
            wanted: transition
                .from
                .iter()
                .map(|it| format!("`{it}`"))
                .collect::<Vec<_>>()
                .join(" or "),
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
        let (this, subject) = (Arc::clone(self), call.subject);
        let work = move |db: &Connection| this.change(db, &subject, &mut target);
        call.store.write(work).await.map(|body| answer::json(self.success, body))
    }

    fn change(
        &self,
        db: &Connection,
        subject: &str,
        target: &mut Target,
    ) -> Result<Vec<u8>, Refused> {
        self.place.enter(db, subject, target)?;
        let now = Timestamp::now();
        let stamps = self.stamps.iter().map(|ty| time(ty, now));
        let values: Vec<Cell> = self.to.iter().cloned().chain(stamps).collect();
        let head = target.head(subject);
        let mut body = Vec::with_capacity(512);
        let write = |row: &rusqlite::Row<'_>| self.shape.write(row, &mut body);
        let changed = sql::first(db, &self.sql, &head, &values, write);
        if changed.map_err(|error| self.constraints.refuse(error))?.is_some() {
            return Ok(body);
        }
        let read = |row: &rusqlite::Row<'_>| row.get::<_, Option<String>>(0);
        let state = sql::first(db, &self.state_sql, &head, &[], read)?;
        Err(state.map_or_else(Refused::not_found, |state| self.illegal(state.as_deref())))
    }

    fn illegal(&self, state: Option<&str>) -> Refused {
        let state = state.unwrap_or("empty");
        let message = format!("the row is `{state}`, and this takes one that is {}", self.wanted);
        Refused::new(Refusal::IllegalTransition, message)
    }
}

/// The new state as its column keeps it; `None` for a column of times.
fn target_state(column: &Column, to: &str) -> Option<Cell> {
    match column.ty {
        ColumnType::Timestamp | ColumnType::Date => None,
        _ => Some(value::from_text(column, to).unwrap_or_else(|_| Cell::Text(to.to_owned()))),
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
    let state = |text: &String| match column.and_then(|it| target_state(it, text)) {
        Some(Cell::Integer(number)) => number.to_string(),
        Some(Cell::Text(text)) => literal(&text),
        _ => literal(text),
    };
    let from: Vec<String> =
        transition.from.iter().filter(|it| **it != transition.to).map(state).collect();
    match (transition.from.is_empty(), from.is_empty()) {
        (true, _) => String::new(),
        (false, true) => " AND FALSE".to_owned(),
        (false, false) => format!(" AND {name} IN ({})", from.join(", ")),
    }
}
