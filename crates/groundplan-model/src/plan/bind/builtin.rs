//! Endpoints that every service has (rule D4): health, figures, its own description.

use crate::document::Method;
use crate::plan::names;
use crate::plan::scope::Scope;
use crate::service::{Builtin, Segment};

/// Paths behind the base path.
const PATHS: &[(&str, Builtin)] = &[
    ("health", Builtin::Live),
    ("healthz", Builtin::Live),
    ("livez", Builtin::Live),
    ("live", Builtin::Live),
    ("liveness", Builtin::Live),
    ("ping", Builtin::Live),
    ("health/live", Builtin::Live),
    ("health/liveness", Builtin::Live),
    ("ready", Builtin::Ready),
    ("readyz", Builtin::Ready),
    ("readiness", Builtin::Ready),
    ("health/ready", Builtin::Ready),
    ("health/readiness", Builtin::Ready),
    ("metrics", Builtin::Metrics),
    ("openapi.json", Builtin::OpenApi),
    ("docs", Builtin::Docs),
];

/// What is built in at this path; a table of that name outranks it.
pub(super) fn of(scope: &mut Scope<'_>, path: &[Segment]) -> Option<Builtin> {
    let words: Option<Vec<&str>> = path.iter().map(literal).collect();
    let words = words?;
    let path = words.join("/");
    let (_, builtin) = PATHS.iter().find(|(it, _)| *it == path)?;
    let is_table = |word: &&str| {
        let plain = names::singular(&names::snake(word));
        scope.resources.iter().any(|it| names::singular(&names::snake(&it.table.name)) == plain)
    };
    if scope.statement.method != Method::Get || words.first().is_some_and(is_table) {
        return None;
    }
    let note = "every service has it; no table is behind it".to_owned();
    scope.because("D4", scope.statement.span, note);
    Some(*builtin)
}

fn literal(segment: &Segment) -> Option<&str> {
    match segment {
        Segment::Literal(word) => Some(word),
        Segment::Parameter(_) => None,
    }
}
