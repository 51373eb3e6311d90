//! How many rows an owner may have, counted in the create's own transaction.

use groundplan_model::service::{Quota, Refusal};

use crate::action::Draft;
use crate::caller::Caller;
use crate::refused::Refused;
use crate::store::sql::{literal, quote};
use crate::store::{Db, Head};
use groundplan_model::service::Role;

/// A quota with its statement.
#[derive(Debug)]
pub(super) struct Limit {
    count: u32,
    sql: String,
}

impl Limit {
    /// The quota of a create, where the document states one.
    pub(super) fn new(draft: &Draft<'_>) -> Option<Self> {
        let quota = draft.plan.quota(draft.route)?;
        let conditions: Vec<String> =
            [owned(draft), in_states(draft, quota)].into_iter().flatten().collect();
        let condition =
            if conditions.is_empty() { "TRUE".to_owned() } else { conditions.join(" AND ") };
        let table = quote(&draft.resource.table.name);
        let sql = format!("SELECT count(*) FROM {table} WHERE {condition}");
        Some(Self { count: quota.count, sql })
    }

    pub(super) fn sql(&self) -> &str {
        &self.sql
    }

    /// Refuses the caller who has as many rows as are allowed.
    pub(super) fn check(&self, db: &Db<'_>, caller: &Caller) -> Result<(), Refused> {
        db.lock(&format!("{} {}", self.sql, caller.subject))?;
        let count = db.first(&self.sql, &Head::of(caller), &[], |row| row.integer(0))?;
        if count.unwrap_or_default() < i64::from(self.count) {
            return Ok(());
        }
        let message = format!("you have {} of these already, and more are not allowed", self.count);
        Err(Refused::new(Refusal::QuotaReached, message))
    }
}

fn owned(draft: &Draft<'_>) -> Option<String> {
    let owner = draft.resource.column(draft.resource.owner?)?;
    Some(format!("{} = ?1", quote(&owner.name)))
}

fn in_states(draft: &Draft<'_>, quota: &Quota) -> Option<String> {
    let state = draft.resource.column(draft.resource.role_index(Role::State)?)?;
    let states: Vec<String> = quota.states.iter().map(|it| literal(it)).collect();
    let name = quote(&state.name);
    (!states.is_empty()).then(|| format!("lower({name}) IN ({})", states.join(", ")))
}
