//! The bytes of a row's file, as they came.

use std::sync::Arc;

use bytes::Bytes;
use groundplan_model::service::FileColumns;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderMap, HeaderValue};

use crate::action::{Call, Draft};
use crate::answer::{self, Body, Response};
use crate::caller::Caller;
use crate::exchange::conditional::has_already;
use crate::percent::encode;
use crate::place::{Place, Target};
use crate::refused::Refused;
use crate::secret;
use crate::store::sql::quote;
use crate::store::{Cell, Db, Row};

/// `GET /files/{id}/download`
pub(crate) struct Download {
    place: Place,
    sql: String,
    success: u16,
}

/// A file with what its row says of it.
struct Found {
    content: Vec<u8>,
    name: Option<String>,
    media_type: Option<String>,
    checksum: Option<String>,
}

impl Download {
    pub(super) fn new(draft: &Draft<'_>, place: Place) -> Option<Self> {
        let columns = draft.resource.file_columns()?;
        let sql = select(draft, &place, &columns);
        Some(Self { sql, place, success: draft.route.success })
    }

    pub(super) fn statements(&self) -> Vec<&str> {
        self.place.parent_sql().into_iter().chain([self.sql.as_str()]).collect()
    }

    pub(super) async fn run(self: &Arc<Self>, call: Call<'_>) -> Result<Response, Refused> {
        let mut target = self.place.target(call.params)?;
        let (this, caller) = (Arc::clone(self), call.caller);
        let work = move |db: &Db<'_>| this.read(db, &caller, &mut target);
        let found = call.store.read_slowly(work).await?;
        Ok(self.answer(found, &call.parts.headers))
    }

    fn read(&self, db: &Db<'_>, caller: &Caller, target: &mut Target) -> Result<Found, Refused> {
        self.place.enter(db, caller, target)?;
        let read = |row: &Row<'_>| {
            let Cell::Blob(content) = row.cell(0) else { return None };
            let (name, media_type, checksum) = (row.text(1), row.text(2), row.text(3));
            Some(Found { content, name, media_type, checksum })
        };
        let found = db.first(&self.sql, &target.head(caller), &[], read)?;
        found.flatten().ok_or_else(Refused::not_found)
    }

    fn answer(&self, found: Found, request: &HeaderMap) -> Response {
        let tag = found.checksum.unwrap_or_else(|| secret::digest_of(&found.content));
        let is_same = has_already(request, &tag);
        let mut response = answer::empty(if is_same { 304 } else { self.success });
        let headers = response.headers_mut();
        headers.extend(HeaderValue::try_from(format!("\"{tag}\"")).ok().map(|it| (ETAG, it)));
        // Whatever a file says that it is, no browser shall run it as a page of ours.
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        headers.insert(CONTENT_DISPOSITION, disposition(found.name.as_deref()));
        if is_same {
            return response;
        }
        let media_type = found.media_type.and_then(|it| HeaderValue::try_from(it).ok());
        let unknown = HeaderValue::from_static("application/octet-stream");
        headers.insert(CONTENT_TYPE, media_type.unwrap_or(unknown));
        *response.body_mut() = Body::of(Bytes::from(found.content));
        response
    }
}

fn select(draft: &Draft<'_>, place: &Place, columns: &FileColumns) -> String {
    let table = &place.table;
    let column = |at: Option<usize>| {
        let name = at.and_then(|at| draft.resource.column(at)).map(|it| quote(&it.name));
        name.map_or_else(|| "NULL".to_owned(), |name| format!("{table}.{name}"))
    };
    let told = [columns.name, columns.media_type, columns.checksum].map(column).join(", ");
    let (lies, condition) = (column(Some(columns.place)), &place.condition);
    if columns.inline {
        return format!("SELECT {lies}, {told} FROM {table} WHERE {condition}");
    }
    format!(
        "SELECT kept.content, {told} FROM {table} \
         JOIN groundplan_files AS kept ON kept.key = {lies} WHERE {condition}"
    )
}

/// A download under the file's own name (RFC 6266, with RFC 8187 for what is not ASCII).
fn disposition(name: Option<&str>) -> HeaderValue {
    let Some(name) = name else { return HeaderValue::from_static("attachment") };
    let name = encode(name);
    HeaderValue::try_from(format!("attachment; filename*=UTF-8''{name}"))
        .unwrap_or(HeaderValue::from_static("attachment"))
}
