//! What documents and the OpenAPI files beside them say differently, for the rule that tells of it.
//!
//! The comparison is that of `drift --only openapi`. Left out is what only one side need say: error
//! answers, and operations that no document states.

use std::collections::{HashMap, HashSet};

use groundplan_model::Linked;
use groundplan_model::outline::OutlineEndpoint;
use groundplan_syntax::Span;

use super::contracts::{Contract, successes};
use super::matching::{Matching, Verdict};
use super::stated::{Stated, resource};
use super::surface::{Served, Surface};
use super::{Claim, Side, claim};
use crate::endpoints::is_base;

/// An endpoint that an OpenAPI file says something else about.
pub(crate) struct Conflict<'a> {
    pub(crate) endpoint: &'a OutlineEndpoint,
    /// What its document says of itself.
    pub(crate) claim: Claim,
    /// The OpenAPI file.
    pub(crate) file: &'a str,
    /// The operation there, or the first of those that are about the same thing.
    pub(crate) operation: Operation,
    pub(crate) difference: Difference,
}

/// An operation: how people name it, and where it stands.
pub(crate) struct Operation {
    pub(crate) title: String,
    pub(crate) span: Span,
}

/// What differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Difference {
    /// The path is there with another method.
    Method,
    /// A path that is nearly the same is there.
    Path,
    /// The statuses of success: the document's, and the file's.
    Status(u16, u16),
    /// Nothing there is like it.
    Absent,
}

/// All conflicts by the paths of the documents.
pub(crate) fn conflicts<'a>(linked: &'a Linked<'a>) -> HashMap<&'a str, Vec<Conflict<'a>>> {
    let mut found: HashMap<&str, Vec<Conflict<'_>>> = HashMap::new();
    if linked.contracts.is_empty() {
        return found;
    }
    let sides = claim::sides(linked);
    let contracts: Vec<Contract<'_>> =
        linked.contracts.iter().filter_map(|it| Contract::of(it, &sides)).collect();
    for contract in &contracts {
        let known = known(contract, &sides);
        for matching in &contract.matchings {
            let Some(side) = sides.get(matching.side) else { continue };
            let own = found.entry(side.outline.path.as_str()).or_default();
            own.extend(statuses(contract, matching, side));
            let is_elsewhere = |it: &Stated<'_>| is_served(it, &contracts);
            let verdicts = matching.verdicts(&contract.surface, &known).into_iter();
            let verdicts = verdicts.filter(|it| !is_elsewhere(it.0));
            own.extend(verdicts.filter_map(|it| conflict(contract, matching, side, it)));
        }
    }
    found
}

/// The operations that some document states or names.
fn known(contract: &Contract<'_>, sides: &[Side<'_>]) -> HashSet<usize> {
    let known = |it: &Matching<'_>| {
        sides.get(it.side).map(|side| it.known(side, &contract.surface)).unwrap_or_default()
    };
    contract.matchings.iter().flat_map(known).collect()
}

fn statuses<'a>(
    contract: &Contract<'a>,
    matching: &Matching<'a>,
    side: &Side<'a>,
) -> Vec<Conflict<'a>> {
    let pairs = matching.stated.iter().zip(&matching.found);
    let differing = pairs.filter_map(|(stated, at)| {
        let served = contract.surface.get((*at)?)?;
        let (own, there) = successes(stated, served)?;
        Some(new(contract, side, stated, served, Difference::Status(own, there)))
    });
    differing.collect()
}

fn conflict<'a>(
    contract: &Contract<'a>,
    matching: &Matching<'a>,
    side: &Side<'a>,
    (stated, verdict): (&Stated<'a>, Verdict),
) -> Option<Conflict<'a>> {
    let surface = &contract.surface;
    let (served, difference) = match verdict {
        Verdict::Method(at) => (surface.get(at)?, Difference::Method),
        Verdict::Path(at) => (surface.get(at)?, Difference::Path),
        // Below another base a contract may tell of a part only.
        Verdict::Absent if matching.shift.is_some() => return None,
        Verdict::Absent => (neighbour(stated, surface)?, Difference::Absent),
    };
    Some(new(contract, side, stated, served, difference))
}

fn new<'a>(
    contract: &Contract<'a>,
    side: &Side<'a>,
    stated: &Stated<'a>,
    served: &Served<'_>,
    difference: Difference,
) -> Conflict<'a> {
    let operation = Operation { title: served.title(), span: served.place.span };
    let (endpoint, claim, file) = (stated.endpoint, side.claim, contract.path);
    Conflict { endpoint, claim, file, operation, difference }
}

/// An operation under the same base path, of the same resource where there is one.
fn neighbour<'s, 'a>(stated: &Stated<'_>, surface: &'s Surface<'a>) -> Option<&'s Served<'a>> {
    let base = |it: &[String]| -> Vec<String> {
        it.iter().take_while(|it| is_base(it)).cloned().collect()
    };
    let own = base(&stated.segments);
    let beside = || surface.all.iter().filter(|it| base(&it.segments) == own);
    let of_resource = |it: &&Served<'_>| resource(&it.segments) == resource(&stated.segments);
    beside().find(of_resource).or_else(|| beside().next())
}

/// Whether another OpenAPI file has the operation.
fn is_served(stated: &Stated<'_>, contracts: &[Contract<'_>]) -> bool {
    let method = stated.endpoint.method;
    contracts.iter().any(|it| it.surface.answering(method, &stated.segments).is_some())
}
