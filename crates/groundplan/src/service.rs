//! Which document's service is meant, and its plan.

mod beside;

use std::cmp::Reverse;
use std::path::{Path, PathBuf};

use groundplan_model::profile::Kind;
use groundplan_model::service::Operation;
use groundplan_model::{Document, ServicePlan, plan_with};
use rayon::prelude::*;

use crate::disk::printed;
use crate::exit::Failure;
use crate::load::{load, tell};
use crate::render::plural;
use crate::ui::Ui;

/// The plan of the service that `target` describes: of the document itself, or of the folder's
/// technical design, or else of the document from which most endpoints can be derived.
pub(crate) fn service(target: &Path, ui: &mut Ui) -> Result<ServicePlan, Failure> {
    Ok(service_and_files(target, ui)?.0)
}

/// As [`service`], with the files that define its tables, where they are others.
pub(crate) fn service_and_files(
    target: &Path,
    ui: &mut Ui,
) -> Result<(ServicePlan, Vec<PathBuf>), Failure> {
    let mut loaded = load(&[PathBuf::from(target)], None)?;
    if loaded.documents.is_empty()
        && let Some(failure) = loaded.failures.pop()
    {
        return Err(failure);
    }
    tell(loaded.failures, ui)?;
    let found = chosen(target, &loaded.documents, ui)?;
    Ok((found.plan, found.files))
}

/// The plan as [`service`] finds it, where there is one and no doubt which.
pub(crate) fn quiet_service(target: &Path) -> Option<ServicePlan> {
    let loaded = load(&[PathBuf::from(target)], None).ok()?;
    let plans = candidates(target, &loaded.documents);
    let best = plans.iter().map(|it| it.rank).max()?;
    let mut equals = plans.into_iter().filter(|it| it.rank == best);
    equals.next().map(|it| it.plan).filter(|_| equals.next().is_none())
}

/// As [`service`], of documents that are read already.
pub(crate) fn service_of(
    target: &Path,
    documents: &[Document],
    ui: &mut Ui,
) -> Result<ServicePlan, Failure> {
    Ok(chosen(target, documents, ui)?.plan)
}

fn chosen(target: &Path, documents: &[Document], ui: &mut Ui) -> Result<Candidate, Failure> {
    let mut candidates = candidates(target, documents);
    if target.is_dir() {
        candidates.retain(|it| it.rank.endpoints > 0);
    }
    if candidates.is_empty() && target.is_dir() {
        candidates = by_tables_beside(documents);
    }
    // Stable: documents of one rank stay in the order of their names.
    candidates.sort_by_key(|it| Reverse(it.rank));
    let Some(best) = candidates.first() else { return Err(no_service(target)) };
    let rank = best.rank;
    let equals = candidates.iter().filter(|it| it.rank == rank).count();
    if equals > 1 {
        return Err(several(candidates.get(..equals).unwrap_or_default()));
    }
    if candidates.len() > 1 {
        let others = plural(candidates.len() - 1, "other document");
        let best = &best.plan.source;
        let note = format!("Taking the service of {}, before that of {others}.\n", best.path());
        ui.note(&note);
    }
    candidates.into_iter().next().ok_or_else(|| no_service(target))
}

/// A document that describes a service.
struct Candidate {
    plan: ServicePlan,
    rank: Rank,
    /// Other files with its tables.
    files: Vec<PathBuf>,
}

/// How likely a document is to be the one that is meant, compared from left to right.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    is_design: bool,
    endpoints: usize,
}

/// Each document's service by itself. That of a document that is named and lacks a table is looked
/// for with the tables of those that it links to, and of its chain.
fn candidates(target: &Path, documents: &[Document]) -> Vec<Candidate> {
    if let ([document], false) = (documents, target.is_dir()) {
        return alone(target, document).into_iter().collect();
    }
    documents.par_iter().filter_map(|it| candidate(it, &[])).collect()
}

fn alone(target: &Path, document: &Document) -> Option<Candidate> {
    let own = candidate(document, &[])?;
    if own.rank.endpoints == own.plan.routes.len() {
        return Some(own);
    }
    let others = beside::beside(target, document);
    let others: Vec<&Document> = others.iter().filter(|it| !it.schema.tables.is_empty()).collect();
    let whole = candidate(document, &others)?;
    if whole.rank.endpoints <= own.rank.endpoints {
        return Some(own);
    }
    let files = others.iter().map(|it| PathBuf::from(it.source.path())).collect();
    Some(Candidate { files, ..whole })
}

/// Documents whose endpoints are derived with the tables that the folder's other documents define.
fn by_tables_beside(documents: &[Document]) -> Vec<Candidate> {
    let beside: Vec<&Document> =
        documents.iter().filter(|it| !it.schema.tables.is_empty()).collect();
    let candidates = documents.par_iter().filter_map(|it| candidate(it, &beside));
    candidates.filter(|it| it.rank.endpoints > 0).collect()
}

fn candidate(document: &Document, beside: &[&Document]) -> Option<Candidate> {
    let plan = plan_with(document, beside)?;
    let is_design = document.classification.kind == Kind::TechnicalDesign;
    let rank = Rank { is_design, endpoints: derived(&plan) };
    Some(Candidate { plan, rank, files: Vec::new() })
}

/// How many endpoints do something.
pub(crate) fn derived(plan: &ServicePlan) -> usize {
    let is_derived = |operation: &Operation| !matches!(operation, Operation::Underived(_));
    plan.routes.iter().filter(|route| is_derived(&route.operation)).count()
}

fn no_service(target: &Path) -> Failure {
    let name = printed(target);
    if target.is_dir() {
        return Failure::new(
            format!("no document in `{name}` states endpoints and the tables behind them"),
            "`groundplan plan FILE` says of one document what is missing",
        );
    }
    Failure::new(
        format!("`{name}` states no endpoint, so there is no service"),
        format!("`groundplan inspect {name}` shows what is read from it"),
    )
}

fn several(candidates: &[Candidate]) -> Failure {
    let line = |it: &Candidate| {
        format!("  {} ({})", it.plan.source.path(), plural(it.rank.endpoints, "endpoint"))
    };
    let lines: Vec<String> = candidates.iter().map(line).collect();
    Failure::new(
        format!("several documents describe a service:\n{}", lines.join("\n")),
        "name the one that you mean",
    )
}
