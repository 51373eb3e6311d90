//! Columns of a row change: some (PATCH, RFC 7396) or all writable ones (PUT).

use std::sync::Arc;

use groundplan_model::service::Operation;

use crate::action::change::Change;
use crate::action::guard::{self, Guard};
use crate::action::references::References;
use crate::action::rule::{Rule, Ruled, ask};
use crate::action::{Call, Draft};
use crate::answer::{self, Response};
use crate::caller::Caller;
use crate::exchange::conditional::Conditions;
use crate::place::{Place, Target};
use crate::refused::Refused;
use crate::store::{Constraints, Db, Row, Steps};
use crate::validate::{BodyRule, Sent};
use crate::wire::{Shape, Written};

/// `PATCH /things/{id}`, `PUT /things/{id}`.
pub(crate) struct Update {
    pub(super) place: Place,
    pub(super) rule: BodyRule,
    guard: Guard,
    change: Change,
    extra: Option<Rule>,
    references: References,
    constraints: Constraints,
    shape: Shape,
    success: u16,
}

impl Update {
    pub(super) fn new(draft: &Draft<'_>, place: Place) -> Self {
        let whole = draft.route.operation == Operation::Replace;
        let shape = draft.stamped();
        Self {
            guard: Guard::new(draft, &place),
            rule: draft.body_rule(&place, whole),
            extra: Rule::new(draft, &place),
            change: Change::new(draft, &place, whole, &shape.columns()),
            references: References::new(draft, &place),
            constraints: draft.constraints(),
            shape,
            success: draft.route.success,
            place,
        }
    }

    pub(super) fn statements(&self) -> Vec<&str> {
        let own = self.place.parent_sql().into_iter().chain(self.references.statements());
        let extra = self.extra.iter().flat_map(Rule::statements);
        own.chain(extra).chain([self.guard.sql(), self.change.sql()]).collect()
    }

    pub(super) async fn run(self: &Arc<Self>, call: Call<'_>) -> Result<Response, Refused> {
        let (mut target, sent) = call.read(&self.place, &self.rule, &call.body).await?;
        ask(self, &call, &mut target, &sent).await?;
        let (this, caller) = (Arc::clone(self), call.caller);
        let conditions = Conditions::of(&call.parts.headers);
        let steps = match (&self.extra, self.references.look()) {
            (Some(_), _) => Steps::Several,
            (None, true) => Steps::LookThenOne,
            (None, false) => self.place.steps(),
        };
        let steps = guard::with(conditions.as_ref(), steps);
        let work = move |db: &Db<'_>| {
            let row = (&this.place, &caller, &target);
            this.guard.check(db, row, conditions.as_ref(), false)?;
            this.change(db, &caller, &mut target, sent)
        };
        call.store.write(steps, work).await.map(|row| answer::row(self.success, row))
    }

    pub(super) fn success(&self) -> u16 {
        self.success
    }

    pub(super) fn change(
        &self,
        db: &Db<'_>,
        caller: &Caller,
        target: &mut Target,
        mut sent: Sent,
    ) -> Result<Written, Refused> {
        self.place.enter(db, caller, target)?;
        if let Some(rule) = &self.extra {
            rule.run_on(db, caller, target, &mut sent, false)?;
        }
        let value = |at: usize| sent.get(at)?.as_ref();
        self.references.check(db, caller, value)?;
        let values = self.change.values(&sent);
        let write = |row: &Row<'_>| self.shape.written(row);
        let changed = db.first(self.change.sql(), &target.head(caller), &values, write);
        let changed = changed.map_err(|failed| {
            self.references.explain(db, caller, self.constraints.refuse(failed), value)
        })?;
        changed.ok_or_else(Refused::not_found)
    }
}

impl Ruled for Update {
    fn place(&self) -> &Place {
        &self.place
    }

    fn rule(&self) -> Option<&Rule> {
        self.extra.as_ref()
    }

    fn fields(&self) -> Option<bool> {
        Some(false)
    }
}
