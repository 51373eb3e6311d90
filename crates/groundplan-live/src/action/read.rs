//! One row, by its key or by its parent.

use std::sync::Arc;

use crate::action::{Call, Draft};
use crate::answer::{self, Response};
use crate::caller::Caller;
use crate::place::{Place, Target};
use crate::refused::Refused;
use crate::store::{Alone, Db, Row};
use crate::wire::{Shape, Written};

/// `GET /things/{id}`, `GET /things/{id}/detail`.
pub(crate) struct Read {
    place: Place,
    shape: Shape,
    sql: String,
    success: u16,
}

impl Read {
    pub(super) fn new(draft: &Draft<'_>, place: Place) -> Self {
        let shape = draft.stamped();
        let sql = select(&place, &shape);
        Self { place, shape, sql, success: draft.route.success }
    }

    pub(super) fn statements(&self) -> Vec<&str> {
        self.place.parent_sql().into_iter().chain([self.sql.as_str()]).collect()
    }

    pub(super) async fn run(self: &Arc<Self>, call: Call<'_>) -> Result<Response, Refused> {
        let mut target = self.place.target(call.params)?;
        let row = match call.store.alone().filter(|_| self.place.parent_sql().is_none()) {
            // In a box: on SQLite a request would have room for it in vain.
            Some(alone) => Box::pin(self.read_alone(alone, &call.caller, &target)).await?,
            None => {
                let (this, caller) = (Arc::clone(self), call.caller);
                let work = move |db: &Db<'_>| this.read(db, &caller, &mut target);
                call.store.read(work).await?
            }
        };
        answer::read(self.success, row, &call.parts.headers)
    }

    /// As [`Read::read`], as a statement that stands alone.
    async fn read_alone(
        &self,
        db: Alone<'_>,
        caller: &Caller,
        target: &Target,
    ) -> Result<Written, Refused> {
        let write = |row: &Row<'_>| self.shape.written(row);
        let found = db.first(&self.sql, &target.head(caller), &[], write).await?;
        found.ok_or_else(Refused::not_found)
    }

    fn read(&self, db: &Db<'_>, caller: &Caller, target: &mut Target) -> Result<Written, Refused> {
        self.place.enter(db, caller, target)?;
        let write = |row: &Row<'_>| self.shape.written(row);
        let found = db.first(&self.sql, &target.head(caller), &[], write)?;
        found.ok_or_else(Refused::not_found)
    }
}

/// Selects a place's row as its shape reads it.
pub(super) fn select(place: &Place, shape: &Shape) -> String {
    format!("SELECT {} FROM {} WHERE {}", shape.columns(), place.table, place.condition)
}
