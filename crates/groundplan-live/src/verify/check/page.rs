//! Whether a list, page by page, is the list that it must be.

use groundplan_model::ServicePlan;
use groundplan_model::case::ListCheck;
use groundplan_model::service::{ListShape, PageForm, PageSlot, Resource, Test};
use http::header::LINK;
use serde_json::{Map, Value};

use super::row::{documented, whole};
use super::{json, kind, queried, shown, status};
use crate::verify::client::Answer;
use crate::verify::stop::Mismatch;

/// Pages after which the paging of a list that others fill as well is believed.
const ENOUGH_PAGES: usize = 3;

type Members = Map<String, Value>;

/// Where the next page is.
#[derive(Debug)]
pub(in crate::verify) enum Next {
    /// A whole address, a path, or a query.
    Address(String),
    /// A value for this parameter.
    Parameter(String, String),
}

/// A list while it is read.
pub(in crate::verify) struct Page<'c, 'p> {
    check: &'c ListCheck,
    resource: Option<&'p Resource>,
    missing: Vec<Members>,
    lacks: Vec<Members>,
    only: bool,
    pages: usize,
    wanted: usize,
    keys: Vec<Vec<Value>>,
    /// What every row must be, by column.
    fits: Vec<(usize, Test, Value)>,
    /// The last row's value of what rows are sorted by.
    last: Option<Value>,
}

/// The rows of a page, in the list's form.
pub(super) fn items<'v>(shape: &ListShape, value: &'v Value) -> Result<&'v [Value], Mismatch> {
    let (items, form) = match shape {
        ListShape::Array => (value.as_array(), "an array was expected".to_owned()),
        ListShape::Envelope(_) => {
            envelope(value, shape)?;
            let path = shape.items_path().join(".");
            (shape.items(value), format!("its member `{path}` must be an array"))
        }
    };
    items.map(Vec::as_slice).ok_or_else(|| Mismatch::new(format!("answered {}", kind(value)), form))
}

impl<'c, 'p> Page<'c, 'p> {
    pub(in crate::verify) fn new(
        plan: &'p ServicePlan,
        check: &'c ListCheck,
        contains: Vec<Members>,
        lacks: Vec<Members>,
        fits: Vec<(usize, Test, Value)>,
        only: bool,
    ) -> Self {
        let resource = plan.resources.get(check.resource);
        let wanted = contains.len();
        let keys = Vec::new();
        let last = None;
        let missing = contains;
        Self { check, resource, missing, lacks, only, pages: 0, wanted, keys, fits, last }
    }

    /// Reads one page; where the next one is.
    pub(in crate::verify) fn read(&mut self, answer: &Answer) -> Result<Option<Next>, Mismatch> {
        status(answer, self.check.status)?;
        let value = json(answer, "application/json")?;
        let items = items(&self.check.shape, &value)?;
        if items.len() > self.check.page {
            let observed = format!("answered {} rows on one page", items.len());
            let expected = format!("`limit` allows {}", self.check.page);
            return Err(Mismatch::new(observed, expected));
        }
        for item in items {
            self.item(item)?;
        }
        self.pages += 1;
        let is_full = items.len() == self.check.page;
        Ok(self.next(answer, &value, is_full))
    }

    /// Whether more pages would tell nothing new.
    pub(in crate::verify) fn is_decided(&self) -> bool {
        if self.only || !self.lacks.is_empty() {
            return false;
        }
        self.missing.is_empty() || (self.check.page == 1 && self.pages >= ENOUGH_PAGES)
    }

    /// What the whole list must have had.
    pub(in crate::verify) fn finish(self) -> Result<(), Mismatch> {
        let believed = self.check.page == 1 && !self.only && self.pages >= ENOUGH_PAGES;
        if self.missing.is_empty() || believed {
            return Ok(());
        }
        let (missing, pages) = (self.missing.len(), self.pages);
        let observed = match pages {
            1 => format!("answered a list without {missing} of {} rows", self.wanted),
            _ => format!("answered {pages} pages without {missing} of {} rows", self.wanted),
        };
        let expected = match self.check.page {
            1 => "each page must link to the next until all were shown",
            _ => "a row that was made must be in the list",
        };
        Err(Mismatch { lost: true, ..Mismatch::new(observed, expected) })
    }

    fn item(&mut self, item: &Value) -> Result<(), Mismatch> {
        let Some(members) = item.as_object() else {
            let observed = format!("answered {} in the list", kind(item));
            return Err(Mismatch::new(observed, "rows are objects"));
        };
        let Some(resource) = self.resource else { return Ok(()) };
        if self.check.whole {
            whole(resource, members)?;
            documented(members, &self.check.shown)?;
        }
        queried::members(self.check, members)?;
        queried::fits(resource, &self.fits, members)?;
        queried::includes(self.check, members)?;
        self.last = queried::follows(self.check, self.last.take(), members)?;
        let key = key(resource, members);
        if self.keys.contains(&key) {
            let observed = format!("answered the row {} twice", named(&key));
            return Err(Mismatch::new(observed, "each row is on one page"));
        }
        self.known(resource, &key, members)?;
        self.keys.push(key);
        Ok(())
    }

