//! An action that its rule block explains: conditions, changes, and the row as it is then.

use std::sync::Arc;

use crate::action::guard::Guard;
use crate::action::read::select;
use crate::action::rule::{Ground, Rule, Ruled, ask};
use crate::action::{Call, Draft};
use crate::answer::{self, Response};
use crate::caller::Caller;
use crate::exchange::conditional::Conditions;
use crate::place::{Place, Target};
use crate::refused::Refused;
use crate::store::{Db, Row, Steps};
use crate::validate::{BodyRule, Sent};
use crate::wire::{Shape, Written};

/// `POST /orders/{id}/refund`
pub(crate) struct Act {
    place: Place,
    members: BodyRule,
    rule: Rule,
    guard: Guard,
    shape: Shape,
    sql: String,
    success: u16,
}

impl Act {
    /// `Err` gives the place back where the route has no rule.
    #[expect(clippy::result_large_err, reason = "the place goes on to the next who may want it")]
    pub(super) fn new(draft: &Draft<'_>, place: Place) -> Result<Self, Place> {
        let Some(rule) = Rule::new(draft, &place) else { return Err(place) };
        let shape = draft.stamped();
        let sql = select(&place, &shape);
        let members = BodyRule::of_members(&draft.route.members);
        let guard = Guard::new(draft, &place);
        Ok(Self { members, rule, guard, sql, shape, success: draft.route.success, place })
    }

    pub(super) fn statements(&self) -> Vec<&str> {
        let own = self.place.parent_sql().into_iter().chain(self.rule.statements());
        own.chain([self.guard.sql(), self.sql.as_str()]).collect()
    }

    pub(super) async fn run(self: &Arc<Self>, call: Call<'_>) -> Result<Response, Refused> {
        let mut target = self.place.target(call.params)?;
        let sent = self.members.check_optional(&call.body, &call.caller.subject, &target)?;
        ask(self, &call, &mut target, &sent).await?;
        let (this, caller) = (Arc::clone(self), call.caller);
        let conditions = Conditions::of(&call.parts.headers);
        let work = move |db: &Db<'_>| {
            let row = (&this.place, &caller, &target);
            this.guard.check(db, row, conditions.as_ref(), false)?;
            this.act(db, &caller, &mut target, sent)
        };
        let row = call.store.write(Steps::Several, work).await?;
        Ok(answer::row(self.success, row))
    }

    fn act(
        &self,
        db: &Db<'_>,
        caller: &Caller,
        target: &mut Target,
        sent: Sent,
    ) -> Result<Written, Refused> {
        self.place.enter(db, caller, target)?;
        self.rule.run(&Ground { db, caller, target, body: sent, row: None, dry: false })?;
        let write = |row: &Row<'_>| self.shape.written(row);
        let found = db.first(&self.sql, &target.head(caller), &[], write)?;
        found.ok_or_else(Refused::not_found)
    }
}

impl Ruled for Act {
    fn place(&self) -> &Place {
        &self.place
    }

    fn rule(&self) -> Option<&Rule> {
        Some(&self.rule)
    }
}
