//! Rows of a collection, by pages.

use std::borrow::Cow;
use std::sync::Arc;

use crate::store::Cell;
use groundplan_model::service::{ListShape, Refusal, Resource, Role};
use http::HeaderValue;
use http::header::LINK;

use crate::action::{Call, Draft};
use crate::answer::{self, Response};
use crate::caller::Caller;
use crate::paging::{Filters, Page, next_query, write_cursor};
use crate::place::{Place, Target};
use crate::refused::{FieldFault, Refused};
use crate::store::sql::quote;
use crate::store::{Db, FIRST_VALUE, Failed, Head, Row};
use crate::wire::Shape;

/// `GET /things`, `GET /things/{id}/parts`.
pub(crate) struct List {
    place: Place,
    shape: Shape,
    filters: Filters,
    form: ListShape,
    success: u16,
    /// Quoted names of all columns, for filters.
    columns: Vec<String>,
    /// Columns that rows are ordered by, quoted.
    order: Vec<String>,
    select: String,
    /// The statement without filters: first page, later pages, number of rows.
    first: String,
    later: String,
    count: String,
}

/// The rows of one page, as JSON text.
struct Rows {
    json: Vec<u8>,
    /// The cursor of the next page, where there is one.
    next: Option<String>,
    total: Option<i64>,
}

impl List {
    pub(super) fn new(draft: &Draft<'_>, place: Place) -> Self {
        let shape = draft.shape();
        let order = order(draft.resource);
        let order_names = order.join(", ");
        let mut list = Self {
            select: format!("SELECT {}, {order_names} FROM {}", shape.columns(), place.table),
            place,
            shape,
            filters: Filters::new(draft.resource, order.len()),
            form: draft.route.list.clone(),
            success: draft.route.success,
            columns: draft.resource.table.columns.iter().map(|it| quote(&it.name)).collect(),
            order,
            first: String::new(),
            later: String::new(),
            count: String::new(),
        };
        list.first = list.write_sql(&[], false);
        list.later = list.write_sql(&[], true);
        list.count = list.write_count(&[]);
        list
    }

    pub(super) fn statements(&self) -> Vec<&str> {
        let own = [self.first.as_str(), &self.later, &self.count];
        self.place.parent_sql().into_iter().chain(own).collect()
    }

    pub(super) async fn run(self: &Arc<Self>, call: Call<'_>) -> Result<Response, Refused> {
        let target = self.place.target(call.params)?;
        let query = call.parts.uri.query().unwrap_or_default();
        let page = self.filters.read(query)?;
        let slow = !page.filters.is_empty() || self.counts();
        let (this, caller) = (Arc::clone(self), call.caller);
        let read = move |db: &Db<'_>| this.read(db, &caller, target, page);
        let rows =
            if slow { call.store.read_slowly(read).await } else { call.store.read(read).await }?;
        let link = rows.next.as_ref().map(|cursor| {
            format!("<{}?{}>; rel=\"next\"", call.parts.uri.path(), next_query(query, cursor))
        });
        let mut response = answer::json(self.success, wrap(&self.form, rows));
        if let Some(link) = link.and_then(|link| HeaderValue::try_from(link).ok()) {
            response.headers_mut().insert(LINK, link);
        }
        Ok(response)
    }

