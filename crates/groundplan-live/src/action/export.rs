//! The rows of a collection as a file: CSV, lines of JSON, or an array.
//!
//! A file has a bound. Where more rows follow, `Link` says where the next file begins.

use std::sync::Arc;

use groundplan_model::service::{Export as Plan, ExportFormat, Refusal};
use http::header::{CONTENT_DISPOSITION, LINK, VARY};
use http::{HeaderMap, HeaderValue};

use crate::action::pages::{Page, Pages, Wanted};
use crate::action::{Call, Draft};
use crate::answer::{self, Response};
use crate::caller::Caller;
use crate::exchange::accept;
use crate::place::{Place, Target};
use crate::query::{Asked, value_of, with_parameter, write_cursor};
use crate::refused::{FieldFault, Refused};
use crate::store::{Db, Row};

/// `GET /things/export`
pub(crate) struct Export {
    pages: Pages,
    plan: Plan,
    /// What the file is called, without its ending.
    name: String,
    success: u16,
}

impl Export {
    pub(super) fn new(draft: &Draft<'_>, place: Place, plan: &Plan) -> Self {
        let name = draft.resource.table.name.to_ascii_lowercase();
        let name = name.chars().map(|it| if it.is_ascii_alphanumeric() { it } else { '_' });
        Self {
            name: name.collect(),
            plan: plan.clone(),
            success: draft.route.success,
            pages: Pages::new(draft, place),
        }
    }

    pub(super) fn statements(&self) -> Vec<&str> {
        self.pages.statements()
    }

    pub(super) async fn run(self: &Arc<Self>, call: Call<'_>) -> Result<Response, Refused> {
        let mut target = self.pages.place.target(call.params)?;
        let asked = Arc::new(self.pages.asked(&call)?);
        let (path, query) = (call.parts.uri.path(), call.query());
        let format = self.format(query, &call.parts.headers)?;
        let (this, caller, own) = (Arc::clone(self), call.caller, Arc::clone(&asked));
        let read = move |db: &Db<'_>| this.read(db, &caller, &mut target, &own, format);
        let (file, page) = call.store.read_slowly(read).await?;
        let mut response = answer::new(self.success, format.media_type(), file);
        let headers = response.headers_mut();
        let disposition = format!("attachment; filename=\"{}.{}\"", self.name, format.name());
        if let Ok(disposition) = HeaderValue::try_from(disposition) {
            headers.insert(CONTENT_DISPOSITION, disposition);
        }
        headers.insert(VARY, HeaderValue::from_static("accept"));
        if let Some(link) = self.next(path, query, &asked, &page) {
            headers.insert(LINK, link);
        }
        Ok(response)
    }

    fn read(
        &self,
        db: &Db<'_>,
        caller: &Caller,
        target: &mut Target,
        asked: &Asked,
        format: ExportFormat,
    ) -> Result<(Vec<u8>, Page), Refused> {
        let wanted = Wanted { asked, shape: None, besides: &[], total: false };
        let shape = &self.pages.shape;
        let mut file = Vec::with_capacity(64 * 1024);
        match format {
            ExportFormat::Csv => shape.write_csv_names(&mut file),
            ExportFormat::Ndjson => {}
            ExportFormat::Json => file.push(b'['),
        }
        let write = |row: &Row<'_>| match format {
            ExportFormat::Csv => shape.write_csv(row, &mut file),
            ExportFormat::Ndjson => {
                shape.write(row, &mut file);
                file.push(b'\n');
            }
            ExportFormat::Json => {
                if file.len() > 1 {
                    file.push(b',');
                }
                shape.write(row, &mut file);
            }
        };
        let page = self.pages.read(db, caller, target, &wanted, write)?;
        if format == ExportFormat::Json {
            file.push(b']');
        }
        Ok((file, page))
    }

    /// What the parameter says, else what the client takes, else the usual form.
    fn format(&self, query: &str, headers: &HeaderMap) -> Result<ExportFormat, Refused> {
        let formats = &self.plan.formats;
        let said =
            self.plan.parameter.as_ref().and_then(|name| Some((name, value_of(query, name)?)));
        if let Some((name, value)) = said {
            let found = formats.iter().find(|it| it.name() == value);
            return found.copied().ok_or_else(|| {
                let names: Vec<&str> = formats.iter().map(|it| it.name()).collect();
                let message = format!("must be {}", names.join(" or "));
                let fault = vec![FieldFault::new(name, message)];
                Refused::fields(Refusal::InvalidParameter, "the query does not fit", fault)
            });
        }
        let essence = |it: &ExportFormat| it.media_type().split(';').next().unwrap_or_default();
        let named = formats.iter().find(|it| accept::names(headers, essence(it)));
        let taken = || formats.iter().find(|it| accept::takes(headers, essence(it)));
        named.or_else(taken).copied().ok_or_else(|| {
            let forms: Vec<&str> = formats.iter().map(essence).collect();
            let message = format!("the answer is {}; send that as `Accept`", forms.join(" or "));
            Refused::new(Refusal::NotAcceptable, message)
        })
    }

    fn next(&self, path: &str, query: &str, asked: &Asked, page: &Page) -> Option<HeaderValue> {
        let last = page.last.as_ref()?;
        let parameter = self.pages.parameters.paging()?.form.parameter();
        let order = asked.order.as_ref().unwrap_or_else(|| self.pages.parameters.order());
        let query = with_parameter(query, parameter, &write_cursor(order, last));
        HeaderValue::try_from(format!("<{path}?{query}>; rel=\"next\"")).ok()
    }
}
