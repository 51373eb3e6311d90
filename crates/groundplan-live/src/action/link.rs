//! Links between two rows: a row of a junction table, made or removed as often as one likes.

use std::sync::Arc;

use groundplan_model::service::Operation;

use crate::action::insert::Insert;
use crate::action::{Call, Draft};
use crate::answer::{self, Response};
use crate::caller::Caller;
use crate::place::{Place, Target};
use crate::refused::Refused;
use crate::store::scope::{condition, referred, resource_of};
use crate::store::sql::quote;
use crate::store::{Constraints, Db, Row, Steps};
use crate::validate::Sent;
use crate::wire::Shape;

/// `PUT /posts/{id}/tags/{tag_id}`, `DELETE /posts/{id}/tags/{tag_id}`.
pub(crate) struct Link {
    place: Place,
    makes: bool,
    /// Finds the row at the other end.
    end_sql: String,
    /// Finds the link.
    link_sql: String,
    delete_sql: String,
    insert: Insert,
    constraints: Constraints,
    columns: usize,
    shape: Shape,
    success: u16,
}

impl Link {
    pub(super) fn new(draft: &Draft<'_>, place: Place) -> Self {
        let shape = draft.shape();
        let (table, on) = (&place.table, &place.condition);
        Self {
            makes: draft.route.operation == Operation::Link,
            end_sql: end(draft, &place).unwrap_or_else(|| "SELECT 1".to_owned()),
            link_sql: format!("SELECT {} FROM {table} WHERE {on}", shape.columns()),
            delete_sql: format!("DELETE FROM {table} WHERE {on}"),
            insert: Insert::new(draft, &place, &shape, None),
            constraints: draft.constraints(),
            columns: draft.resource.table.columns.len(),
            shape,
            success: draft.route.success,
            place,
        }
    }

    pub(super) fn statements(&self) -> Vec<&str> {
        let own = [self.end_sql.as_str(), &self.link_sql, &self.delete_sql, self.insert.sql()];
        self.place.parent_sql().into_iter().chain(own).collect()
    }

    pub(super) async fn run(self: &Arc<Self>, call: Call<'_>) -> Result<Response, Refused> {
        let mut target = self.place.target(call.params)?;
        let (this, caller) = (Arc::clone(self), call.caller);
        let work = move |db: &Db<'_>| {
            this.place.enter(db, &caller, &mut target)?;
            if this.makes {
                this.link(db, &caller, &target)
            } else {
                this.part(db, &caller, &target)
            }
        };
        let body = call.store.write(Steps::Several, work).await?;
        Ok(answer::json(self.success, body))
    }

    fn link(&self, db: &Db<'_>, caller: &Caller, target: &Target) -> Result<Vec<u8>, Refused> {
        let head = target.head(caller);
        db.first(&self.end_sql, &head, &[], |_| ())?.ok_or_else(Refused::not_found)?;
        // Two that link at once would both find nothing.
        db.lock(&format!("link {}", self.place.table))?;
        let mut body = Vec::with_capacity(128);
        let found = db.first(&self.link_sql, &head, &[], |row| self.shape.write(row, &mut body))?;
        if found.is_some() {
            return Ok(body);
        }
        let mut sent: Sent = vec![None; self.columns];
        let key = self.place.key_column().and_then(|at| sent.get_mut(at));
        if let Some(key) = key {
            *key = Some(target.key.clone());
        }
        let row = self.insert.row(sent, caller, &target.parent);
        let read = |row: &Row<'_>| self.shape.write(row, &mut body);
        let made = self.insert.put(db, &head, &row, read);
        made.map_err(|failed| self.constraints.refuse(failed))?;
        Ok(body)
    }

    fn part(&self, db: &Db<'_>, caller: &Caller, target: &Target) -> Result<Vec<u8>, Refused> {
        db.execute(&self.delete_sql, &target.head(caller), &[])?;
        Ok(b"{}".to_vec())
    }
}

/// Looks for the row that the path's key names, if the caller may see it.
fn end(draft: &Draft<'_>, place: &Place) -> Option<String> {
    let column = draft.resource.column(place.key_column()?)?;
    let mut keys = draft.resource.table.foreign_keys.iter();
    let key = keys.find(|key| key.columns.contains(&column.name))?;
    let there = resource_of(draft.plan, &key.table)?;
    let name = quote(referred(there, key).first()?);
    let scope = condition(draft.plan, there, "r");
    let scope = scope.map_or_else(String::new, |it| format!(" AND {it}"));
    let table = quote(&there.table.name);
    Some(format!("SELECT 1 FROM {table} AS r WHERE r.{name} = ?2{scope}"))
}
