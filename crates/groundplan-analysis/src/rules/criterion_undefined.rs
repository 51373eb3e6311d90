//! `criterion-undefined`: the number of a criterion that its requirement does not have.

use groundplan_model::{Outline, Severity};

use super::{Check, FixKind, Rule};
use crate::text::counted;
use crate::{Findings, LinkedContext, mates, requirement_ids};

pub(super) static RULE: Rule = Rule {
    name: "criterion-undefined",
    group: "trace",
    summary: "a document cites a numbered criterion that the requirements do not have",
    page: include_str!("criterion_undefined.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Linked(check),
};

fn check(context: &LinkedContext<'_>, findings: &mut Findings<'_>) {
    let outline = context.outline;
    let is_number = |text: &str| requirement_ids::is_number(text);
    if outline.is_template || !outline.requirement_refs.iter().any(|it| is_number(&it.text)) {
        return;
    }
    let ahead = mates::main(context).filter(|it| it.stage() < outline.stage());
    let Some(definer) = ahead.filter(|it| requirements(it).count() > 1).last() else { return };
    for cited in outline.requirement_refs.iter().filter(|it| is_number(&it.text)) {
        let Some(fault) = fault(definer, &cited.text) else { continue };
        findings
            .report(cited.span, fault.message)
            .related_in(&definer.path, fault.place, "the nearest that there is")
            .help("correct the number, or write the criterion");
    }
}

struct Fault {
    message: String,
    place: groundplan_syntax::Span,
}

/// Why no criterion has the number `cited`.
fn fault(definer: &Outline, cited: &str) -> Option<Fault> {
    if definer.requirements.iter().any(|it| it.id.text == cited) {
        return None;
    }
    let number = cited.split('.').next()?;
    let Some(parent) = requirements(definer).find(|it| it.id.text == number) else {
        let last = requirements(definer).last()?;
        let count = counted(requirements(definer).count(), "requirement", "requirements");
        let message = format!("no requirement has the number {number}: there are {count}");
        return Some(Fault { message, place: last.id.span });
    };
    let is_own = |id: &str| id.strip_prefix(number).is_some_and(|rest| rest.starts_with('.'));
    let criteria = definer.requirements.iter().filter(|it| is_own(&it.id.text));
    // Where no criterion could be read, nothing is known of their numbers.
    let last = criteria.clone().next_back()?;
    let count = counted(criteria.count(), "criterion", "criteria");
    let message = format!("requirement {number} has no criterion {cited}: it has {count}");
    let place = if last.id.text == parent.id.text { parent.id.span } else { last.id.span };
    Some(Fault { message, place })
}

/// Requirements that are counted: `1`, `2`, `3`.
fn requirements(
    outline: &Outline,
) -> impl DoubleEndedIterator<Item = &groundplan_model::document::Requirement> {
    let is_whole = |id: &str| id.chars().all(|c| c.is_ascii_digit());
    outline.requirements.iter().filter(move |it| is_whole(&it.id.text))
}
