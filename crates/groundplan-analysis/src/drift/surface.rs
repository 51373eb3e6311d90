//! What answers requests: the routes of the code, or the operations of an OpenAPI file.

use std::collections::HashMap;

use groundplan_model::Certainty;
use groundplan_model::code::Place;
use groundplan_model::document::Method;

use super::stated::{self, Segments};
use crate::endpoints::title;

/// A route or an operation.
pub(super) struct Served<'a> {
    /// Its method; `None` where any will do.
    pub(super) method: Option<Method>,
    pub(super) path: &'a str,
    pub(super) segments: Segments,
    pub(super) file: &'a str,
    pub(super) place: Place,
    /// Less than `Stated` where nothing says what it is mounted under, `Guessed` in tests.
    pub(super) certainty: Certainty,
    /// The statuses of an operation.
    pub(super) statuses: &'a [u16],
}

impl Served<'_> {
    pub(super) fn answers(&self, method: Method) -> bool {
        self.method.is_none_or(|it| it == method)
    }

    /// As people name it: `GET /orders`.
    pub(super) fn title(&self) -> String {
        self.method.map_or_else(|| self.path.to_owned(), |it| title(it, self.path))
    }
}

/// All of them, to be looked up by path.
pub(super) struct Surface<'a> {
    pub(super) all: Vec<Served<'a>>,
    by_path: HashMap<Segments, Vec<usize>>,
    by_name: HashMap<String, Vec<usize>>,
}

impl<'a> Surface<'a> {
    pub(super) fn of(all: Vec<Served<'a>>) -> Self {
        let mut by_path: HashMap<Segments, Vec<usize>> = HashMap::new();
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, served) in all.iter().enumerate() {
            by_path.entry(served.segments.clone()).or_default().push(at);
            if let Some(name) = stated::name(&served.segments) {
                by_name.entry(name.to_owned()).or_default().push(at);
            }
        }
        Self { all, by_path, by_name }
    }

    pub(super) fn get(&self, at: usize) -> Option<&Served<'a>> {
        self.all.get(at)
    }

    /// What answers at a path, whatever the method.
    pub(super) fn at(&self, segments: &[String]) -> impl Iterator<Item = (usize, &Served<'a>)> {
        let places = self.by_path.get(segments).map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(|at| Some((*at, self.all.get(*at)?)))
    }

    /// What answers a request.
    pub(super) fn answering(&self, method: Method, segments: &[String]) -> Option<usize> {
        self.at(segments).find(|(_, it)| it.answers(method)).map(|it| it.0)
    }

    /// A route and those that answer the same requests: a repository may hold several services.
    pub(super) fn twins(&self, at: usize) -> impl Iterator<Item = usize> {
        let method = self.get(at).and_then(|it| it.method);
        let path = self.get(at).map_or(&[][..], |it| it.segments.as_slice());
        self.at(path).filter(move |(_, it)| it.method == method).map(|it| it.0)
    }

    /// Whatever is about the same thing by the last name of its path.
    pub(super) fn named(&self, segments: &[String]) -> impl Iterator<Item = (usize, &Served<'a>)> {
        let places = stated::name(segments).and_then(|name| self.by_name.get(name));
        let places = places.map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(|at| Some((*at, self.all.get(*at)?)))
    }

    /// Whether every route says its whole path. Those of tests do not matter.
    pub(super) fn is_sure(&self) -> bool {
        self.all.iter().all(|it| it.certainty != Certainty::Inferred)
    }
}
