//! Endpoints of documents against routes of the code.

use std::collections::HashSet;

use groundplan_model::Certainty;
use groundplan_model::code::{CodeFile, LinkedRoute, link_routes};
use groundplan_model::document::Method;

use super::matching::{Matching, Verdict, twin};
use super::report::{Reporter, Rules, Scope};
use super::stated::segments;
use super::surface::{Served, Surface};
use super::{Claim, Drift, Side, Tally, Topic, unstated};

static RULES: Rules = Rules {
    absent: "drift/endpoint-not-in-code",
    method: "drift/method-differs",
    path: "drift/path-differs",
    base: "drift/base-path-differs",
    unstated: "drift/route-not-in-document",
};

pub(super) fn compare(sides: &[Side<'_>], code: &[CodeFile], drift: &mut Drift) {
    let routes = link_routes(code);
    let surface = Surface::of(routes.iter().map(served).collect());
    let all = sides.iter().enumerate().map(|(at, side)| Matching::of(at, side, &surface));
    let matchings: Vec<Matching<'_>> = all.collect();
    let scope = Scope {
        topic: Topic::Routes,
        place: Topic::Routes.nouns().2.to_owned(),
        rules: &RULES,
        is_contract: false,
    };
    settle(&scope, sides, &surface, &matchings, drift);
}

fn served(route: &LinkedRoute) -> Served<'_> {
    Served {
        method: route.method,
        path: &route.path,
        segments: segments(&route.shape),
        file: &route.file,
        place: route.place,
        certainty: route.certainty,
        statuses: &[],
    }
}

/// Reports everything that differs between some documents and a surface, in both directions.
pub(super) fn settle(
    scope: &Scope,
    sides: &[Side<'_>],
    surface: &Surface<'_>,
    matchings: &[Matching<'_>],
    drift: &mut Drift,
) {
    let named = |it: &Matching<'_>| sides.get(it.side).map(|side| it.known(side, surface));
    let mut known: HashSet<usize> = matchings.iter().filter_map(named).flatten().collect();
    let taken = report_stated(scope, sides, surface, matchings, (&known, &mut *drift));
    known.extend(taken.into_iter().flat_map(|at| surface.twins(at)));
    let counts = unstated::report(scope, sides, surface, (matchings, &known), drift);
    for matching in matchings {
        let tally = Tally {
            topic: scope.topic,
            stated: matching.stated.len(),
            found: matching.count(),
            unstated: counts.get(&matching.side).copied().unwrap_or(0),
        };
        drift.tally(matching.side, tally);
    }
}

/// Reports what documents state; returns what of the surface that was about.
fn report_stated(
    scope: &Scope,
    sides: &[Side<'_>],
    surface: &Surface<'_>,
    matchings: &[Matching<'_>],
    (known, drift): (&HashSet<usize>, &mut Drift),
) -> Vec<usize> {
    let mut taken = Vec::new();
    for matching in matchings {
        let Some(side) = sides.get(matching.side) else { continue };
        let mut verdicts = matching.verdicts(surface, known);
        if side.claim == Claim::Planned && !scope.is_contract {
            verdicts
                .iter_mut()
                .for_each(|it| it.1 = as_planned(it.0.endpoint.method, it.1, surface));
        }
        taken.extend(verdicts.iter().filter_map(|(_, verdict)| match verdict {
            Verdict::Method(at) | Verdict::Path(at) => Some(*at),
            Verdict::Absent => None,
        }));
        Reporter { scope, side, surface }.report(matching, &verdicts, drift);
    }
    taken
}

/// What is only planned may come beside what is there: a `POST` beside a `GET` is no difference.
fn as_planned(method: Method, verdict: Verdict, surface: &Surface<'_>) -> Verdict {
    let Verdict::Method(at) = verdict else { return verdict };
    let there = surface.get(at).and_then(|it| it.method);
    let is_twin = there.is_some() && twin(method) == there;
    let is_sure = surface.get(at).is_some_and(|it| it.certainty == Certainty::Stated);
    if is_twin && is_sure { verdict } else { Verdict::Absent }
}
