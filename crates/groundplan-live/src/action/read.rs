//! One row, by its key or by its parent.

use crate::action::{Call, Draft};
use crate::answer::{self, Response};
use crate::place::Place;
use crate::refused::Refused;
use crate::store::sql;
use crate::wire::Shape;

/// `GET /things/{id}`, `GET /things/{id}/detail`.
pub(crate) struct Read {
    place: Place,
    shape: Shape,
    sql: String,
    success: u16,
}

impl Read {
    pub(super) fn new(draft: &Draft<'_>, place: Place) -> Self {
        let shape = draft.shape();
        let sql = select(&place, &shape);
        Self { place, shape, sql, success: draft.route.success }
    }

    pub(super) fn statements(&self) -> Vec<&str> {
        self.place.parent_sql().into_iter().chain([self.sql.as_str()]).collect()
    }

    pub(super) fn run(&self, call: &Call<'_>) -> Result<Response, Refused> {
        let mut target = self.place.target(call.params)?;
        let body = call.store.read(|db| {
            self.place.enter(db, &call.caller.subject, &mut target)?;
            let head = target.head(&call.caller.subject);
            let mut body = Vec::with_capacity(512);
            let write = |row: &rusqlite::Row<'_>| self.shape.write(row, &mut body);
            let found = sql::first(db, &self.sql, &head, &[], write)?;
            found.map(|()| body).ok_or_else(Refused::not_found)
        })?;
        Ok(answer::json(self.success, body))
    }
}

/// Selects a place's row as its shape reads it.
pub(super) fn select(place: &Place, shape: &Shape) -> String {
    format!("SELECT {} FROM {} WHERE {}", shape.columns(), place.table, place.condition)
}
