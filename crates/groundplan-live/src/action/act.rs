//! An action that its rule block explains: conditions, changes, and the row as it is then.

use std::sync::Arc;

use crate::action::read::select;
use crate::action::rule::{Ground, Rule};
use crate::action::{Call, Draft};
use crate::answer::{self, Response};
use crate::caller::Caller;
use crate::place::{Place, Target};
use crate::refused::Refused;
use crate::store::{Db, Row, Steps};
use crate::validate::{BodyRule, Sent};
use crate::wire::Shape;

/// `POST /orders/{id}/refund`
pub(crate) struct Act {
    place: Place,
    members: BodyRule,
    rule: Rule,
    shape: Shape,
    sql: String,
    success: u16,
}

impl Act {
    /// `Err` gives the place back where the route has no rule.
    #[expect(clippy::result_large_err, reason = "the place goes on to the next who may want it")]
    pub(super) fn new(draft: &Draft<'_>, place: Place) -> Result<Self, Place> {
        let Some(rule) = Rule::new(draft, &place) else { return Err(place) };
        let shape = draft.shape();
        let sql = select(&place, &shape);
        let members = BodyRule::of_members(&draft.route.members);
        Ok(Self { members, rule, sql, shape, success: draft.route.success, place })
    }

    pub(super) fn statements(&self) -> Vec<&str> {
        let own = self.place.parent_sql().into_iter().chain(self.rule.statements());
        own.chain([self.sql.as_str()]).collect()
    }

    pub(super) async fn run(self: &Arc<Self>, call: Call<'_>) -> Result<Response, Refused> {
        let mut target = self.place.target(call.params)?;
        let sent = self.members.check_optional(&call.body, &call.caller.subject, &target)?;
        let (this, caller) = (Arc::clone(self), call.caller);
        let work = move |db: &Db<'_>| this.act(db, &caller, &mut target, sent);
        let body = call.store.write(Steps::Several, work).await?;
        Ok(match self.success {
            204 => answer::empty(204),
            success => answer::json(success, body),
        })
    }

    fn act(
        &self,
        db: &Db<'_>,
        caller: &Caller,
        target: &mut Target,
        sent: Sent,
    ) -> Result<Vec<u8>, Refused> {
        self.place.enter(db, caller, target)?;
        self.rule.run(&Ground { db, caller, target, body: sent, row: None })?;
        let mut body = Vec::with_capacity(512);
        let write = |row: &Row<'_>| self.shape.write(row, &mut body);
        let found = db.first(&self.sql, &target.head(caller), &[], write)?;
        found.map(|()| body).ok_or_else(Refused::not_found)
    }
}
