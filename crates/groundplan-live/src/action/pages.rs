//! Rows of a place, read page by page: what lists, files and bulk deletes have in common.

use std::borrow::Cow;

use groundplan_model::schema::Column;
use groundplan_model::service::Operation;

use crate::action::{Call, Draft};
use crate::caller::Caller;
use crate::place::{Place, Target};
use crate::query::{Asked, Condition, Order, Parameters, Start};
use crate::refused::{FieldFault, Refused};
use crate::store::{Cell, Db, FIRST_VALUE, Failed, Head, Row};
use crate::wire::Shape;

/// Rows of a place, with the statements for requests without filters.
pub(super) struct Pages {
    pub(super) place: Place,
    pub(super) shape: Shape,
    pub(super) parameters: Parameters,
    pub(super) columns: Vec<Column>,
    /// Whether the body says which rows.
    by_body: bool,
    first: String,
    later: String,
    count: String,
}

/// What is read of a page.
pub(super) struct Wanted<'w> {
    pub(super) asked: &'w Asked,
    /// The shape of rows, where it is not the usual one.
    pub(super) shape: Option<&'w Shape>,
    /// Columns that are read besides, at the end.
    pub(super) besides: &'w [String],
    /// Whether the number of all rows is wanted.
    pub(super) total: bool,
}

/// What was read beside the rows.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Page {
    /// How many rows there are.
    pub(super) count: usize,
    /// The values of the order's columns in the last row, where more rows follow.
    pub(super) last: Option<Vec<Cell>>,
    pub(super) total: Option<i64>,
}

impl Pages {
    pub(super) fn new(draft: &Draft<'_>, place: Place) -> Self {
        let mut pages = Self {
            parameters: Parameters::new(draft.resource, &draft.route.query, own(draft)),
            shape: draft.shape(),
            columns: draft.resource.table.columns.clone(),
            by_body: draft.route.operation == Operation::Search,
            place,
            first: String::new(),
            later: String::new(),
            count: String::new(),
        };
        if matches!(draft.route.operation, Operation::History(_)) {
            pages.parameters.turn_around();
        }
        let order = pages.parameters.order();
        let behind: Vec<Cell> = order.keys.iter().map(|_| Cell::Integer(0)).collect();
        let first = pages.write_sql(&pages.shape, &[], order, &[], &Start::First);
        let later = pages.write_sql(&pages.shape, &[], order, &[], &Start::After(behind));
        pages.count = pages.write_count(&[]);
        (pages.first, pages.later) = (first, later);
        pages
    }

    pub(super) fn statements(&self) -> Vec<&str> {
        let own = [self.first.as_str(), &self.later, &self.count];
        self.place.parent_sql().into_iter().chain(own).collect()
    }

    /// What a call's query asks for; of a search, its body.
    pub(super) fn asked(&self, call: &Call<'_>) -> Result<Asked, Refused> {
        let (query, lenient) = (call.query(), call.prefer().is_lenient());
        match self.by_body {
            true => self.parameters.search(query, &call.body, lenient),
            false => self.parameters.read(query, lenient),
        }
    }

    /// Reads a page; `take` gets each of its rows.
    pub(super) fn read(
        &self,
        db: &Db<'_>,
        caller: &Caller,
        target: &mut Target,
        wanted: &Wanted<'_>,
        mut take: impl FnMut(&Row<'_>),
    ) -> Result<Page, Refused> {
        self.place.enter(db, caller, target)?;
        let head = target.head(caller);
        let asked = wanted.asked;
        let total = if wanted.total { self.total(db, &head, asked)? } else { None };
        let order = asked.order.as_ref().unwrap_or_else(|| self.parameters.order());
        let shape = wanted.shape.unwrap_or(&self.shape);
        let mut page = Page { total, ..Page::default() };
        let (mut rows, mut last) = (0_usize, None);
        let read = |row: &Row<'_>| {
            rows += 1;
            if rows > asked.limit {
                return;
            }
            page.count = rows;
            take(row);
            if rows == asked.limit {
                let at = shape.len()..shape.len() + order.keys.len();
                last = Some(at.map(|at| row.cell(at)).collect());
            }
        };
        let values = values(asked);
        db.each(&self.sql(wanted), &head, &values, read).map_err(unfit)?;
        page.last = last.filter(|_| rows > asked.limit);
        Ok(page)
    }

