//! `method-conflict`: one change of one resource, with two methods.

use groundplan_model::document::Method;
use groundplan_model::outline::OutlineEndpoint;
use groundplan_model::{Outline, Severity};

use super::{Check, FixKind, Rule};
use crate::endpoints::RouteKey;
use crate::{Findings, LinkedContext, mates};

pub(super) static RULE: Rule = Rule {
    name: "method-conflict",
    group: "api",
    summary: "documents of one feature change the same resource with different methods",
    page: include_str!("method_conflict.md"),
    severity: Severity::Error,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Linked(check),
};

/// An endpoint that changes something, with its path.
type Change<'a> = (RouteKey, &'a OutlineEndpoint);

fn check(context: &LinkedContext<'_>, findings: &mut Findings<'_>) {
    let outline = context.outline;
    if outline.is_template {
        return;
    }
    let own = changes(outline);
    if own.is_empty() {
        return;
    }
    let ahead = mates::all(context).filter(|it| mates::place(it) < mates::place(outline));
    let others: Vec<(&Outline, Vec<Change<'_>>)> = ahead.map(|it| (it, changes(it))).collect();
    let mut told: Vec<&RouteKey> = Vec::new();
    for (key, endpoint) in &own {
        let is_known = told.iter().any(|it| it.is_same_change(key));
        if is_known || only_method(&own, key) != Some(endpoint.method) {
            continue;
        }
        let differing = others.iter().find_map(|(other, list)| {
            let method = only_method(list, key).filter(|it| *it != endpoint.method)?;
            let (_, there) = list.iter().find(|(it, _)| it.is_same_change(key))?;
            Some((*other, method, *there))
        });
        if let Some((other, method, there)) = differing {
            told.push(key);
            let (here, path) = (endpoint.method.as_str(), &endpoint.path);
            let name = mates::name(other, outline);
            let message = format!(
                "`{path}` is changed by {here} here and by {} in `{name}`",
                method.as_str()
            );
            findings
                .report_as(endpoint.certainty.min(there.certainty), endpoint.span, message)
                .related_in(&other.path, there.span, format!("{} here", method.as_str()))
                .help("settle on one: PUT replaces the whole resource, PATCH a part of it");
        }
    }
}

/// Endpoints that change what is there already, named in passing or not.
fn changes(outline: &Outline) -> Vec<Change<'_>> {
    let all = outline.endpoints.iter().chain(&outline.endpoint_mentions);
    let own = all.filter(|it| !it.external && matches!(it.method, Method::Put | Method::Patch));
    own.map(|it| (RouteKey::new(it.method, &it.path), it)).collect()
}

/// The method that changes what `key` names, where there is only one.
fn only_method(list: &[Change<'_>], key: &RouteKey) -> Option<Method> {
    let mut methods = list.iter().filter(|(it, _)| it.is_same_change(key)).map(|(_, it)| it.method);
    let first = methods.next()?;
    methods.all(|it| it == first).then_some(first)
}
