//! A row goes.

use std::sync::Arc;

use groundplan_model::service::Refusal;

use crate::action::{Call, Draft};
use crate::answer::{self, Response};
use crate::caller::Caller;
use crate::place::{Place, Target};
use crate::refused::Refused;
use crate::store::{Db, Failed};

/// `DELETE /things/{id}`
pub(crate) struct Delete {
    pub(super) place: Place,
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
        let (this, caller) = (Arc::clone(self), call.caller);
        let work = move |db: &Db<'_>| this.delete(db, &caller, &mut target);
        call.store.write(self.place.steps(), work).await.map(|()| answer::empty(204))
    }

    pub(super) fn delete(
        &self,
        db: &Db<'_>,
        caller: &Caller,
        target: &mut Target,
    ) -> Result<(), Refused> {
        self.place.enter(db, caller, target)?;
        match db.execute(&self.sql, &target.head(caller), &[]).map_err(explain)? {
            0 => Err(Refused::not_found()),
            _ => Ok(()),
        }
    }
}

fn explain(failed: Failed) -> Refused {
    if failed == Failed::ForeignKey {
        let message = "other rows refer to this row; delete those first";
        return Refused::new(Refusal::StillReferred, message);
    }
    failed.into()
}
