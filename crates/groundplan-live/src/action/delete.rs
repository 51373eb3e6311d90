//! A row goes.

use std::sync::Arc;

use groundplan_model::service::Refusal;
use rusqlite::{Connection, ffi};

use crate::action::{Call, Draft};
use crate::answer::{self, Response};
use crate::place::{Place, Target};
use crate::refused::Refused;
use crate::store::sql;

/// `DELETE /things/{id}`
pub(crate) struct Delete {
    place: Place,
    sql: String,
}

impl Delete {
    pub(super) fn new(_: &Draft<'_>, place: Place) -> Self {
        let sql = format!("DELETE FROM {} WHERE {}", place.table, place.condition);
        Self { place, sql }
    }

    pub(super) fn statements(&self) -> Vec<&str> {
        self.place.parent_sql().into_iter().chain([self.sql.as_str()]).collect()
    }

    pub(super) async fn run(self: &Arc<Self>, call: Call<'_>) -> Result<Response, Refused> {
        let mut target = self.place.target(call.params)?;
        let (this, subject) = (Arc::clone(self), call.caller.subject);
        let work = move |db: &Connection| this.delete(db, &subject, &mut target);
        call.store.write(work).await.map(|()| answer::empty(204))
    }

    fn delete(&self, db: &Connection, subject: &str, target: &mut Target) -> Result<(), Refused> {
        self.place.enter(db, subject, target)?;
        let mut statement = sql::prepare(db, &self.sql, &target.head(subject), &[])?;
        match statement.raw_execute().map_err(explain)? {
            0 => Err(Refused::not_found()),
            _ => Ok(()),
        }
    }
}

fn explain(error: rusqlite::Error) -> Refused {
    let code = error.sqlite_error().map(|it| it.extended_code);
    let referred = [ffi::SQLITE_CONSTRAINT_FOREIGNKEY, ffi::SQLITE_CONSTRAINT_TRIGGER];
    if code.is_some_and(|code| referred.contains(&code)) {
        let message = "other rows refer to this row; delete those first";
        return Refused::new(Refusal::StillReferred, message);
    }
    error.into()
}
