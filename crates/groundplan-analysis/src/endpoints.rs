//! When two statements mean the same endpoint.

use groundplan_model::document::{Endpoint, Form, Method};

/// A method and a path, parameters without their names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RouteKey {
    method: Method,
    segments: Vec<String>,
}

impl RouteKey {
    pub(crate) fn new(method: Method, path: &str) -> Self {
        let parts = path.split('/').filter(|part| !part.is_empty());
        let segments = parts.map(|part| match is_parameter(part) {
            true => "{}".to_owned(),
            false => part.to_lowercase(),
        });
        Self { method, segments: segments.collect() }
    }

    pub(crate) fn of(endpoint: &Endpoint) -> Self {
        Self::new(endpoint.method, &endpoint.full_path())
    }

    /// Whether both mean one endpoint: the same path, or the same but for a base such as `/api/v1`
    /// that one of them leaves out.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        let (long, short) = match self.segments.len() >= other.segments.len() {
            true => (&self.segments, &other.segments),
            false => (&other.segments, &self.segments),
        };
        let (base, rest) = long.split_at(long.len() - short.len());
        self.method == other.method && rest == short.as_slice() && base.iter().all(|it| is_base(it))
    }

    /// Whether one may be short for the other: `GET /items` beside `GET /orders/{id}/items`.
    pub(crate) fn is_short_for(&self, other: &Self) -> bool {
        let (long, short) = match self.segments.len() >= other.segments.len() {
            true => (&self.segments, &other.segments),
            false => (&other.segments, &self.segments),
        };
        let is_named = short.first().is_some_and(|it| it != "{}");
        is_named && self.method == other.method && long.ends_with(short)
    }

    /// Whether both change what is there already at one path, by PUT or PATCH.
    pub(crate) fn is_same_change(&self, other: &Self) -> bool {
        let is_change = |it: &Self| matches!(it.method, Method::Put | Method::Patch);
        let same = Self { method: self.method, segments: other.segments.clone() };
        is_change(self) && is_change(other) && self.is_same(&same)
    }
}

/// `{id}`, `:id`, `<id>`, `[id]`.
pub(crate) fn is_parameter(segment: &str) -> bool {
    segment.starts_with(['{', ':', '<', '[', '$'])
}

/// Parts of a path that name no resource: `api`, `v1`.
pub(crate) fn is_base(segment: &str) -> bool {
    let version = segment.strip_prefix('v').unwrap_or("");
    let is_version = version.starts_with(|c: char| c.is_ascii_digit());
    is_version || matches!(segment, "api" | "rest" | "public" | "internal" | "{}")
}

/// Whether a statement is one line of a list of endpoints, not a description of its own.
pub(crate) fn is_listed(endpoint: &Endpoint) -> bool {
    matches!(endpoint.form, Form::Table | Form::Bullet)
}

/// The endpoint as people name it: `GET /orders`.
pub(crate) fn title(method: Method, path: &str) -> String {
    format!("{} {path}", method.as_str())
}

#[cfg(test)]
mod tests;
