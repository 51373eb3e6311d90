//! What a request for many rows asks for: its query string, read by the plan's parameters.

mod body;
mod condition;
mod cursor;
mod order;
mod text;

use std::borrow::Cow;
use std::collections::HashMap;

use groundplan_model::schema::Column;
use groundplan_model::service::{PageForm, Paging, Query, Refusal, Resource, Test};

use crate::refused::{FieldFault, Refused};
use crate::store::Cell;
use crate::value;

pub(crate) use condition::{Condition, operand};
pub(crate) use cursor::write as write_cursor;
pub(crate) use order::Order;
pub(crate) use text::{pairs, value_of, with_parameter};

#[cfg(test)]
mod tests;

/// Parameters of a request at most, beyond those that the route knows.
const PARAMETERS: usize = 64;

/// Faults named in one answer.
const FAULTS: usize = 32;

/// Values of a parameter that takes several.
const VALUES: usize = 100;

/// Characters of a text that is looked for: databases refuse longer patterns.
pub(crate) const PATTERN_CHARS: usize = 1000;

/// The last page, and rows that can be skipped at most.
pub(crate) const SKIP_MAX: u64 = 2_147_483_647;

/// The parameters of a route, ready to read requests.
#[derive(Debug)]
pub(crate) struct Parameters {
    uses: HashMap<String, Use>,
    columns: Vec<Column>,
    sort_keys: Vec<(String, usize)>,
    included: Vec<String>,
    paging: Option<Paging>,
    /// Names of members, with their columns' positions.
    members: Vec<(String, usize)>,
    order: Order,
}

/// What a parameter is for.
#[derive(Clone, Debug)]
enum Use {
    Filter(usize, Test),
    Search(Vec<usize>),
    Sort,
    Direction,
    Limit,
    Start,
    Fields,
    Include,
    Deleted,
    Idle,
}

/// What a request asks for.
#[derive(Debug, PartialEq)]
pub(crate) struct Asked {
    pub(crate) limit: usize,
    pub(crate) start: Start,
    /// Another order than the usual one.
    pub(crate) order: Option<Order>,
    pub(crate) conditions: Vec<Condition>,
    /// Positions of the columns to show; `None` for all.
    pub(crate) fields: Option<Vec<usize>>,
    /// Positions of rows to include.
    pub(crate) include: Vec<usize>,
    /// Whether rows that are marked as deleted are wanted, too.
    pub(crate) deleted: bool,
}

/// Where a page begins.
#[derive(Debug, PartialEq)]
pub(crate) enum Start {
    First,
    /// Behind the row with these values of the order's columns.
    After(Vec<Cell>),
    /// Behind so many rows.
    Skip(u64),
}

/// What was read before it is put together: the order is needed for the cursor.
#[derive(Default)]
struct Draft {
    limit: Option<usize>,
    start: Option<String>,
    start_name: String,
    sort: Option<Vec<(usize, bool)>>,
    descending: bool,
    conditions: Vec<Condition>,
    fields: Option<Vec<usize>>,
    include: Vec<usize>,
    deleted: bool,
}

impl Parameters {
    /// `own` is a parameter that the operation itself reads.
    pub(crate) fn new(resource: &Resource, query: &Query, own: Option<&str>) -> Self {
        let mut uses = HashMap::new();
        for (name, use_) in each_use(query) {
            uses.entry(name).or_insert(use_);
        }
        uses.extend(own.map(|name| (name.to_owned(), Use::Idle)));
        let sort = query.sort.as_ref();
        let included = query.include.iter().flat_map(|it| &it.rows).map(|it| it.name.clone());
        let fields = resource.fields.iter().enumerate();
        let shown = fields.filter(|(_, it)| it.role.is_shown());
        Self {
            uses,
            columns: resource.table.columns.clone(),
            sort_keys: sort.map(|it| it.keys.clone()).unwrap_or_default(),
            included: included.collect(),
            paging: query.paging.clone(),
            members: shown.map(|(at, it)| (it.name.clone(), at)).collect(),
            order: Order::usual(resource),
        }
    }

    /// Makes the usual order the newest first.
    pub(crate) fn turn_around(&mut self) {
        self.order.turn_around();
    }

    /// The usual order.
    pub(crate) fn order(&self) -> &Order {
        &self.order
    }

    pub(crate) fn paging(&self) -> Option<&Paging> {
        self.paging.as_ref()
    }

