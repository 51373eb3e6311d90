//! Several rows change: all of them, or none.

use std::borrow::Cow;
use std::sync::Arc;

use groundplan_model::document::Method;
use groundplan_model::service::{Bulk, BulkSource, Operation};
use serde_json::Value;

use crate::action::bulk::{self, Written};
use crate::action::update::Update;
use crate::action::{Call, Draft};
use crate::answer::Response;
use crate::caller::Caller;
use crate::place::{Place, Target};
use crate::refused::Refused;
use crate::store::{Db, Steps};
use crate::validate::Sent;

/// `PATCH /things/bulk`, or `PATCH /things` with an array.
pub(crate) struct UpdateMany {
    update: Update,
    bulk: Bulk,
    /// The member with a row's key.
    key: String,
    success: u16,
}

/// One row's key as it was sent, and what of it changes.
type Changed = (Value, Target, Sent);

impl UpdateMany {
    /// `None` where rows have no single key.
    pub(super) fn new(draft: &Draft<'_>, bulk: &Bulk) -> Option<Self> {
        let at = draft.resource.key_index()?;
        let is_whole = draft.route.method == Method::Put && bulk.source == BulkSource::Rows(None);
        let operation = if is_whole { Operation::Replace } else { Operation::Update };
        let route = bulk::to_one(draft.route, at, operation);
        let place = Place::new(draft.plan, &route, draft.fault)?;
        let own = Draft { route: &route, ..*draft };
        Some(Self {
            update: Update::new(&own, place),
            bulk: bulk.clone(),
            key: draft.resource.fields.get(at)?.name.clone(),
            success: draft.route.success,
        })
    }

    pub(super) fn statements(&self) -> Vec<&str> {
        self.update.statements()
    }

    pub(super) async fn run(self: &Arc<Self>, call: Call<'_>) -> Result<Response, Refused> {
        let mut body = bulk::read(&call.body)?;
        let items = bulk::items(&self.bulk, &mut body)?;
        let mut changes = Vec::with_capacity(items.len());
        let mut refusals = Vec::new();
        for (index, item) in items.into_iter().enumerate() {
            match self.change(&call, item, &body).await {
                Ok(change) => changes.push(change),
                Err(refused) => refusals.push((index, refused)),
            }
        }
        bulk::all(refusals)?;
        let (this, caller) = (Arc::clone(self), call.caller);
        let work = move |db: &Db<'_>| this.write(db, &caller, changes);
        let written = call.store.write(Steps::Several, work).await?;
        Ok(bulk::answer(self.success, &self.bulk.answer, &written))
    }

    /// What one item says. `body` is what stands beside the items.
    async fn change(&self, call: &Call<'_>, item: Value, body: &Value) -> Result<Changed, Refused> {
        let (key, change) = match &self.bulk.source {
            BulkSource::Keys { member, changes } => (item, beside(body, member, changes)?),
            _ => {
                let mut row = item;
                let key = row.as_object_mut().and_then(|it| it.remove(&self.key));
                (key.ok_or_else(|| bulk::of_member(&self.key, "is required"))?, row)
            }
        };
        let text = match &key {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => return Err(bulk::of_member(&self.key, "must be a key")),
        };
        let mut params = call.params.clone();
        params.push(Cow::Owned(text));
        let target = self.update.place.target(&params)?;
        let bytes = change.to_string();
        let sent = self.update.rule.read(bytes.as_bytes(), &call.caller, &target).await?;
        Ok((key, target, sent))
    }

    fn write(
        &self,
        db: &Db<'_>,
        caller: &Caller,
        changes: Vec<Changed>,
    ) -> Result<Vec<Written>, Refused> {
        let mut written = Vec::with_capacity(changes.len());
        for (index, (key, mut target, sent)) in changes.into_iter().enumerate() {
            let row = self.update.change(db, caller, &mut target, sent);
            written
                .push(Written { row: row.map_err(|refused| bulk::at(index, refused))?.json, key });
        }
        Ok(written)
    }
}

/// What changes, beside the keys or in a member of its own.
fn beside(body: &Value, keys: &Option<String>, changes: &Option<String>) -> Result<Value, Refused> {
    match changes {
        Some(name) => {
            let found = body.get(name).filter(|it| it.is_object()).cloned();
            found.ok_or_else(|| bulk::of_member(name, "must be an object"))
        }
        None => {
            let mut rest = body.clone();
            if let (Some(members), Some(keys)) = (rest.as_object_mut(), keys) {
                members.remove(keys);
            }
            Ok(rest)
        }
    }
}