    fn read(
        &self,
        db: &Db<'_>,
        caller: &Caller,
        mut target: Target,
        page: Page,
    ) -> Result<Rows, Refused> {
        self.place.enter(db, caller, &mut target)?;
        let head = target.head(caller);
        let total = self.total(db, &head, &page)?;
        let sql = self.sql(&page);
        let limit = page.limit;
        let mut values: Vec<Cell> = page.filters.into_iter().map(|(_, value)| value).collect();
        values.extend(page.cursor.into_iter().flatten());
        // One row more than the page shows whether there is another page.
        values.push(Cell::Integer(i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1)));
        let mut rows = Written::new(limit);
        let written = db.each(&sql, &head, &values, |row| rows.take(self, row));
        written.map_err(unfit)?;
        let (json, next) = rows.end();
        Ok(Rows { json, next, total })
    }

    /// Whether answers show the number of all rows.
    fn counts(&self) -> bool {
        matches!(&self.form, ListShape::Envelope { total, .. } if !total.is_empty())
    }

    fn order_values(&self, row: &Row<'_>) -> Vec<Cell> {
        (0..self.order.len()).map(|at| row.cell(self.shape.len() + at)).collect()
    }

    /// The number of all rows, where the answer shows it.
    fn total(&self, db: &Db<'_>, head: &Head<'_>, page: &Page) -> Result<Option<i64>, Failed> {
        if !self.counts() {
            return Ok(None);
        }
        let values: Vec<Cell> = page.filters.iter().map(|(_, value)| value.clone()).collect();
        let sql = match page.filters.as_slice() {
            [] => Cow::Borrowed(self.count.as_str()),
            filters => Cow::Owned(self.write_count(filters)),
        };
        db.first(&sql, head, &values, |row| row.integer(0))
    }

    fn sql(&self, page: &Page) -> Cow<'_, str> {
        match (page.filters.as_slice(), &page.cursor) {
            ([], None) => Cow::Borrowed(&self.first),
            ([], Some(_)) => Cow::Borrowed(&self.later),
            (filters, cursor) => Cow::Owned(self.write_sql(filters, cursor.is_some())),
        }
    }

    fn write_sql(&self, filters: &[(usize, Cell)], after: bool) -> String {
        let mut sql = format!("{} WHERE {}", self.select, self.condition(filters));
        let mut number = FIRST_VALUE + filters.len();
        let order = self.order.join(", ");
        if after {
            let values: Vec<String> =
                (number..number + self.order.len()).map(|number| format!("?{number}")).collect();
            sql.push_str(&format!(" AND ({order}) > ({})", values.join(", ")));
            number += self.order.len();
        }
        format!("{sql} ORDER BY {order} LIMIT ?{number}")
    }

    fn write_count(&self, filters: &[(usize, Cell)]) -> String {
        format!("SELECT count(*) FROM {} WHERE {}", self.place.table, self.condition(filters))
    }

    fn condition(&self, filters: &[(usize, Cell)]) -> String {
        let mut condition = self.place.condition.clone();
        for (at, (column, _)) in filters.iter().enumerate() {
            let name = self.columns.get(*column).map_or("NULL", String::as_str);
            let table = &self.place.table;
            condition.push_str(&format!(" AND {table}.{name} = ?{}", FIRST_VALUE + at));
        }
        condition
    }
}

/// Rows as a JSON array, while they come.
struct Written {
    limit: usize,
    count: usize,
    json: Vec<u8>,
    /// The cursor after the last row that is shown.
    last: Option<String>,
}

impl Written {
    fn new(limit: usize) -> Self {
        let mut json = Vec::with_capacity(4096);
        json.push(b'[');
        Self { limit, count: 0, json, last: None }
    }

    fn take(&mut self, list: &List, row: &Row<'_>) {
        self.count += 1;
        if self.count > self.limit {
            return;
        }
        if self.count > 1 {
            self.json.push(b',');
        }
        list.shape.write(row, &mut self.json);
        if self.count == self.limit {
            self.last = Some(write_cursor(&list.order_values(row)));
        }
    }

    /// The array, and the cursor of the next page where there is one.
    fn end(mut self) -> (Vec<u8>, Option<String>) {
        self.json.push(b']');
        (self.json, self.last.filter(|_| self.count > self.limit))
    }
}

/// All values of the statement are the service's own but those of the cursor.
fn unfit(failed: Failed) -> Refused {
    match failed {
        Failed::Datatype(_) => {
            let fault = FieldFault::new("cursor", "is not a cursor that this list gave out");
            Refused::fields(Refusal::InvalidParameter, "the query does not fit", vec![fault])
        }
        _ => failed.into(),
    }
}

/// `created_at`, then the key: an order that new rows do not disturb.
fn order(resource: &Resource) -> Vec<String> {
    let created = resource.role_index(Role::CreatedAt).and_then(|at| resource.column(at));
    let mut names: Vec<&str> = created.iter().map(|column| column.name.as_str()).collect();
    names.extend(resource.table.primary_key.iter().map(String::as_str));
    if resource.table.primary_key.is_empty() {
        names.push("rowid");
    }
    let table = quote(&resource.table.name);
    names.into_iter().map(|name| format!("{table}.{}", quote(name))).collect()
}

/// The page in the document's form.
fn wrap(form: &ListShape, rows: Rows) -> Vec<u8> {
    let ListShape::Envelope { items, total, next } = form else { return rows.json };
    let mut body = Vec::with_capacity(rows.json.len() + 128);
    body.push(b'{');
    push_member(&mut body, items, &rows.json);
    for name in total {
        body.push(b',');
        push_member(&mut body, name, rows.total.unwrap_or_default().to_string().as_bytes());
    }
    for name in next {
        body.push(b',');
        let cursor = serde_json::Value::from(rows.next.clone()).to_string();
        push_member(&mut body, name, cursor.as_bytes());
    }
    body.push(b'}');
    body
}

fn push_member(body: &mut Vec<u8>, name: &str, json: &[u8]) {
    body.extend_from_slice(serde_json::Value::from(name).to_string().as_bytes());
    body.push(b':');
    body.extend_from_slice(json);
}