    /// Reads a query string. Unknown parameters are passed over where the client asks for that.
    pub(crate) fn read(&self, query: &str, lenient: bool) -> Result<Asked, Refused> {
        let (mut draft, mut faults) = (Draft::default(), Vec::new());
        self.read_pairs(query, lenient, |_| true, &mut draft, &mut faults)?;
        let asked = self.put_together(draft, &mut faults);
        if faults.is_empty() { Ok(asked) } else { Err(unfit(faults)) }
    }

    /// Reads those parameters of a query string that may stand there.
    fn read_pairs(
        &self,
        query: &str,
        lenient: bool,
        may_be_there: impl Fn(&Use) -> bool,
        draft: &mut Draft,
        faults: &mut Vec<FieldFault>,
    ) -> Result<(), Refused> {
        let mut seen: Vec<Cow<'_, str>> = Vec::new();
        for pair in text::pairs(query) {
            let (name, value) = pair.ok_or_else(undecodable)?;
            if seen.len() == PARAMETERS + self.uses.len() {
                return Err(too_many(seen.len()));
            }
            let read = match self.uses.get(name.as_ref()).filter(|it| may_be_there(it)) {
                Some(_) if seen.contains(&name) => Err("is there twice; send it once".into()),
                Some(use_) => self.take(use_, &name, &value, draft),
                None if lenient => Ok(()),
                None => Err("is not a parameter of this endpoint".into()),
            };
            if let Err(fault) = read {
                faults.push(named(&name, fault));
            }
            seen.push(name);
        }
        Ok(())
    }

    fn take(
        &self,
        use_: &Use,
        name: &str,
        value: &str,
        draft: &mut Draft,
    ) -> Result<(), value::Fault> {
        match use_ {
            Use::Filter(column, test) => {
                let Some(it) = self.columns.get(*column) else { return Ok(()) };
                let values = condition::values(it, *test, value)?;
                draft.conditions.push(Condition::Compare { column: *column, test: *test, values });
            }
            Use::Search(columns) => {
                let columns = columns.clone();
                let pattern = condition::contains(value)?;
                draft.conditions.push(Condition::Contain { columns, pattern });
            }
            Use::Sort => draft.sort = Some(order::read(value, &self.sort_keys)?),
            Use::Direction => draft.descending = order::direction(value)?,
            Use::Limit => draft.limit = Some(self.limit(value)?),
            Use::Start => {
                draft.start = Some(value.to_owned());
                name.clone_into(&mut draft.start_name);
            }
            Use::Fields => draft.fields = Some(self.fields(value)?),
            Use::Include => draft.include = self.include(value)?,
            Use::Deleted => draft.deleted = truth(value)?,
            Use::Idle => {}
        }
        Ok(())
    }

    fn put_together(&self, draft: Draft, faults: &mut Vec<FieldFault>) -> Asked {
        let usual = self.paging.as_ref().map_or(usize::MAX, |it| rows(it.default));
        let limit = draft.limit.unwrap_or(usual);
        let order = match (draft.sort, draft.descending) {
            (Some(keys), descending) => Some(self.order.sorted(&self.columns, &keys, descending)),
            (None, true) => Some(self.order.reversed()),
            (None, false) => None,
        };
        let start = match &draft.start {
            None => Ok(Start::First),
            Some(text) => self.start(text, limit, order.as_ref().unwrap_or(&self.order)),
        };
        let start = start.unwrap_or_else(|fault| {
            faults.push(FieldFault { field: draft.start_name, message: fault.into_owned() });
            Start::First
        });
        let (fields, include, deleted) = (draft.fields, draft.include, draft.deleted);
        let mut conditions = draft.conditions;
        // The same set of filters is the same statement, in whatever order they were sent.
        conditions.sort_by_key(Condition::rank);
        Asked { limit, start, order, conditions, fields, include, deleted }
    }

    fn limit(&self, value: &str) -> Result<usize, value::Fault> {
        let max = self.paging.as_ref().map_or(1, |it| rows(it.max));
        let number = whole(value).and_then(|it| usize::try_from(it).ok());
        let number = number.filter(|number| (1..=max).contains(number));
        number.ok_or_else(|| format!("must be a whole number from 1 to {max}").into())
    }

