//! Routes of the code that no document states.

use std::collections::{HashMap, HashSet};

use groundplan_model::{Certainty, Diagnostic, Severity};

use super::matching::Matching;
use super::report::Scope;
use super::stated::{Stated, is_compared, resource};
use super::surface::{Served, Surface};
use super::{Claim, Drift, Side};

/// Paths that platforms ask for and designs leave out.
const OPERATIONAL: [&str; 22] = [
    "health",
    "healthz",
    "healthcheck",
    "health-check",
    "live",
    "livez",
    "liveness",
    "ready",
    "readyz",
    "readiness",
    "ping",
    "status",
    "version",
    "metrics",
    "docs",
    "redoc",
    "openapi.json",
    "openapi.yaml",
    "swagger",
    "favicon.ico",
    "robots.txt",
    "static",
];

/// Reports what no document states with the document that is about it: one that states endpoints of
/// the same resource or, where documents state half of all, the one that states most. Returns how
/// many there are for each document; the others are strangers.
pub(super) fn report(
    scope: &Scope,
    sides: &[Side<'_>],
    surface: &Surface<'_>,
    (matchings, known): (&[Matching<'_>], &HashSet<usize>),
    drift: &mut Drift,
) -> HashMap<usize, usize> {
    let owners = Owners::of(sides, matchings);
    let is_covered = known.len() * 2 >= surface.all.len();
    let fullest = matchings.iter().filter(|it| it.count() > 0).max_by_key(|it| it.count());
    let fullest = fullest.filter(|_| is_covered).map(|it| (it.side, None));
    let mut counts = HashMap::new();
    let mut strangers = 0;
    let mut seen = HashSet::new();
    for (at, served) in surface.all.iter().enumerate() {
        let is_told = known.contains(&at) || !is_reported(served);
        if is_told || !seen.insert((served.method, &served.segments)) {
            continue;
        }
        let owner = owners.of_resource(&served.segments).map(|(side, it)| (side, Some(it)));
        let Some((at, near)) = owner.or(fullest) else {
            strangers += 1;
            continue;
        };
        *counts.entry(at).or_default() += 1;
        if let Some(side) = sides.get(at) {
            drift.found(at, finding(scope, side, served, near));
        }
    }
    drift.strangers.extend((strangers > 0).then_some((scope.topic, strangers)));
    counts
}

fn is_reported(served: &Served<'_>) -> bool {
    let is_operational = match resource(&served.segments) {
        Some(first) => OPERATIONAL.contains(&first),
        None => true,
    };
    served.certainty > Certainty::Guessed
        && !is_operational
        && served.method.is_none_or(is_compared)
}

fn finding(
    scope: &Scope,
    side: &Side<'_>,
    served: &Served<'_>,
    near: Option<&Stated<'_>>,
) -> Diagnostic {
    let severity = match side.claim {
        Claim::Planned => Severity::Info,
        _ => Severity::Warning,
    };
    let message = format!("`{}` is in {} and in no document", served.title(), scope.place);
    let rule = scope.rules.unstated;
    let mut finding = Diagnostic::new(rule, severity, served.file, served.place.span, message);
    match near {
        Some(near) => {
            let span = near.endpoint.span;
            finding.related(&side.outline.path, span, "the document states this of the same");
        }
        None => {
            let span = side.outline.heading();
            finding.related(&side.outline.path, span, "the document states most of the others");
        }
    }
    finding.help("describe it, or take it out");
    finding
}

/// The documents that are about a resource.
struct Owners<'m, 'a> {
    by_resource: HashMap<String, Vec<(usize, Claim, &'m Stated<'a>)>>,
}

impl<'m, 'a> Owners<'m, 'a> {
    fn of(sides: &[Side<'_>], matchings: &'m [Matching<'a>]) -> Self {
        let mut by_resource: HashMap<String, Vec<_>> = HashMap::new();
        for matching in matchings {
            let Some(side) = sides.get(matching.side) else { continue };
            for stated in &matching.stated {
                let moved = matching.moved(stated);
                let entry = (matching.side, side.claim, stated);
                if let Some(name) = resource(&moved) {
                    by_resource.entry(name.to_owned()).or_default().push(entry);
                }
            }
        }
        Self { by_resource }
    }

    /// The document that claims most about the resource of a path, and its endpoint that is most
    /// like the path.
    fn of_resource(&self, segments: &[String]) -> Option<(usize, &'m Stated<'a>)> {
        let all = self.by_resource.get(resource(segments)?)?;
        let alike = |stated: &Stated<'_>| {
            let from_end = |it: &[String]| it.iter().filter(|it| segments.contains(it)).count();
            from_end(&stated.segments)
        };
        let best = all.iter().rev().max_by_key(|(_, claim, it)| (*claim, alike(it)));
        best.map(|(side, _, stated)| (*side, *stated))
    }
}