    /// The number of all rows.
    fn total(&self, db: &Db<'_>, head: &Head<'_>, asked: &Asked) -> Result<Option<i64>, Refused> {
        let mut values = Vec::new();
        asked.conditions.iter().for_each(|it| it.push_values(&mut values));
        let sql = match asked.conditions.as_slice() {
            [] => Cow::Borrowed(self.count.as_str()),
            conditions => Cow::Owned(self.write_count(conditions)),
        };
        db.first(&sql, head, &values, |row| row.integer(0)).map_err(unfit)
    }

    fn sql(&self, wanted: &Wanted<'_>) -> Cow<'_, str> {
        let asked = wanted.asked;
        let is_usual = asked.conditions.is_empty()
            && asked.order.is_none()
            && wanted.shape.is_none()
            && wanted.besides.is_empty();
        match &asked.start {
            Start::First if is_usual => Cow::Borrowed(&self.first),
            Start::After(values) if is_usual && !values.contains(&Cell::Null) => {
                Cow::Borrowed(&self.later)
            }
            start => {
                let shape = wanted.shape.unwrap_or(&self.shape);
                let order = asked.order.as_ref().unwrap_or_else(|| self.parameters.order());
                let (besides, conditions) = (wanted.besides, &asked.conditions);
                Cow::Owned(self.write_sql(shape, besides, order, conditions, start))
            }
        }
    }

    fn write_sql(
        &self,
        shape: &Shape,
        besides: &[String],
        order: &Order,
        conditions: &[Condition],
        start: &Start,
    ) -> String {
        let table = &self.place.table;
        let mut selected = vec![shape.columns()];
        selected.extend(order.columns(table, &self.columns));
        selected.extend(besides.iter().cloned());
        let (condition, mut number) = self.condition(conditions);
        let mut sql = format!("SELECT {} FROM {table} WHERE {condition}", selected.join(", "));
        if let Start::After(values) = start {
            let after = order.after(table, &self.columns, values, number);
            sql.push_str(&format!(" AND {after}"));
            number += values.len();
        }
        let order = order.sql(table, &self.columns);
        sql.push_str(&format!(" ORDER BY {order} LIMIT ?{number}"));
        if matches!(start, Start::Skip(_)) {
            sql.push_str(&format!(" OFFSET ?{}", number + 1));
        }
        sql
    }

    fn write_count(&self, conditions: &[Condition]) -> String {
        let (condition, _) = self.condition(conditions);
        format!("SELECT count(*) FROM {} WHERE {condition}", self.place.table)
    }

    /// The place's condition with more of them, and the number of the next parameter.
    pub(super) fn condition(&self, conditions: &[Condition]) -> (String, usize) {
        let mut sql = self.place.condition.clone();
        let mut number = FIRST_VALUE;
        for condition in conditions {
            condition.write(&self.place.table, &self.columns, &mut number, &mut sql);
        }
        (sql, number)
    }
}

/// The parameter that a file's form is asked for by.
fn own<'d>(draft: &Draft<'d>) -> Option<&'d str> {
    match &draft.route.operation {
        Operation::Export(export) => export.parameter.as_deref(),
        _ => None,
    }
}

/// The values of a page's statement, from the first parameter after the head.
fn values(asked: &Asked) -> Vec<Cell> {
    let mut values = Vec::new();
    asked.conditions.iter().for_each(|it| it.push_values(&mut values));
    if let Start::After(after) = &asked.start {
        values.extend(after.iter().cloned());
    }
    // One row more than the page shows whether there is another page.
    let limit = i64::try_from(asked.limit).unwrap_or(i64::MAX).saturating_add(1);
    values.push(Cell::Integer(limit));
    if let Start::Skip(skipped) = asked.start {
        values.push(Cell::Integer(i64::try_from(skipped).unwrap_or(i64::MAX)));
    }
    values
}

/// All values of such statements are typed by their columns before. What a database cannot hold all
/// the same, such as a time before its first, is the client's.
pub(super) fn unfit(failed: Failed) -> Refused {
    match failed {
        Failed::Datatype(reason) => {
            let fault = FieldFault::new("query", format!("has a value out of range: {reason}"));
            crate::query::unfit(vec![fault])
        }
        failed => failed.into(),
    }
}
