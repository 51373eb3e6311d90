//! Deleting what is due of one table, some at a time so that writes of clients come between.

use std::sync::Arc;

use groundplan_model::schema::ColumnType;
use groundplan_model::service::Refusal;
use jiff::{SignedDuration, Timestamp};

use crate::action::time;
use crate::caller::Caller;
use crate::refused::Refused;
use crate::store::audit::Origin;
use crate::store::{Cell, Db, Failed, Head, Steps, Store};

/// Rows of one table that go.
#[derive(Debug)]
pub(crate) struct Sweep {
    /// Whose rows they are, for people.
    pub(super) table: String,
    /// Deletes some of what is due. Its first value is the moment before which rows are due.
    pub(super) sql: String,
    /// How many rows one transaction deletes at most.
    pub(super) batch: u64,
    /// The type that moments have in the table, and how many days rows stay; `None` where age does
    /// not count.
    pub(super) before: Option<(ColumnType, u32)>,
}

impl Sweep {
    /// Deletes all that is due; answers how many rows that were.
    pub(crate) async fn run(self: &Arc<Self>, store: &Store) -> Result<u64, Refused> {
        let mut all = 0;
        loop {
            let this = Arc::clone(self);
            let work = move |db: &Db<'_>| this.delete(db);
            let stamp = Origin::job("retention").stamp();
            let deleted = store.write_for(Some(stamp), Steps::One, work).await?;
            all += deleted;
            if deleted < self.batch {
                return Ok(all);
            }
        }
    }

    fn delete(&self, db: &Db<'_>) -> Result<u64, Refused> {
        let Some(values) = self.values() else { return Ok(0) };
        let nobody = Caller::named("");
        db.execute(&self.sql, &Head::of(&nobody), &values).map_err(|failed| match failed {
            Failed::ForeignKey => {
                let message = "other rows refer to rows that are due";
                Refused::new(Refusal::StillReferred, message)
            }
            _ => failed.into(),
        })
    }

    /// The statement's values; `None` where nothing can be as old as that.
    fn values(&self) -> Option<Vec<Cell>> {
        let Some((ty, days)) = &self.before else { return Some(Vec::new()) };
        let age = SignedDuration::from_hours(i64::from(*days) * 24);
        let limit = Timestamp::now().checked_sub(age).ok()?;
        Some(vec![time(ty, limit)])
    }
}
