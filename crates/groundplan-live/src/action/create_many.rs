//! Several new rows: all of them, or none.

use std::sync::Arc;

use groundplan_model::service::Bulk;

use crate::action::bulk::{self, Written};
use crate::action::create::Create;
use crate::action::{Call, Draft};
use crate::answer::Response;
use crate::caller::Caller;
use crate::place::{Place, Target};
use crate::refused::Refused;
use crate::store::{Cell, Db, Steps};
use crate::validate::Sent;

/// `POST /things/bulk`, or `POST /things` with an array.
pub(crate) struct CreateMany {
    create: Create,
    bulk: Bulk,
    success: u16,
}

impl CreateMany {
    pub(super) fn new(draft: &Draft<'_>, place: Place, bulk: &Bulk) -> Self {
        let success = draft.route.success;
        Self { create: Create::new(draft, place), bulk: bulk.clone(), success }
    }

    pub(super) fn statements(&self) -> Vec<&str> {
        self.create.statements()
    }

    pub(super) async fn run(self: &Arc<Self>, call: Call<'_>) -> Result<Response, Refused> {
        let target = self.create.place.target(call.params)?;
        let items = bulk::items(&self.bulk, &mut bulk::read(&call.body)?)?;
        let (mut rows, mut refusals) = (Vec::with_capacity(items.len()), Vec::new());
        for (index, item) in items.iter().enumerate() {
            let body = item.to_string();
            let checked = self.create.rule.read(body.as_bytes(), &call.caller, &target).await;
            match checked {
                Ok(sent) => rows.push(sent),
                Err(refused) => refusals.push((index, refused)),
            }
        }
        bulk::all(refusals)?;
        let (this, caller) = (Arc::clone(self), call.caller);
        let work = move |db: &Db<'_>| this.make(db, &caller, &target, rows);
        let written = call.store.write(Steps::Several, work).await?;
        Ok(bulk::answer(self.success, &self.bulk.answer, &written))
    }

    fn make(
        &self,
        db: &Db<'_>,
        caller: &Caller,
        target: &Target,
        rows: Vec<Sent>,
    ) -> Result<Vec<Written>, Refused> {
        let mut written = Vec::with_capacity(rows.len());
        for (index, sent) in rows.into_iter().enumerate() {
            let made = self.create.make(db, caller, &mut target.clone(), sent);
            let made = made.map_err(|refused| bulk::at(index, refused))?;
            let key = match made.key {
                Cell::Text(text) => text.into(),
                Cell::Integer(number) => number.into(),
                _ => serde_json::Value::Null,
            };
            written.push(Written { row: made.row.json, key });
        }
        Ok(written)
    }
}