    fn start(&self, text: &str, limit: usize, order: &Order) -> Result<Start, value::Fault> {
        match self.paging.as_ref().map(|it| &it.form) {
            Some(PageForm::Page(_)) => {
                let page = whole(text).filter(|it| (1..=SKIP_MAX).contains(it));
                let page = page.ok_or_else(|| bounds(1))?;
                let size = u64::try_from(limit).unwrap_or(u64::MAX);
                Ok(Start::Skip(page.saturating_sub(1).saturating_mul(size)))
            }
            Some(PageForm::Offset(_)) => {
                let skipped = whole(text).filter(|it| *it <= SKIP_MAX);
                skipped.map(Start::Skip).ok_or_else(|| bounds(0))
            }
            _ => {
                let values = cursor::read(text, order, &self.columns);
                let fault = "is not a cursor that this list gave out";
                values.map(Start::After).ok_or_else(|| fault.into())
            }
        }
    }

    fn fields(&self, value: &str) -> Result<Vec<usize>, value::Fault> {
        let names = value.split(',').map(str::trim);
        let mut columns = Vec::new();
        for name in names {
            let found = self.members.iter().find(|(member, _)| member == name);
            let (_, at) = found.ok_or_else(|| unknown_member(name))?;
            if !columns.contains(at) {
                columns.push(*at);
            }
        }
        Ok(columns)
    }

    fn include(&self, value: &str) -> Result<Vec<usize>, value::Fault> {
        let mut wanted = Vec::new();
        for name in value.split(',').map(str::trim) {
            let found = self.included.iter().position(|it| it == name);
            let at = found
                .ok_or_else(|| value::Fault::from(format!("takes {}", self.included.join(", "))))?;
            if !wanted.contains(&at) {
                wanted.push(at);
            }
        }
        Ok(wanted)
    }
}

/// Every parameter with its use; names that are two things are the first of them.
fn each_use(query: &Query) -> Vec<(String, Use)> {
    let mut uses = Vec::new();
    if let Some(paging) = &query.paging {
        uses.push((paging.limit.clone(), Use::Limit));
        uses.push((paging.form.parameter().to_owned(), Use::Start));
    }
    if let Some(sort) = &query.sort {
        uses.push((sort.parameter.clone(), Use::Sort));
        uses.extend(sort.direction.clone().map(|name| (name, Use::Direction)));
    }
    uses.extend(query.fields.clone().map(|name| (name, Use::Fields)));
    uses.extend(query.include.as_ref().map(|it| (it.parameter.clone(), Use::Include)));
    uses.extend(query.deleted.as_ref().map(|it| (it.parameter.clone(), Use::Deleted)));
    let search = query.search.as_ref();
    uses.extend(search.map(|it| (it.parameter.clone(), Use::Search(it.columns.clone()))));
    let filters = query.filters.iter();
    uses.extend(filters.map(|it| (it.parameter.clone(), Use::Filter(it.column, it.test))));
    uses.extend(query.idle.iter().map(|name| (name.clone(), Use::Idle)));
    uses
}

fn truth(value: &str) -> Result<bool, value::Fault> {
    value.parse().map_err(|_| "must be true or false".into())
}

/// A whole number without sign, in its one form.
fn whole(value: &str) -> Option<u64> {
    let is_number = value.bytes().all(|it| it.is_ascii_digit());
    let is_canonical = value == "0" || !value.starts_with('0');
    value.parse().ok().filter(|_| is_number && is_canonical)
}

fn rows(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

fn bounds(least: u64) -> value::Fault {
    format!("must be a whole number from {least} to {SKIP_MAX}").into()
}

fn unknown_member(name: &str) -> value::Fault {
    let short: String = name.chars().take(64).collect();
    format!("names members, set apart by commas; `{short}` is none").into()
}

fn named(name: &str, fault: value::Fault) -> FieldFault {
    FieldFault { field: name.chars().take(64).collect(), message: fault.into_owned() }
}

/// A query whose parameters do not fit.
pub(crate) fn unfit(faults: Vec<FieldFault>) -> Refused {
    not_fitting("the query does not fit", faults)
}

fn not_fitting(what: &str, mut faults: Vec<FieldFault>) -> Refused {
    faults.truncate(FAULTS);
    Refused::fields(Refusal::InvalidParameter, what, faults)
}

pub(crate) fn undecodable() -> Refused {
    Refused::new(Refusal::InvalidParameter, "the query is not percent-encoded UTF-8")
}

fn too_many(count: usize) -> Refused {
    let message = format!("the query has more than {count} parameters");
    Refused::new(Refusal::InvalidParameter, message)
}
