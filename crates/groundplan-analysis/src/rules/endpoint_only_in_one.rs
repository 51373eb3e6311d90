//! `endpoint-only-in-one`: two documents of a chain list endpoints, and not the same ones.

use groundplan_model::chain::Stage;
use groundplan_model::outline::OutlineEndpoint;
use groundplan_model::{Certainty, Outline, Severity};

use super::{Check, FixKind, Rule};
use crate::endpoints::{RouteKey, title};
use crate::text::counted;
use crate::{Findings, LinkedContext, mates};

pub(super) static RULE: Rule = Rule {
    name: "endpoint-only-in-one",
    group: "api",
    summary: "two documents of one feature list its endpoints, and not the same ones",
    page: include_str!("endpoint_only_in_one.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Linked(check),
};

/// From this many endpoints on a document lists them.
const LEAST: usize = 3;
/// How many endpoints of each document are shown.
const SHOWN: usize = 3;

fn check(context: &LinkedContext<'_>, findings: &mut Findings<'_>) {
    let outline = context.outline;
    if outline.is_template || outline.stage() == Stage::Supporting {
        return;
    }
    let own = listed(outline);
    if own.len() < LEAST {
        return;
    }
    let Some((other, theirs)) = upstream(context) else { return };
    let only_here = missing_from(&own, other);
    let only_there = missing_from(&theirs, outline);
    let is_one_api = only_here.len() < own.len() || only_there.len() < theirs.len();
    // A later document may leave out what it does not touch; a design has to answer all that is
    // wanted.
    let is_answer = outline.stage() == Stage::Design || !only_here.is_empty();
    if is_one_api && is_answer && !only_there.is_empty() {
        report(context, other, &only_here, &only_there, findings);
    }
}

/// The nearest document ahead in the chain that lists endpoints.
fn upstream<'a>(
    context: &LinkedContext<'a>,
) -> Option<(&'a Outline, Vec<(RouteKey, &'a OutlineEndpoint)>)> {
    let stage = context.outline.stage();
    let ahead = mates::main(context).filter(|it| it.stage() < stage);
    let lists = ahead.map(|it| (it, listed(it))).filter(|(_, list)| list.len() >= LEAST);
    lists.max_by_key(|(it, _)| it.stage())
}

/// The endpoints that a document states with a row, an item or a heading of their own, each once.
fn listed(outline: &Outline) -> Vec<(RouteKey, &OutlineEndpoint)> {
    let mut found: Vec<(RouteKey, &OutlineEndpoint)> = Vec::new();
    let own = outline.endpoints.iter().filter(|it| !it.external);
    for endpoint in own.filter(|it| it.certainty == Certainty::Stated) {
        let key = RouteKey::new(endpoint.method, &endpoint.path);
        if !found.iter().any(|(it, _)| it.is_same(&key)) {
            found.push((key, endpoint));
        }
    }
    found
}

/// Those of `list` whose paths `outline` names nowhere. Another method is for `method-conflict`.
fn missing_from<'a>(
    list: &[(RouteKey, &'a OutlineEndpoint)],
    outline: &Outline,
) -> Vec<&'a OutlineEndpoint> {
    let named = outline.endpoints.iter().chain(&outline.endpoint_mentions);
    let named: Vec<RouteKey> = named.map(|it| RouteKey::new(it.method, &it.path)).collect();
    let is_named = |key: &RouteKey| {
        named.iter().any(|it| it.is_same(key) || it.is_short_for(key) || it.is_same_change(key))
    };
    list.iter().filter(|(key, _)| !is_named(key)).map(|(_, it)| *it).collect()
}

fn report(
    context: &LinkedContext<'_>,
    other: &Outline,
    only_here: &[&OutlineEndpoint],
    only_there: &[&OutlineEndpoint],
    findings: &mut Findings<'_>,
) {
    let outline = context.outline;
    let own = outline.endpoints.iter().find(|it| !it.external).map(|it| it.span);
    let place = only_here.first().map(|it| it.span).or(own).unwrap_or_else(|| outline.heading());
    let name = mates::name(other, outline);
    let there = counted(only_there.len(), "endpoint that is", "endpoints that are");
    let mut message = format!("`{name}` lists {there} not named here");
    if !only_here.is_empty() {
        let here = counted(only_here.len(), "of those here is", "of those here are");
        message = format!("{message}, and {here} not named there");
    }
    let mut finding = findings.report(place, message);
    for it in only_there.iter().take(SHOWN) {
        let note = format!("`{}` is only here", title(it.method, &it.path));
        finding = finding.related_in(&other.path, it.span, note);
    }
    for it in only_here.iter().take(SHOWN) {
        let note = format!("`{}` is only here", title(it.method, &it.path));
        finding = finding.related(it.span, note);
    }
    finding.help("keep one list and refer to it, or bring the two together");
}
