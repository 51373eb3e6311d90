//! A new row.

use std::sync::Arc;

use crate::store::Cell;
use http::HeaderValue;
use http::header::LOCATION;

use crate::Fault;
use crate::action::insert::Insert;
use crate::action::location::Location;
use crate::action::quota::Limit;
use crate::action::references::References;
use crate::action::rule::{Rule, Ruled, ask};
use crate::action::{Call, Draft};
use crate::answer::{self, Response};
use crate::caller::Caller;
use crate::place::{Place, Target};
use crate::refused::Refused;
use crate::router::Params;
use crate::store::{Alone, Constraints, Db, Row, Steps};
use crate::validate::{BodyRule, Sent};
use crate::wire::{Shape, Written};

/// `POST /things`, `POST /things/{id}/parts`.
pub(crate) struct Create {
    pub(super) place: Place,
    steps: Steps,
    pub(super) rule: BodyRule,
    insert: Insert,
    limit: Option<Limit>,
    extra: Option<Rule>,
    references: References,
    constraints: Constraints,
    shape: Shape,
    location: Option<Location>,
    success: u16,
}

/// A row that was made.
pub(super) struct Made {
    pub(super) row: Written,
    pub(super) key: Cell,
}

impl Create {
    pub(super) fn new(draft: &Draft<'_>, place: Place) -> Self {
        let shape = draft.stamped();
        let location = Location::new(draft);
        let key = location.as_ref().map(|location| location.column);
        let is_wrong = draft.fault == Some(Fault::WrongStatus);
        let limit = Limit::new(draft);
        let references = References::new(draft, &place);
        let extra = Rule::new(draft, &place);
        let looks = limit.is_some() || references.look();
        Self {
            steps: match (&extra, looks) {
                (Some(_), _) => Steps::Several,
                (None, true) => Steps::LookThenOne,
                (None, false) => place.steps(),
            },
            extra,
            rule: BodyRule::new(draft.resource, &place, true),
            insert: Insert::new(draft, &place, &shape, key),
            limit,
            references,
            constraints: draft.constraints(),
            shape,
            location,
            success: if is_wrong { wrong(draft.route.success) } else { draft.route.success },
            place,
        }
    }

    pub(super) fn statements(&self) -> Vec<&str> {
        let limit = self.limit.as_ref().map(Limit::sql);
        let own = self.place.parent_sql().into_iter().chain(limit);
        let extra = self.extra.iter().flat_map(Rule::statements);
        own.chain(self.references.statements()).chain(extra).chain([self.insert.sql()]).collect()
    }

    pub(super) async fn run(self: &Arc<Self>, call: Call<'_>) -> Result<Response, Refused> {
        let (mut target, sent) = call.read(&self.place, &self.rule, &call.body).await?;
        ask(self, &call, &mut target, &sent).await?;
        if let Some(alone) = call.store.alone().filter(|_| self.stands_alone()) {
            // In a box: on SQLite a request would have room for it in vain.
            let made = Box::pin(self.make_alone(alone, &call.caller, &target, sent)).await?;
            return Ok(self.answer(made, call.params));
        }
        let (this, caller) = (Arc::clone(self), call.caller);
        let work = move |db: &Db<'_>| this.make(db, &caller, &mut target, sent);
        let made = call.store.write(self.steps, work).await?;
        Ok(self.answer(made, call.params))
    }

    /// Whether the insert is all that there is to do, also where the database refuses it.
    fn stands_alone(&self) -> bool {
        self.steps == Steps::One && self.references.is_empty()
    }

    /// As [`Create::make`], as a statement that stands alone.
    async fn make_alone(
        &self,
        db: Alone<'_>,
        caller: &Caller,
        target: &Target,
        sent: Sent,
    ) -> Result<Made, Refused> {
        let row = self.insert.row(sent, caller, &target.parent);
        let read = |made: &Row<'_>| self.made(made);
        let made = self.insert.put_alone(db, &target.head(caller), &row, read).await;
        let made = made.map_err(|failed| self.constraints.refuse(failed))?;
        made.ok_or_else(Refused::unavailable)
    }

    fn made(&self, made: &Row<'_>) -> Made {
        Made { row: self.shape.written(made), key: made.cell(self.shape.len()) }
    }

    /// The row that was made, and where it is.
    pub(super) fn answer(&self, made: Made, params: &Params<'_>) -> Response {
        let mut response = answer::row(self.success, made.row);
        if let Some(location) = &self.location {
            let address = location.write(&made.key, params);
            if let Ok(address) = HeaderValue::try_from(address) {
                response.headers_mut().insert(LOCATION, address);
            }
        }
        response
    }

    pub(super) fn make(
        &self,
        db: &Db<'_>,
        caller: &Caller,
        target: &mut Target,
        mut sent: Sent,
    ) -> Result<Made, Refused> {
        self.place.enter(db, caller, target)?;
        self.references.check(db, caller, |at| sent.get(at)?.as_ref())?;
        if let Some(limit) = &self.limit {
            limit.check(db, caller)?;
        }
        if let Some(rule) = &self.extra {
            // What the rule looks up must be there: the database itself would say so too late.
            self.references.check_all(db, caller, |at| sent.get(at)?.as_ref())?;
            rule.run_on(db, caller, target, &mut sent, true)?;
        }
        let row = self.insert.row(sent, caller, &target.parent);
        let read = |made: &Row<'_>| self.made(made);
        let made = self.insert.put(db, &target.head(caller), &row, read);
        let made = made.map_err(|failed| {
            let refused = self.constraints.refuse(failed);
            self.references.explain(db, caller, refused, |at| row.value(at))
        })?;
        // A row that the database took and does not answer is none that anybody could read.
        made.ok_or_else(Refused::unavailable)
    }
}

fn wrong(success: u16) -> u16 {
    if success == 200 { 202 } else { 200 }
}

impl Ruled for Create {
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
