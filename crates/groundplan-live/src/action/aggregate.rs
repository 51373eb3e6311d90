//! Figures over the rows of a collection, all of them by one statement.

mod figure;

use std::sync::Arc;

use crate::action::pages::{Pages, unfit};
use crate::action::{Call, Draft};
use crate::answer::{self, Response};
use crate::caller::Caller;
use crate::place::{Place, Target};
use crate::query::Asked;
use crate::refused::Refused;
use crate::store::Db;
use figure::Figures;
use groundplan_model::service::Aggregate as Plan;

/// `GET /things/count`, `GET /things/stats`.
pub(crate) struct Aggregate {
    pages: Pages,
    figures: Figures,
    /// The statement without filters.
    sql: String,
    success: u16,
}

impl Aggregate {
    pub(super) fn new(draft: &Draft<'_>, place: Place, plan: &Plan) -> Self {
        let figures = Figures::new(draft.resource, plan, &place.table);
        let pages = Pages::new(draft, place);
        let sql = write_sql(&figures, &pages, &pages.place.condition);
        Self { pages, figures, sql, success: draft.route.success }
    }

    pub(super) fn statements(&self) -> Vec<&str> {
        self.pages.place.parent_sql().into_iter().chain([self.sql.as_str()]).collect()
    }

    pub(super) async fn run(self: &Arc<Self>, call: Call<'_>) -> Result<Response, Refused> {
        let mut target = self.pages.place.target(call.params)?;
        let asked = self.pages.asked(&call)?;
        let (this, caller) = (Arc::clone(self), call.caller);
        let read = move |db: &Db<'_>| this.read(db, &caller, &mut target, &asked);
        let body = call.store.read_slowly(read).await?;
        Ok(answer::json(self.success, body))
    }

    fn read(
        &self,
        db: &Db<'_>,
        caller: &Caller,
        target: &mut Target,
        asked: &Asked,
    ) -> Result<Vec<u8>, Refused> {
        self.pages.place.enter(db, caller, target)?;
        let mut values = Vec::new();
        asked.conditions.iter().for_each(|it| it.push_values(&mut values));
        let filtered = (!asked.conditions.is_empty()).then(|| {
            let (condition, _) = self.pages.condition(&asked.conditions);
            write_sql(&self.figures, &self.pages, &condition)
        });
        let sql = filtered.as_deref().unwrap_or(&self.sql);
        let write = |row: &crate::store::Row<'_>| self.figures.write(row);
        let body = db.first(sql, &target.head(caller), &values, write).map_err(unfit)?;
        Ok(body.unwrap_or_default())
    }
}

fn write_sql(figures: &Figures, pages: &Pages, condition: &str) -> String {
    format!("SELECT {} FROM {} WHERE {condition}", figures.select(), pages.place.table)
}
