//! Which document's service is meant, and its plan.

use std::path::{Path, PathBuf};

use groundplan_model::service::Operation;
use groundplan_model::{Document, ServicePlan, plan};
use rayon::prelude::*;

use crate::disk::printed;
use crate::exit::Failure;
use crate::load::load;
use crate::render::plural;
use crate::ui::Ui;

/// The plan of the service that `target` describes: of the document itself, or of the one in the
/// folder from which most endpoints can be derived.
pub(crate) fn service(target: &Path, ui: &mut Ui) -> Result<ServicePlan, Failure> {
    let mut loaded = load(&[PathBuf::from(target)])?;
    if let Some(failure) = loaded.failures.pop() {
        return Err(failure);
    }
    service_of(target, &loaded.documents, ui)
}

/// As [`service`], of documents that are read already.
pub(crate) fn service_of(
    target: &Path,
    documents: &[Document],
    ui: &mut Ui,
) -> Result<ServicePlan, Failure> {
    let mut plans: Vec<ServicePlan> = documents.par_iter().filter_map(plan).collect();
    if target.is_dir() {
        plans.retain(|plan| derived(plan) > 0);
    }
    // Stable: documents of one rank stay in the order of their names.
    plans.sort_by_key(|plan| std::cmp::Reverse(derived(plan)));
    let mut plans = plans.into_iter();
    let Some(best) = plans.next() else { return Err(no_service(target)) };
    let others: Vec<ServicePlan> = plans.collect();
    let ties = others.iter().take_while(|it| derived(it) == derived(&best));
    let ties: Vec<&ServicePlan> = std::iter::once(&best).chain(ties).collect();
    if ties.len() > 1 {
        return Err(several(&ties));
    }
    if !others.is_empty() {
        let count = plural(derived(&best), "endpoint");
        let path = best.source.path();
        ui.note(&format!("Taking the service of {path}, which states {count}, most of all.\n"));
    }
    Ok(best)
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

fn several(plans: &[&ServicePlan]) -> Failure {
    let lines: Vec<String> = plans
        .iter()
        .map(|it| format!("  {} ({})", it.source.path(), plural(derived(it), "endpoint")))
        .collect();
    Failure::new(
        format!("several documents describe a service:\n{}", lines.join("\n")),
        "name the one that you mean",
    )
}
