//! `requirement-uncovered`: requirements that nothing later in the chain cites, where others are.

use std::collections::BTreeMap;

use groundplan_model::chain::Stage;
use groundplan_model::document::Requirement;
use groundplan_model::{Certainty, Outline, Severity};

use super::{Check, FixKind, Rule};
use crate::requirement_ids::{self, Citations};
use crate::{Findings, LinkedContext, mates};

pub(super) static RULE: Rule = Rule {
    name: "requirement-uncovered",
    group: "trace",
    summary: "some requirements are cited by the design or the tasks, and these are not",
    page: include_str!("requirement_uncovered.md"),
    severity: Severity::Warning,
    by_status: true,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Linked(check),
};

/// How many requirements are shown with their places.
const SHOWN: usize = 3;
/// How many are named.
const NAMED: usize = 10;

fn check(context: &LinkedContext<'_>, findings: &mut Findings<'_>) {
    let outline = context.outline;
    let is_wanted = matches!(outline.stage(), Stage::Requirements | Stage::Specification);
    if outline.requirements.is_empty() || outline.is_template || !is_wanted {
        return;
    }
    let later: Vec<&Outline> =
        mates::main(context).filter(|it| it.stage() > Stage::Specification).collect();
    if !later.iter().any(|it| it.stage() >= Stage::Implementation) {
        return;
    }
    let cited = Citations::of(later.iter().copied());
    let mut missing: Vec<&Requirement> = Vec::new();
    let mut total = 0;
    for group in groups(outline).into_values() {
        let uncovered = group.iter().copied().filter(|it| !cited.contains(&it.id.text));
        let uncovered: Vec<&Requirement> = uncovered.collect();
        // A chain that traces cites most of them; where few are, ids are named by chance.
        if uncovered.len() * 5 <= group.len() * 2 {
            missing.extend(uncovered);
            total += group.len();
        }
    }
    missing.sort_by_key(|it| it.id.span);
    if !missing.is_empty() {
        report(&missing, total, &later, findings);
    }
}

/// The requirements by their prefix, and of numbered ones the whole ones: criteria are for tests.
fn groups(outline: &Outline) -> BTreeMap<&str, Vec<&Requirement>> {
    let mut found: BTreeMap<&str, Vec<&Requirement>> = BTreeMap::new();
    for it in &outline.requirements {
        let id = it.id.text.as_str();
        let end = id.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(id.len());
        if !(requirement_ids::is_number(id) && id.contains('.')) {
            found.entry(id.get(..end).unwrap_or("")).or_default().push(it);
        }
    }
    found
}

fn report(missing: &[&Requirement], total: usize, later: &[&Outline], findings: &mut Findings<'_>) {
    let Some(first) = missing.first() else { return };
    let count = missing.len();
    let verb = if count == 1 { "is" } else { "are" };
    let message = format!("{count} of {total} requirements {verb} cited by nothing that follows");
    let mut finding = findings.report_as(Certainty::Inferred, first.id.span, message);
    for it in missing.iter().take(SHOWN) {
        finding = finding.related(it.id.span, format!("`{}`", it.id.text));
    }
    if let Some(last) = later.last() {
        finding = finding.related_in(&last.path, last.heading(), "cites the others");
    }
    let named: Vec<&str> = missing.iter().take(NAMED).map(|it| it.id.text.as_str()).collect();
    let more = if count > NAMED { ", …" } else { "" };
    finding
        .help(format!("cite them where they are built, or drop them: {}{more}", named.join(", ")));
}
