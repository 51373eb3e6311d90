//! Rows of a collection, by pages.

mod envelope;
mod include;

use std::sync::Arc;

use groundplan_model::service::{Deleted, History, ListShape, PageSlot, Refusal};
use http::header::LINK;
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::action::pages::{Page, Pages, Wanted};
use crate::action::{Call, Draft};
use crate::answer::{self, Response};
use crate::caller::Caller;
use crate::exchange::prefer;
use crate::place::{Place, Target};
use crate::query::Asked;
use crate::refused::Refused;
use crate::store::{Db, Row};
use envelope::Envelope;
use include::Includes;

static TOTAL: HeaderName = HeaderName::from_static("x-total-count");

/// `GET /things`, `GET /things/{id}/parts`, `GET /things/search`.
pub(crate) struct List {
    pages: Pages,
    /// For those who may see rows that are marked as deleted.
    deleted: Option<(Pages, Deleted)>,
    includes: Includes,
    form: ListShape,
    /// Whether the answer shows the number of all rows.
    counts: bool,
    success: u16,
}

impl List {
    pub(super) fn new(draft: &Draft<'_>, place: Place) -> Self {
        let form = draft.route.list.clone();
        Self {
            deleted: deleted(draft),
            includes: Includes::new(draft),
            counts: form.shows(&PageSlot::Total) || form.shows(&PageSlot::Pages),
            form,
            success: draft.route.success,
            pages: Pages::new(draft, place),
        }
    }

    /// The entries of the audit log about the row of the route.
    pub(super) fn of_history(draft: &Draft<'_>, history: &History) -> Option<Self> {
        let place = Place::of_history(draft.plan, draft.route, draft.fault)?;
        let entries = history.entries();
        Some(Self::new(&Draft { resource: &entries, ..*draft }, place))
    }

    pub(super) fn statements(&self) -> Vec<&str> {
        self.pages.statements()
    }

    pub(super) async fn run(self: &Arc<Self>, call: Call<'_>) -> Result<Response, Refused> {
        let mut target = self.pages.place.target(call.params)?;
        let (asked, prefer) = (Arc::new(self.pages.asked(&call)?), call.prefer());
        self.admit(&asked, &call)?;
        let (path, query) = (call.parts.uri.path(), call.query());
        let total = self.counts || prefer.exact_count;
        let slow = total || asked.order.is_some() || !asked.conditions.is_empty();
        let (this, caller, own) = (Arc::clone(self), call.caller, Arc::clone(&asked));
        let read = move |db: &Db<'_>| this.read(db, &caller, &mut target, &own, total);
        let (rows, page) =
            if slow { call.store.read_slowly(read).await } else { call.store.read(read).await }?;
        let envelope = Envelope { parameters: &self.pages.parameters, path, query, asked: &asked };
        let links = envelope.links(&page);
        let total = page.total;
        let mut response = answer::json(self.success, envelope.wrap(&self.form, rows, &page));
        describe(
            response.headers_mut(),
            links,
            total.filter(|_| prefer.exact_count),
            prefer.is_lenient(),
        );
        Ok(response)
    }

    /// Refuses to show deleted rows to those who may not see them.
    fn admit(&self, asked: &Asked, call: &Call<'_>) -> Result<(), Refused> {
        let Some((_, deleted)) = self.deleted.as_ref().filter(|_| asked.deleted) else {
            return Ok(());
        };
        let is_open = call.verifier.is_none();
        if is_open || call.caller.roles.iter().any(|role| deleted.admits(role)) {
            return Ok(());
        }
        let roles = deleted.roles.join("` or `");
        let message = format!("deleted rows are for callers with the role `{roles}`");
        Err(Refused::new(Refusal::Forbidden, message))
    }

    /// The pages that a request is about.
    fn pages(&self, asked: &Asked) -> &Pages {
        let deleted = self.deleted.as_ref().filter(|_| asked.deleted);
        deleted.map_or(&self.pages, |(pages, _)| pages)
    }

    /// The rows as a JSON array, and what is known of their page.
    fn read(
        &self,
        db: &Db<'_>,
        caller: &Caller,
        target: &mut Target,
        asked: &Asked,
        total: bool,
    ) -> Result<(Vec<u8>, Page), Refused> {
        let pages = self.pages(asked);
        let shape = asked.fields.as_ref().map(|columns| pages.shape.only(columns));
        let besides = self.includes.columns(&asked.include, &pages.place.table);
        let wanted = Wanted { asked, shape: shape.as_ref(), besides: &besides, total };
        let shape = shape.as_ref().unwrap_or(&pages.shape);
        if asked.include.is_empty() {
            let mut json = Vec::with_capacity(4096);
            let write = |row: &Row<'_>| {
                json.push(if json.is_empty() { b'[' } else { b',' });
                shape.write(row, &mut json);
            };
            let page = pages.read(db, caller, target, &wanted, write)?;
            json.extend_from_slice(if json.is_empty() { b"[]" } else { b"]" });
            return Ok((json, page));
        }
        let order = asked.order.as_ref().unwrap_or_else(|| pages.parameters.order());
        let mut outer = self.includes.outer(&asked.include, shape.len() + order.keys.len());
        let write = |row: &Row<'_>| outer.take(row, |row, json| shape.write(row, json));
        let page = pages.read(db, caller, target, &wanted, write)?;
        Ok((outer.finish(db, caller)?, page))
    }
}

/// The pages with deleted rows, where the document has a parameter for them.
fn deleted(draft: &Draft<'_>) -> Option<(Pages, Deleted)> {
    let deleted = draft.route.query.deleted.as_ref()?;
    let index = draft.route.binding.as_ref()?.resource;
    let mut plan = draft.plan.clone();
    let resource = plan.resources.get_mut(index)?;
    resource.soft_delete = None;
    let resource = resource.clone();
    let place = Place::new(&plan, draft.route, draft.fault)?;
    let draft = Draft { plan: &plan, resource: &resource, ..*draft };
    Some((Pages::new(&draft, place), deleted.clone()))
}

fn describe(headers: &mut HeaderMap, links: Option<String>, total: Option<i64>, lenient: bool) {
    if let Some(links) = links.and_then(|it| HeaderValue::try_from(it).ok()) {
        headers.insert(LINK, links);
    }
    if let Some(total) = total {
        headers.insert(TOTAL.clone(), HeaderValue::from(total));
        prefer::applied(headers, "count=exact");
    }
    if lenient {
        prefer::applied(headers, "handling=lenient");
    }
}
