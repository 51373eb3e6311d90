//! Several rows go: all of them, or none.

use std::borrow::Cow;
use std::sync::Arc;

use groundplan_model::service::{Bulk, BulkSource, Operation, Refusal};
use serde_json::Value;

use crate::action::bulk::{self, Written};
use crate::action::delete::Delete;
use crate::action::pages::{Pages, unfit};
use crate::action::{Call, Draft};
use crate::answer::Response;
use crate::caller::Caller;
use crate::place::{Place, Target};
use crate::query::Asked;
use crate::refused::Refused;
use crate::store::sql::quote;
use crate::store::{Cell, Db, Steps};

/// Rows that one request by filters removes at most.
const ROWS: usize = 1000;

/// `DELETE /things/bulk`, `POST /things/bulk-delete`, `DELETE /things?…`.
pub(crate) struct DeleteMany {
    delete: Delete,
    pages: Pages,
    bulk: Bulk,
    /// The key's column, quoted.
    key: String,
    success: u16,
}

impl DeleteMany {
    /// `None` where rows have no single key.
    pub(super) fn new(draft: &Draft<'_>, place: Place, bulk: &Bulk) -> Option<Self> {
        let at = draft.resource.key_index()?;
        let route = bulk::to_one(draft.route, at, Operation::Delete);
        let to_one = Place::new(draft.plan, &route, draft.fault)?;
        let own = Draft { route: &route, ..*draft };
        Some(Self {
            delete: Delete::new(&own, to_one),
            pages: Pages::new(draft, place),
            bulk: bulk.clone(),
            key: quote(&draft.resource.column(at)?.name),
            success: draft.route.success,
        })
    }

    pub(super) fn statements(&self) -> Vec<&str> {
        self.delete.statements()
    }

    pub(super) async fn run(self: &Arc<Self>, call: Call<'_>) -> Result<Response, Refused> {
        let written = match self.bulk.source {
            BulkSource::Query => self.by_query(call).await?,
            _ => self.by_keys(call).await?,
        };
        Ok(bulk::answer(self.success, &self.bulk.answer, &written))
    }

    async fn by_keys(self: &Arc<Self>, call: Call<'_>) -> Result<Vec<Written>, Refused> {
        let items = bulk::items(&self.bulk, &mut bulk::read(&call.body)?)?;
        let (mut targets, mut refusals) = (Vec::with_capacity(items.len()), Vec::new());
        for (index, key) in items.into_iter().enumerate() {
            match self.target(&call, &key) {
                Ok(target) => targets.push((key, target)),
                Err(refused) => refusals.push((index, refused)),
            }
        }
        bulk::all(refusals)?;
        let (this, caller) = (Arc::clone(self), call.caller);
        call.store.write(Steps::Several, move |db: &Db<'_>| this.remove(db, &caller, targets)).await
    }

    fn target(&self, call: &Call<'_>, key: &Value) -> Result<Target, Refused> {
        let text = match key {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => return Err(bulk::of_member("key", "must be a key")),
        };
        let mut params = call.params.clone();
        params.push(Cow::Owned(text));
        self.delete.place.target(&params)
    }

    async fn by_query(self: &Arc<Self>, call: Call<'_>) -> Result<Vec<Written>, Refused> {
        let target = self.pages.place.target(call.params)?;
        let asked = self.pages.asked(&call)?;
        if asked.conditions.is_empty() {
            let message = "the query says nothing about the rows that are to go; send a filter";
            return Err(Refused::new(Refusal::InvalidParameter, message));
        }
        let (this, caller) = (Arc::clone(self), call.caller);
        let work = move |db: &Db<'_>| this.find_and_remove(db, &caller, &target, &asked);
        call.store.write(Steps::Several, work).await
    }

    fn find_and_remove(
        &self,
        db: &Db<'_>,
        caller: &Caller,
        target: &Target,
        asked: &Asked,
    ) -> Result<Vec<Written>, Refused> {
        let mut place = target.clone();
        self.pages.place.enter(db, caller, &mut place)?;
        let (condition, _) = self.pages.condition(&asked.conditions);
        let (table, key) = (&self.pages.place.table, &self.key);
        let sql = format!("SELECT {table}.{key} FROM {table} WHERE {condition} LIMIT {}", ROWS + 1);
        let mut values = Vec::new();
        asked.conditions.iter().for_each(|it| it.push_values(&mut values));
        let mut keys = Vec::new();
        db.each(&sql, &place.head(caller), &values, |row| keys.push(row.cell(0))).map_err(unfit)?;
        if keys.len() > ROWS {
            let message = format!("more than {ROWS} rows fit the query; narrow it down");
            return Err(Refused::new(Refusal::InvalidParameter, message));
        }
        let targets =
            keys.into_iter().map(|key| (shown(&key), Target::of(key, target.parent.clone())));
        self.remove(db, caller, targets.collect())
    }

    fn remove(
        &self,
        db: &Db<'_>,
        caller: &Caller,
        targets: Vec<(Value, Target)>,
    ) -> Result<Vec<Written>, Refused> {
        let mut written = Vec::with_capacity(targets.len());
        for (index, (key, mut target)) in targets.into_iter().enumerate() {
            let removed = self.delete.delete(db, caller, &mut target);
            removed.map_err(|refused| bulk::at(index, refused))?;
            written.push(Written { row: Vec::new(), key });
        }
        Ok(written)
    }
}

fn shown(key: &Cell) -> Value {
    match key {
        Cell::Text(text) => text.as_str().into(),
        Cell::Integer(number) => (*number).into(),
        _ => Value::Null,
    }
}
