//! Which endpoint of a document is which route.

use std::cmp::Reverse;
use std::collections::HashSet;

use groundplan_model::Certainty;
use groundplan_model::document::Method;

use super::Side;
use super::nearest::nearest_route;
use super::shift::Shift;
use super::stated::{Segments, Stated, segments, stated};
use super::surface::{Served, Surface};

/// A document beside a surface.
pub(super) struct Matching<'a> {
    /// The document's place among all.
    pub(super) side: usize,
    pub(super) stated: Vec<Stated<'a>>,
    /// For each endpoint, what answers it.
    pub(super) found: Vec<Option<usize>>,
    /// How the document's paths become those of the surface.
    pub(super) shift: Option<Shift>,
}

/// What became of an endpoint that nothing answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Its path answers, to another method.
    Method(usize),
    /// A path that is nearly the same answers.
    Path(usize),
    /// Nothing is like it.
    Absent,
}

impl<'a> Matching<'a> {
    pub(super) fn of(side: usize, document: &Side<'a>, surface: &Surface<'_>) -> Self {
        let stated = stated(document.outline);
        let exact = |it: &Stated<'_>| surface.answering(it.endpoint.method, &it.segments);
        let mut found: Vec<Option<usize>> = stated.iter().map(exact).collect();
        let count = found.iter().flatten().count();
        let shift = Some(count).filter(|it| *it < stated.len());
        let shift = shift.and_then(|count| Shift::best(&stated, surface, count));
        for (it, found) in stated.iter().zip(&mut found) {
            let method = it.endpoint.method;
            let moved = shift.as_ref().and_then(|shift| shift.apply(&it.segments));
            *found = found
                .or_else(|| surface.answering(method, &moved?))
                .or_else(|| mounted_somewhere(it, surface));
        }
        Self { side, stated, found, shift }
    }

    /// How many endpoints are answered.
    pub(super) fn count(&self) -> usize {
        self.found.iter().flatten().count()
    }

    /// How many endpoints have a path that answers, whatever the method.
    pub(super) fn paths(&self, surface: &Surface<'_>) -> usize {
        let answers = |it: &&Stated<'_>| surface.at(&self.moved(it)).next().is_some();
        self.stated.iter().filter(answers).count()
    }

    /// The path of an endpoint as the surface has it.
    pub(super) fn moved(&self, stated: &Stated<'_>) -> Segments {
        let moved = self.shift.as_ref().and_then(|it| it.apply(&stated.segments));
        moved.unwrap_or_else(|| stated.segments.clone())
    }

    /// Everything that the document states or names of the surface.
    pub(super) fn known(&self, side: &Side<'_>, surface: &Surface<'_>) -> HashSet<usize> {
        let mut known: HashSet<usize> = self.found.iter().flatten().copied().collect();
        let mentions = side.outline.endpoint_mentions.iter();
        let stated = self.stated.iter().map(|it| (it.endpoint.method, it.segments.clone()));
        for (method, path) in mentions.map(|it| (it.method, segments(&it.path))).chain(stated) {
            let moved = self.shift.as_ref().and_then(|it| it.apply(&path));
            for path in [Some(path), moved].into_iter().flatten() {
                known.extend(answering(surface, method, &path));
            }
        }
        known
    }

    /// What became of the endpoints that nothing answers. What is known to some document is not
    /// taken for a misspelling of another endpoint.
    pub(super) fn verdicts(
        &self,
        surface: &Surface<'_>,
        known: &HashSet<usize>,
    ) -> Vec<(&Stated<'a>, Verdict)> {
        let mut taken = HashSet::new();
        let mut verdicts = Vec::new();
        for (stated, _) in self.stated.iter().zip(&self.found).filter(|it| it.1.is_none()) {
            let is_free = |at: usize| !known.contains(&at) && !taken.contains(&at);
            let verdict = self.verdict(stated, surface, is_free);
            if let Verdict::Method(at) | Verdict::Path(at) = verdict {
                taken.insert(at);
            }
            verdicts.push((stated, verdict));
        }
        verdicts
    }

    fn verdict(
        &self,
        stated: &Stated<'_>,
        surface: &Surface<'_>,
        is_free: impl Fn(usize) -> bool + Copy,
    ) -> Verdict {
        let path = self.moved(stated);
        let here = || surface.at(&path).filter(|(at, _)| is_free(*at));
        let twin = twin(stated.endpoint.method);
        let surest = |(at, it): &(usize, &Served<'_>)| (it.certainty, Reverse(*at));
        let same = here().filter(|(_, it)| it.method == twin).max_by_key(surest);
        let same = same.or_else(|| here().max_by_key(surest));
        match (same, nearest_route(stated, &path, surface, is_free)) {
            (Some((at, _)), _) => Verdict::Method(at),
            (None, Some(at)) => Verdict::Path(at),
            (None, None) => Verdict::Absent,
        }
    }
}

fn answering(
    surface: &Surface<'_>,
    method: Method,
    path: &[String],
) -> impl Iterator<Item = usize> {
    surface.at(path).filter(move |(_, it)| it.answers(method)).map(|it| it.0)
}

/// A route of which nothing says what it is mounted under, where the endpoint's path ends as it does.
fn mounted_somewhere(stated: &Stated<'_>, surface: &Surface<'_>) -> Option<usize> {
    let alike = surface.named(&stated.segments);
    let mut unsure = alike.filter(|(_, it)| it.certainty < Certainty::Stated);
    let answers = |it: &(usize, &Served<'_>)| {
        it.1.answers(stated.endpoint.method) && stated.segments.ends_with(&it.1.segments)
    };
    unsure.find(answers).map(|it| it.0)
}

/// The method that is most often taken for this one.
pub(super) fn twin(method: Method) -> Option<Method> {
    match method {
        Method::Put => Some(Method::Patch),
        Method::Patch => Some(Method::Put),
        Method::Post => Some(Method::Put),
        _ => None,
    }
}
