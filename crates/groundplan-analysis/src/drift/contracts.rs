//! Endpoints of documents against OpenAPI files.

use std::collections::HashSet;

use groundplan_model::code::{CodeFile, link_operations};
use groundplan_model::{Certainty, Diagnostic, Severity};

use super::matching::Matching;
use super::report::{Rules, Scope, name};
use super::routes::settle;
use super::stated::{Stated, segments};
use super::surface::{Served, Surface};
use super::{Drift, Side, Topic};

static RULES: Rules = Rules {
    absent: "drift/endpoint-not-in-contract",
    method: "drift/contract-method-differs",
    path: "drift/contract-path-differs",
    base: "drift/contract-base-path-differs",
    unstated: "drift/operation-not-in-document",
};

const STATUS: &str = "drift/contract-status-differs";

/// An OpenAPI file with the documents that are about its service.
pub(super) struct Contract<'a> {
    pub(super) path: &'a str,
    pub(super) surface: Surface<'a>,
    pub(super) matchings: Vec<Matching<'a>>,
}

impl<'a> Contract<'a> {
    /// `None` where the file has no operations, or no document is about them.
    pub(super) fn of(file: &'a CodeFile, sides: &[Side<'a>]) -> Option<Self> {
        let operations = link_operations(std::slice::from_ref(file)).into_iter();
        let served = operations.map(|it| Served {
            method: Some(it.operation.method),
            path: &it.operation.path,
            segments: segments(&it.shape),
            file: it.file,
            place: it.operation.place,
            certainty: Certainty::Stated,
            statuses: &it.operation.statuses,
        });
        let surface = Surface::of(served.collect());
        if surface.all.is_empty() {
            return None;
        }
        let all = sides.iter().enumerate().map(|(at, side)| Matching::of(at, side, &surface));
        let matchings: Vec<Matching<'_>> = all.filter(|it| is_about(it, &surface)).collect();
        let path = file.path.as_str();
        (!matchings.is_empty()).then_some(Self { path, surface, matchings })
    }
}

pub(super) fn compare(sides: &[Side<'_>], code: &[CodeFile], drift: &mut Drift) {
    for contract in code.iter().filter_map(|it| Contract::of(it, sides)) {
        let Contract { path, surface, matchings } = contract;
        let scope = Scope {
            topic: Topic::Contracts,
            place: format!("`{path}`"),
            rules: &RULES,
            is_contract: true,
        };
        settle(&scope, sides, &surface, &matchings, drift);
        for matching in &matchings {
            statuses(sides, matching, &surface, drift);
        }
    }
}

/// Whether a document and an OpenAPI file are about one service: half of the smaller one's paths are
/// in both.
fn is_about(matching: &Matching<'_>, surface: &Surface<'_>) -> bool {
    let paths: HashSet<_> = surface.all.iter().map(|it| &it.segments).collect();
    let own: HashSet<_> = matching.stated.iter().map(|it| &it.segments).collect();
    let both = matching.paths(surface);
    both > 0 && both * 2 >= own.len().min(paths.len())
}

/// The first status of success of an endpoint and that of its operation, where they share none.
pub(super) fn successes(stated: &Stated<'_>, served: &Served<'_>) -> Option<(u16, u16)> {
    let own = &stated.endpoint.successes;
    let mut there = served.statuses.iter().copied().filter(|it| (200..300).contains(it));
    let shares = served.statuses.iter().any(|it| own.contains(it));
    Some((*own.first()?, there.next()?)).filter(|_| !shares)
}

/// Answers of an endpoint that the contract does not name.
fn statuses(sides: &[Side<'_>], matching: &Matching<'_>, surface: &Surface<'_>, drift: &mut Drift) {
    let Some(side) = sides.get(matching.side) else { return };
    for (stated, found) in matching.stated.iter().zip(&matching.found) {
        let Some(served) = found.and_then(|at| surface.get(at)) else { continue };
        let success = success(side, stated, served);
        for finding in success.into_iter().chain(missing(side, stated, served)) {
            drift.found(matching.side, finding);
        }
    }
}

fn success(side: &Side<'_>, stated: &Stated<'_>, served: &Served<'_>) -> Option<Diagnostic> {
    let (own, there) = successes(stated, served)?;
    let message = format!("`{}` answers {own}, and {there} in `{}`", name(stated), served.file);
    let (path, span) = (&side.outline.path, stated.endpoint.span);
    let severity = side.severity(false).max(Severity::Warning);
    let mut finding = Diagnostic::new(STATUS, severity, path, span, message);
    finding.related(served.file, served.place.span, format!("{there} here"));
    finding.help("state one status in both places");
    Some(finding)
}

fn missing(side: &Side<'_>, stated: &Stated<'_>, served: &Served<'_>) -> Vec<Diagnostic> {
    let own = side.outline.errors.iter().filter(|it| it.endpoint == Some(stated.index));
    let mut seen = HashSet::new();
    let absent = own.filter(|it| !served.statuses.contains(&it.status) && seen.insert(it.status));
    let finding = |status: u16, span| {
        let message =
            format!("`{}` answers {status}, and `{}` does not say so", name(stated), served.file);
        let severity = side.severity(false).max(Severity::Warning);
        let mut finding = Diagnostic::new(STATUS, severity, &side.outline.path, span, message);
        finding.related(served.file, served.place.span, "the operation");
        finding.help("add the answer to the contract, or take it out of the document");
        finding
    };
    // A contract that names no answer but success leaves the others out on purpose.
    let names_errors = served.statuses.iter().any(|it| *it >= 400);
    absent.filter(|_| names_errors).map(|it| finding(it.status, it.span)).collect()
}
