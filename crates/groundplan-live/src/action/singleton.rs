//! The one child row of a parent, created or replaced.

use std::sync::Arc;

use rusqlite::Connection;

use crate::action::change::Change;
use crate::action::insert::Insert;
use crate::action::references::References;
use crate::action::{Call, Draft};
use crate::answer::{self, Response};
use crate::place::{Place, Target};
use crate::refused::Refused;
use crate::store::{Constraints, sql};
use crate::validate::{BodyRule, Sent};
use crate::wire::Shape;

/// `PUT /things/{id}/detail`
pub(crate) struct Put {
    place: Place,
    rule: BodyRule,
    change: Change,
    insert: Insert,
    references: References,
    constraints: Constraints,
    shape: Shape,
    success: u16,
}

impl Put {
    pub(super) fn new(draft: &Draft<'_>, place: Place) -> Self {
        let shape = draft.shape();
        Self {
            rule: BodyRule::new(draft.resource, &place, true),
            change: Change::new(draft, &place, true, &shape.columns()),
            insert: Insert::new(draft, &place, &shape.columns()),
            references: References::new(draft, &place),
            constraints: draft.constraints(),
            shape,
            success: draft.route.success,
            place,
        }
    }

    pub(super) fn statements(&self) -> Vec<&str> {
        let own = self.place.parent_sql().into_iter().chain(self.references.statements());
        own.chain([self.change.sql(), self.insert.sql()]).collect()
    }

    pub(super) async fn run(self: &Arc<Self>, call: Call<'_>) -> Result<Response, Refused> {
        let mut target = self.place.target(call.params)?;
        let sent = self.rule.check(&call.body, &call.caller.subject, &target)?;
        let (this, subject) = (Arc::clone(self), call.caller.subject);
        let work = move |db: &Connection| this.put(db, &subject, &mut target, sent);
        call.store.write(work).await.map(|body| answer::json(self.success, body))
    }

    fn put(
        &self,
        db: &Connection,
        subject: &str,
        target: &mut Target,
        sent: Sent,
    ) -> Result<Vec<u8>, Refused> {
        self.place.enter(db, subject, target)?;
        self.references.check(db, subject, |at| sent.get(at)?.as_ref())?;
        let explain = |error, sent: &Sent| {
            let refused = self.constraints.refuse(error);
            self.references.explain(db, subject, refused, |at| sent.get(at)?.as_ref())
        };
        let head = target.head(subject);
        let mut body = Vec::with_capacity(512);
        let mut write = |row: &rusqlite::Row<'_>| self.shape.write(row, &mut body);
        let values = self.change.values(&sent);
        let changed = sql::first(db, self.change.sql(), &head, &values, &mut write);
        if changed.map_err(|error| explain(error, &sent))?.is_none() {
            let row = self.insert.row(sent.clone(), subject, &target.parent);
            let made = sql::first(db, &row.sql, &head, &row.values, &mut write);
            made.map_err(|error| explain(error, &sent))?;
        }
        Ok(body)
    }
}
