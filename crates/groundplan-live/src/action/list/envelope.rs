//! What stands around the rows of a page: the document's object, and `Link` (RFC 8288).

use groundplan_model::service::{ListShape, PageForm, PageSlot};
use serde_json::Value;

use crate::action::pages::Page;
use crate::query::{Asked, Parameters, Start, with_parameter, write_cursor};

/// A request for a page, and where it was made.
pub(super) struct Envelope<'e> {
    pub(super) parameters: &'e Parameters,
    pub(super) path: &'e str,
    pub(super) query: &'e str,
    pub(super) asked: &'e Asked,
}

impl Envelope<'_> {
    /// The page in the document's form; `rows` is a JSON array.
    pub(super) fn wrap(&self, form: &ListShape, rows: Vec<u8>, page: &Page) -> Vec<u8> {
        let ListShape::Envelope(members) = form else { return rows };
        let mut body = Vec::with_capacity(rows.len() + 256);
        self.object(members, &rows, page, &mut body);
        body
    }

    fn object(&self, members: &[(String, PageSlot)], rows: &[u8], page: &Page, body: &mut Vec<u8>) {
        for (index, (name, slot)) in members.iter().enumerate() {
            body.push(if index == 0 { b'{' } else { b',' });
            body.extend_from_slice(Value::from(name.as_str()).to_string().as_bytes());
            body.push(b':');
            match slot {
                PageSlot::Items => body.extend_from_slice(rows),
                PageSlot::Object(inner) => self.object(inner, rows, page, body),
                slot => body.extend_from_slice(self.value(slot, page).to_string().as_bytes()),
            }
        }
        body.extend_from_slice(if members.is_empty() { b"{}" } else { b"}" });
    }

    fn value(&self, slot: &PageSlot, page: &Page) -> Value {
        let limit = u64::try_from(self.asked.limit).unwrap_or(u64::MAX).max(1);
        let total = u64::try_from(page.total.unwrap_or_default()).unwrap_or(0);
        match slot {
            PageSlot::Total => total.into(),
            PageSlot::Count => page.count.into(),
            PageSlot::Page => (self.skipped() / limit + 1).into(),
            PageSlot::Pages => total.div_ceil(limit).into(),
            PageSlot::Limit => limit.into(),
            PageSlot::Offset => self.skipped().into(),
            PageSlot::Next => self.next(page).map_or(Value::Null, |(_, value)| value),
            PageSlot::NextAddress => self.next(page).map(|it| self.address(it)).into(),
            PageSlot::PreviousAddress => self.previous().map(|it| self.address(it)).into(),
            PageSlot::HasNext => page.last.is_some().into(),
            PageSlot::HasPrevious => self.has_previous().into(),
            PageSlot::Constant(value) => value.clone(),
            PageSlot::Items | PageSlot::Object(_) => Value::Null,
        }
    }

    /// `<…>; rel="next", <…>; rel="prev"`, where there are such pages.
    pub(super) fn links(&self, page: &Page) -> Option<String> {
        let link = |parameter: (&str, Value), rel: &str| {
            format!("<{}>; rel=\"{rel}\"", self.address(parameter))
        };
        let next = self.next(page).map(|it| link(it, "next"));
        let previous = self.previous().map(|it| link(it, "prev"));
        let links: Vec<String> = next.into_iter().chain(previous).collect();
        (!links.is_empty()).then(|| links.join(", "))
    }

    /// The parameter of the next page and its value.
    fn next(&self, page: &Page) -> Option<(&str, Value)> {
        let last = page.last.as_ref()?;
        let form = &self.parameters.paging()?.form;
        let limit = u64::try_from(self.asked.limit).unwrap_or(u64::MAX).max(1);
        let value = match form {
            PageForm::Cursor(_) => {
                let order = self.asked.order.as_ref().unwrap_or_else(|| self.parameters.order());
                Value::from(write_cursor(order, last))
            }
            PageForm::Offset(_) => self.skipped().saturating_add(limit).into(),
            PageForm::Page(_) => (self.skipped() / limit + 2).into(),
        };
        Some((form.parameter(), value))
    }

    /// The parameter of the page before; `None` on the first, and where a cursor does not tell.
    fn previous(&self) -> Option<(&str, Value)> {
        let form = &self.parameters.paging()?.form;
        let limit = u64::try_from(self.asked.limit).unwrap_or(u64::MAX).max(1);
        let skipped = self.skipped();
        let value = match form {
            _ if skipped == 0 => return None,
            PageForm::Cursor(_) => return None,
            PageForm::Offset(_) => skipped.saturating_sub(limit),
            PageForm::Page(_) => skipped / limit,
        };
        Some((form.parameter(), value.into()))
    }

    fn has_previous(&self) -> bool {
        self.asked.start != Start::First && self.asked.start != Start::Skip(0)
    }

    fn skipped(&self) -> u64 {
        match self.asked.start {
            Start::Skip(skipped) => skipped,
            _ => 0,
        }
    }

    fn address(&self, (name, value): (&str, Value)) -> String {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        format!("{}?{}", self.path, with_parameter(self.query, name, &value))
    }
}
