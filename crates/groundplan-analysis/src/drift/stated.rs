//! Endpoints as a document states them, each once.

use std::collections::HashSet;

use groundplan_model::document::Method;
use groundplan_model::outline::OutlineEndpoint;
use groundplan_model::{Outline, paths};

use crate::endpoints::is_base;

/// The parts of a path, for comparison.
pub(super) type Segments = Vec<String>;

/// An endpoint that a document states.
pub(super) struct Stated<'a> {
    pub(super) endpoint: &'a OutlineEndpoint,
    /// Its place among the endpoints of its document.
    pub(super) index: usize,
    pub(super) segments: Segments,
}

/// The parts of a path: parameters without names, words in small letters.
pub(super) fn segments(path: &str) -> Segments {
    let shape = paths::shape(path);
    let parts = shape.split('/').filter(|it| !it.is_empty());
    parts.map(str::to_lowercase).collect()
}

/// What a path is about: its last part that names something.
pub(super) fn name(segments: &[String]) -> Option<&str> {
    segments.iter().rev().find(|it| !is_base(it)).map(String::as_str)
}

/// The resource that a path begins with.
pub(super) fn resource(segments: &[String]) -> Option<&str> {
    segments.iter().find(|it| !is_base(it)).map(String::as_str)
}

/// The endpoints that the document's own service answers.
pub(super) fn stated(outline: &Outline) -> Vec<Stated<'_>> {
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for (index, endpoint) in outline.endpoints.iter().enumerate() {
        let segments = segments(&endpoint.path);
        let is_own = !endpoint.external && is_compared(endpoint.method);
        if is_own && seen.insert((endpoint.method, segments.clone())) {
            found.push(Stated { endpoint, index, segments });
        }
    }
    found
}

/// Frameworks answer these two by themselves.
pub(super) fn is_compared(method: Method) -> bool {
    !matches!(method, Method::Head | Method::Options)
}
