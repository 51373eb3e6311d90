//! Pages of a list: `limit` and an opaque cursor.

use axum::http::header::LINK;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use serde::Deserialize;

use super::Refused;
use super::dataset::Dataset;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Page {
    #[serde(default = "default_limit")]
    pub(super) limit: usize,
    cursor: Option<String>,
}

fn default_limit() -> usize {
    20
}

/// The last row of the page before: its time and its key.
pub(super) struct Position {
    pub(super) created_at: String,
    pub(super) id: String,
}

impl Position {
    pub(super) fn of(dataset: &Dataset) -> Self {
        Self { created_at: dataset.created_at.clone(), id: dataset.id.clone() }
    }
}

impl Page {
    /// Where the page begins.
    pub(super) fn position(&self) -> Result<Option<Position>, Refused> {
        let refused =
            || Refused(StatusCode::BAD_REQUEST, "invalid_parameter", "a parameter is at fault");
        if !(1..=100).contains(&self.limit) {
            return Err(refused());
        }
        self.cursor.as_deref().map(|cursor| read(cursor).ok_or_else(refused)).transpose()
    }

    /// Adds the address of the next page.
    pub(super) fn link(&self, next: &Position, headers: &mut HeaderMap) {
        let cursor = BASE64.encode(format!("{} {}", next.created_at, next.id));
        let link = format!("</api/v1/datasets?limit={}&cursor={cursor}>; rel=\"next\"", self.limit);
        if let Ok(link) = HeaderValue::try_from(link) {
            headers.insert(LINK, link);
        }
    }
}

fn read(cursor: &str) -> Option<Position> {
    let text = String::from_utf8(BASE64.decode(cursor).ok()?).ok()?;
    let (created_at, id) = text.split_once(' ')?;
    Some(Position { created_at: created_at.to_owned(), id: id.to_owned() })
}
