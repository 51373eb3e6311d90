//! A change on condition: is the row still the one that the client knows?

use crate::action::{Draft, rule};
use crate::caller::Caller;
use crate::exchange::conditional::Conditions;
use crate::place::{Place, Target};
use crate::refused::Refused;
use crate::store::{Db, Steps};
use crate::wire::Shape;

/// Looks at a row before it is changed, in the transaction that changes it.
pub(super) struct Guard {
    sql: String,
    /// The same, keeping others from changing the row meanwhile. SQLite has one writer anyway.
    locking: String,
    shape: Shape,
    /// What the route's rule will lock. Rows are locked behind that everywhere, so that two
    /// requests never wait for each other.
    before: Vec<String>,
}

impl Guard {
    /// For the row of `place`.
    pub(super) fn new(draft: &Draft<'_>, place: &Place) -> Self {
        let shape = draft.stamped();
        let (columns, table) = (shape.columns(), &place.table);
        let sql = format!("SELECT {columns} FROM {table} WHERE {}", place.condition);
        let locking = format!("{sql} FOR UPDATE OF {table}");
        Self { locking, sql, shape, before: rule::locks(draft) }
    }

    pub(super) fn sql(&self) -> &str {
        &self.sql
    }

    /// Refuses where a condition does not hold. A row that is not there is for the change itself to
    /// find, unless the change may make it.
    pub(super) fn check(
        &self,
        db: &Db<'_>,
        (place, caller, target): (&Place, &Caller, &Target),
        conditions: Option<&Conditions>,
        may_make: bool,
    ) -> Result<(), Refused> {
        let Some(conditions) = conditions else { return Ok(()) };
        for name in &self.before {
            db.lock(name)?;
        }
        // The change enters the place by itself.
        let mut target = target.clone();
        place.enter(db, caller, &mut target)?;
        let sql = match db {
            Db::Sqlite(_) => &self.sql,
            Db::Postgres(_) => &self.locking,
        };
        let found =
            db.first(sql, &target.head(caller), &[], |row| self.shape.written(row).stamp)?;
        match found {
            None if !may_make => Ok(()),
            found => conditions.check_change(found.as_ref()),
        }
    }
}

/// How many steps a change of `steps` has with these conditions.
pub(super) fn with(conditions: Option<&Conditions>, steps: Steps) -> Steps {
    match (conditions, steps) {
        (Some(_), Steps::One) => Steps::LookThenOne,
        _ => steps,
    }
}
