//! Method and path to a route: a tree of segments, built once from the plan.
//!
//! A literal segment beats a parameter, and the path decides before the method does: a known path
//! with another method is 405 with the methods that it has.

use std::borrow::Cow;

use groundplan_model::document::Method;
use groundplan_model::service::{Route, Segment};

use crate::percent::decode;

#[cfg(test)]
mod tests;

/// All routes by path and method.
#[derive(Debug, Default)]
pub(crate) struct Router {
    root: Node,
}

#[derive(Debug, Default)]
struct Node {
    literals: Vec<(String, Node)>,
    parameter: Option<Box<Node>>,
    routes: Vec<(Method, usize)>,
}

/// Values of a path's parameters, decoded, in the order of the path.
pub(crate) type Params<'p> = Vec<Cow<'p, str>>;

/// Where a request leads.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Found<'p> {
    /// To the route of this index.
    Route(usize, Params<'p>),
    /// To a path that answers `OPTIONS` by itself, with its methods.
    Options(String),
    /// To a path that has other methods: these.
    NotAllowed(String),
    /// Nowhere.
    Nothing,
}

impl Router {
    /// The tree of `routes`. Where two have one method and path, the first stays.
    pub(crate) fn new(routes: &[Route]) -> Self {
        let mut router = Self::default();
        for (index, route) in routes.iter().enumerate() {
            router.root.add(&route.path, route.method, index);
        }
        router
    }

    /// Where `method` on `path` leads. `HEAD` is answered by the path's `GET`.
    pub(crate) fn find<'p>(&self, method: &str, path: &'p str) -> Found<'p> {
        let mut params = Params::new();
        let rest = if path == "/" { "" } else { path };
        let Some(node) = self.root.walk(rest, &mut params) else { return Found::Nothing };
        match node.route(method) {
            Some(index) => Found::Route(index, params),
            None if method == "OPTIONS" => Found::Options(node.allow()),
            None => Found::NotAllowed(node.allow()),
        }
    }
}

impl Node {
    fn add(&mut self, path: &[Segment], method: Method, index: usize) {
        let Some((first, rest)) = path.split_first() else {
            if self.routes.iter().all(|(known, _)| *known != method) {
                self.routes.push((method, index));
            }
            return;
        };
        match first {
            Segment::Literal(text) => self.literal(text).add(rest, method, index),
            Segment::Parameter(_) => {
                self.parameter.get_or_insert_default().add(rest, method, index);
            }
        }
    }

    fn literal(&mut self, text: &str) -> &mut Node {
        let at = self.literals.iter().position(|(known, _)| known == text);
        let at = at.unwrap_or_else(|| {
            self.literals.push((text.to_owned(), Node::default()));
            self.literals.len() - 1
        });
        #[expect(clippy::indexing_slicing, reason = "`at` was found or pushed just above")]
        &mut self.literals[at].1
    }

    /// The node of `rest`, which is empty or begins with a slash.
    fn walk<'n, 'p>(&'n self, rest: &'p str, params: &mut Params<'p>) -> Option<&'n Node> {
        if rest.is_empty() {
            return (!self.routes.is_empty()).then_some(self);
        }
        let rest = rest.strip_prefix('/')?;
        let end = rest.find('/').unwrap_or(rest.len());
        let (segment, rest) = rest.split_at(end);
        let segment = decode(segment)?;
        self.walk_literal(&segment, rest, params)
            .or_else(|| self.walk_parameter(segment, rest, params))
    }

    fn walk_literal<'n, 'p>(
        &'n self,
        segment: &str,
        rest: &'p str,
        params: &mut Params<'p>,
    ) -> Option<&'n Node> {
        let (_, node) = self.literals.iter().find(|(text, _)| text == segment)?;
        node.walk(rest, params)
    }

    fn walk_parameter<'n, 'p>(
        &'n self,
        segment: Cow<'p, str>,
        rest: &'p str,
        params: &mut Params<'p>,
    ) -> Option<&'n Node> {
        let node = self.parameter.as_ref().filter(|_| !segment.is_empty())?;
        let depth = params.len();
        params.push(segment);
        let found = node.walk(rest, params);
        if found.is_none() {
            params.truncate(depth);
        }
        found
    }

    fn route(&self, method: &str) -> Option<usize> {
        let by = |name: &str| {
            self.routes.iter().find(|(known, _)| known.as_str() == name).map(|(_, index)| *index)
        };
        by(method).or_else(|| if method == "HEAD" { by("GET") } else { None })
    }

    fn allow(&self) -> String {
        let mut names: Vec<&str> = self.routes.iter().map(|(method, _)| method.as_str()).collect();
        if names.contains(&"GET") && !names.contains(&"HEAD") {
            names.push("HEAD");
        }
        if !names.contains(&"OPTIONS") {
            names.push("OPTIONS");
        }
        names.join(", ")
    }
}
