//! Built-in paths: health, the OpenAPI file, the API page, and an index of them.

use bytes::Bytes;
use groundplan_model::service::ServicePlan;
use serde_json::json;

use crate::answer::{self, Response};
use crate::store::Store;

/// What the built-in paths answer.
pub(crate) struct Pages {
    index: Bytes,
    openapi: Bytes,
    docs: Bytes,
}

/// One built-in path.
pub(crate) enum Page<'a> {
    Index(&'a Bytes),
    OpenApi(&'a Bytes),
    Docs(&'a Bytes),
    /// The process runs.
    Live,
    /// The database answers.
    Ready,
}

impl Pages {
    pub(crate) fn new(plan: &ServicePlan, openapi: String, api_page: String) -> Self {
        let index = json!({
            "title": plan.title,
            "version": plan.version,
            "docs": "/docs",
            "openapi": "/openapi.json",
            "live": "/livez",
            "ready": "/readyz",
        });
        let index = index.to_string().into();
        Self { index, openapi: openapi.into(), docs: api_page.into() }
    }

    pub(crate) fn find(&self, path: &str) -> Option<Page<'_>> {
        Some(match path {
            "/" => Page::Index(&self.index),
            "/openapi.json" => Page::OpenApi(&self.openapi),
            "/docs" => Page::Docs(&self.docs),
            "/livez" => Page::Live,
            "/readyz" | "/healthz" => Page::Ready,
            _ => return None,
        })
    }
}

impl Page<'_> {
    pub(crate) async fn answer(&self, store: &Store) -> Response {
        match self {
            Self::Index(json) | Self::OpenApi(json) => {
                answer::new(200, "application/json", Bytes::clone(json))
            }
            Self::Docs(html) => answer::new(200, "text/html; charset=utf-8", Bytes::clone(html)),
            Self::Live => answer::json(200, br#"{"status":"live"}"#.to_vec()),
            Self::Ready if store.is_ready().await => {
                answer::json(200, br#"{"status":"ready"}"#.to_vec())
            }
            Self::Ready => answer::json(503, br#"{"status":"database unavailable"}"#.to_vec()),
        }
    }
}
