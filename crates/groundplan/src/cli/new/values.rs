//! What is known about the new document before anybody writes it.

use groundplan_model::chain::{Chains, Stage};
use groundplan_model::profile::Kind;
use groundplan_model::template::{Style, Values, styled};
use groundplan_model::{Document, Provenance};

use super::New;
use super::place::{Workspace, link};
use crate::exit::Failure;

/// How many requirements are named before it says "and more".
const MOST_REQUIREMENTS: usize = 5;

/// The new document.
pub(super) struct Plan<'a> {
    /// What it is about.
    pub(super) name: &'a str,
    /// Its path, from the root.
    pub(super) path: &'a str,
    /// Its number.
    pub(super) number: Option<&'a str>,
    /// The document that it follows from.
    pub(super) from: Option<usize>,
}

/// Values for the places of a template; those given on the command line win.
pub(super) fn values(
    new: &New,
    plan: &Plan<'_>,
    workspace: &Workspace,
    author: Option<String>,
) -> Result<Values, Failure> {
    let mut values = Values::default();
    for (key, value) in &new.set {
        values.set(key, value.as_str());
    }
    values.set_default("FEATURE_NAME", plan.name);
    values.set_default("FEATURE", plan.name);
    values.set_default("DATE", new.date.date()?);
    if let Some(author) = author {
        values.set_default("AUTHOR", author);
    }
    if let Some(number) = plan.number {
        values.set_default("NUMBER", number);
    }
    let related = related(plan, workspace);
    for (key, index) in &related {
        if let Some(path) = workspace.path_of(*index) {
            values.set_default(key, link(plan.path, path));
        }
    }
    let documents = related.iter().filter_map(|it| workspace.loaded.documents.get(it.1));
    if let Some(ids) = documents.map(requirements).find(|it| !it.is_empty()) {
        values.set_default("REQ_ID", ids);
    }
    Ok(values)
}

/// Documents of the same feature, by the place that links to them: the one that the new document
/// follows from first, then those of its chain, then those of its name.
fn related(plan: &Plan<'_>, workspace: &Workspace) -> Vec<(&'static str, usize)> {
    let documents = &workspace.loaded.documents;
    let chains = Chains::of(documents);
    let is_same = |name: &str| styled(name, Style::Upper) == styled(plan.name, Style::Upper);
    let chain = plan.from.and_then(|from| chains.chain_of(from));
    let chain = chain.or_else(|| chains.chains.iter().find(|it| is_same(&it.name)));
    let members = chain.into_iter().flat_map(|it| &it.members).map(|it| it.index);
    let indices: Vec<usize> = plan.from.into_iter().chain(members).collect();
    let mut found: Vec<(&'static str, usize)> = Vec::new();
    for index in indices {
        let Some(document) = documents.get(index) else { continue };
        for key in keys(document) {
            if !found.iter().any(|it| it.0 == *key) {
                found.push((key, index));
            }
        }
    }
    let project = documents.iter().position(is_project);
    found.extend(project.map(|index| ("PROJECT_PRD", index)));
    found
}

/// The places that a document stands in.
fn keys(document: &Document) -> &'static [&'static str] {
    if is_project(document) {
        return &["PROJECT_PRD", "PRD"];
    }
    match Stage::of(document) {
        Stage::Requirements => &["PRD"],
        Stage::Specification => &["SPECIFICATION", "DESIGN"],
        Stage::Design => &["DESIGN"],
        Stage::Implementation => &["TID"],
        Stage::Tasks => &["TASKS"],
        Stage::Supporting if document.source.path().contains("TEST_RESULTS") => &["TEST_RESULTS"],
        Stage::Supporting => &[],
    }
}

/// Whether the document is about the whole project.
fn is_project(document: &Document) -> bool {
    let provenance = Provenance::read(&document.source);
    let template = provenance.and_then(|it| it.template);
    let named = template.is_some_and(|it| it.name == "project-prd");
    named || document.classification.kind == Kind::Prd && document.source.path().contains("_PPRD")
}

/// `FR-1, FR-2`: the requirements that a document defines.
fn requirements(document: &Document) -> String {
    let ids = document.requirements.iter().map(|it| it.id.text.as_str());
    let mut ids: Vec<&str> = ids.filter(|id| id.starts_with(char::is_alphabetic)).collect();
    ids.dedup();
    let more = if ids.len() > MOST_REQUIREMENTS { " and more" } else { "" };
    ids.truncate(MOST_REQUIREMENTS);
    format!("{}{more}", ids.join(", "))
}
