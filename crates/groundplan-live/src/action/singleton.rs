//! The one child row of a parent, created or replaced.

use std::sync::Arc;

use groundplan_model::service::Operation;

use crate::action::change::Change;
use crate::action::guard::Guard;
use crate::action::insert::Insert;
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

/// `PUT /things/{id}/detail`
pub(crate) struct Put {
    place: Place,
    rule: BodyRule,
    guard: Guard,
    change: Change,
    insert: Insert,
    extra: Option<Rule>,
    /// Whether the path's key is a new row's.
    keyed: bool,
    references: References,
    constraints: Constraints,
    shape: Shape,
    success: u16,
}

impl Put {
    pub(super) fn new(draft: &Draft<'_>, place: Place) -> Self {
        let shape = draft.stamped();
        Self {
            guard: Guard::new(draft, &place),
            rule: BodyRule::new(draft.resource, &place, true),
            extra: Rule::new(draft, &place),
            keyed: draft.route.operation == Operation::Upsert,
            change: Change::new(draft, &place, true, &shape.columns()),
            insert: Insert::new(draft, &place, &shape, None),
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
        own.chain(extra).chain([self.guard.sql(), self.change.sql(), self.insert.sql()]).collect()
    }

    pub(super) async fn run(self: &Arc<Self>, call: Call<'_>) -> Result<Response, Refused> {
        let mut target = self.place.target(call.params)?;
        let sent = self.rule.read(&call.body, &call.caller, &target).await?;
        ask(self, &call, &mut target, &sent).await?;
        let (this, caller) = (Arc::clone(self), call.caller);
        let conditions = Conditions::of(&call.parts.headers);
        let steps = if self.extra.is_some() { Steps::Several } else { Steps::LookThenOne };
        let work = move |db: &Db<'_>| {
            let row = (&this.place, &caller, &target);
            this.guard.check(db, row, conditions.as_ref(), true)?;
            this.put(db, &caller, &mut target, sent)
        };
        let (row, is_new) = call.store.write(steps, work).await?;
        let success = if self.keyed && is_new { 201 } else { self.success };
        Ok(answer::row(success, row))
    }

    fn put(
        &self,
        db: &Db<'_>,
        caller: &Caller,
        target: &mut Target,
        mut sent: Sent,
    ) -> Result<(Written, bool), Refused> {
        self.place.enter(db, caller, target)?;
        if let Some(rule) = &self.extra {
            rule.run_on(db, caller, target, &mut sent, true)?;
        }
        self.references.check(db, caller, |at| sent.get(at)?.as_ref())?;
        let explain = |failed, sent: &Sent| {
            let refused = self.constraints.refuse(failed);
            self.references.explain(db, caller, refused, |at| sent.get(at)?.as_ref())
        };
        let head = target.head(caller);
        let write = |row: &Row<'_>| self.shape.written(row);
        let values = self.change.values(&sent);
        let changed = db.first(self.change.sql(), &head, &values, write);
        if let Some(row) = changed.map_err(|failed| explain(failed, &sent))? {
            return Ok((row, false));
        }
        if let Some(key) = self.place.key_column().and_then(|at| sent.get_mut(at)) {
            *key = Some(target.key.clone());
        }
        let row = self.insert.row(sent.clone(), caller, &target.parent);
        let made = self.insert.put(db, &head, &row, write);
        let made = made.map_err(|failed| explain(failed, &sent))?;
        made.map(|row| (row, true)).ok_or_else(Refused::not_found)
    }
}

impl Ruled for Put {
    fn place(&self) -> &Place {
        &self.place
    }

    fn rule(&self) -> Option<&Rule> {
        self.extra.as_ref()
    }

    fn fields(&self) -> Option<bool> {
        Some(true)
    }
}