    /// Whether the row is one that must be there, may be there, or must not.
    fn known(&mut self, resource: &Resource, it: &[Value], row: &Members) -> Result<(), Mismatch> {
        if self.lacks.iter().any(|row| key(resource, row) == it) {
            let observed = format!("answered the row {}", named(it));
            return Err(Mismatch::new(observed, "it must not be in this list"));
        }
        let found = self.missing.iter().position(|row| key(resource, row) == it);
        let Some(at) = found else {
            let expected = "the list must have the caller's rows only, or the parent's";
            let observed = format!("answered the row {}", named(it));
            return if self.only { Err(Mismatch::new(observed, expected)) } else { Ok(()) };
        };
        let made = self.missing.remove(at);
        let differs =
            resource.fields.iter().zip(&resource.table.columns).find(|(field, column)| {
                let both = made.get(&field.name).zip(row.get(&field.name));
                !self.check.except.contains(&field.name)
                    && both.is_some_and(|(one, other)| {
                        !groundplan_model::case::same_value(&column.ty, one, other)
                    })
            });
        match differs {
            None => Ok(()),
            Some((field, column)) => {
                let name = &field.name;
                let is = shown(row.get(name).unwrap_or(&Value::Null));
                let was = shown(made.get(name).unwrap_or(&Value::Null));
                let observed = format!("answered `{name}` as {is} in the list");
                let mismatch = Mismatch::new(observed, format!("it was {was} before"));
                Err(mismatch.at(column.span, format!("column `{name}`")))
            }
        }
    }

    fn next(&self, answer: &Answer, value: &Value, is_full: bool) -> Option<Next> {
        let links = answer.headers.get_all(LINK).iter().filter_map(|it| it.to_str().ok());
        if let Some(address) = links.flat_map(|it| it.split(',')).find_map(next_link) {
            return Some(Next::Address(address));
        }
        let slots = self.check.shape.slots();
        let shown =
            slots.iter().find(|(_, slot)| matches!(slot, PageSlot::Next | PageSlot::NextAddress));
        let parameter = self.check.paging.as_ref().map(|it| it.form.parameter().to_owned());
        if let Some((path, _)) = shown {
            let next = path.iter().try_fold(value, |value, name| value.get(name))?;
            return match next {
                Value::String(text) if is_address(text) => Some(Next::Address(text.clone())),
                Value::String(text) => Some(Next::Parameter(parameter?, text.clone())),
                Value::Number(number) => Some(Next::Parameter(parameter?, number.to_string())),
                _ => None,
            };
        }
        // Numbered pages need nobody to say where the next one is.
        let page = self.check.page;
        match &self.check.paging.as_ref()?.form {
            PageForm::Page(name) if is_full => {
                Some(Next::Parameter(name.clone(), (self.pages + 1).to_string()))
            }
            PageForm::Offset(name) if is_full => {
                Some(Next::Parameter(name.clone(), (self.pages * page).to_string()))
            }
            _ => None,
        }
    }
}

fn is_address(text: &str) -> bool {
    text.starts_with('/') || text.starts_with('?') || text.contains("://")
}

/// The members around the rows.
fn envelope(value: &Value, shape: &ListShape) -> Result<(), Mismatch> {
    for (path, slot) in shape.slots() {
        let (fits, expected): (fn(&Value) -> bool, &str) = match slot {
            PageSlot::Total => (Value::is_u64, "the number of all rows was expected there"),
            PageSlot::Count
            | PageSlot::Page
            | PageSlot::Pages
            | PageSlot::Limit
            | PageSlot::Offset => (Value::is_u64, "a whole number was expected there"),
            PageSlot::Next | PageSlot::NextAddress | PageSlot::PreviousAddress => (
                |it| it.is_null() || it.is_string() || it.is_u64(),
                "where another page is, or null, was expected there",
            ),
            PageSlot::HasNext | PageSlot::HasPrevious => {
                (Value::is_boolean, "true or false was expected there")
            }
            PageSlot::Items | PageSlot::Constant(_) | PageSlot::Object(_) => continue,
        };
        around(value, &path, fits, expected)?;
    }
    Ok(())
}

fn around(
    value: &Value,
    path: &[&str],
    fits: fn(&Value) -> bool,
    expected: &str,
) -> Result<(), Mismatch> {
    let name = path.join(".");
    match path.iter().try_fold(value, |value, name| value.get(name)) {
        Some(it) if fits(it) => Ok(()),
        Some(it) => Err(Mismatch::new(format!("answered {} as `{name}`", shown(it)), expected)),
        None => Err(Mismatch::new(format!("answered a list without `{name}`"), expected)),
    }
}

/// What tells a row from others.
pub(super) fn key(resource: &Resource, members: &Members) -> Vec<Value> {
    let names = &resource.table.primary_key;
    let fields = names.iter().filter_map(|name| {
        let at = resource.table.column_index(name)?;
        resource.fields.get(at)
    });
    let key: Vec<Value> = fields.filter_map(|field| members.get(&field.name).cloned()).collect();
    if key.is_empty() { vec![Value::Object(members.clone())] } else { key }
}

/// A row's key in a message.
fn named(key: &[Value]) -> String {
    key.iter().map(shown).collect::<Vec<_>>().join(", ")
}

/// The address of `<address>; rel="next"` (RFC 8288).
fn next_link(link: &str) -> Option<String> {
    let (address, parameters) = link.trim().strip_prefix('<')?.split_once('>')?;
    let is_next = parameters.split(';').any(|it| {
        let it = it.trim().replace('"', "");
        it.eq_ignore_ascii_case("rel=next")
    });
    is_next.then(|| address.to_owned())
}
