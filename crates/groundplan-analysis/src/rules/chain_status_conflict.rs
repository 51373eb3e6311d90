//! `chain-status-conflict`: documents of one feature whose statuses cannot be true together.

use groundplan_model::chain::Stage;
use groundplan_model::document::{State, Status};
use groundplan_model::{Outline, Severity};

use super::{Check, FixKind, Rule};
use crate::text::shortened;
use crate::{Findings, LinkedContext, mates};

pub(super) static RULE: Rule = Rule {
    name: "chain-status-conflict",
    group: "documents",
    summary: "documents of one feature state how far it is, and cannot all be right",
    page: include_str!("chain_status_conflict.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Linked(check),
};

/// How far a feature is, as one of its documents says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Progress {
    Planned,
    Begun,
    Built,
}

/// A document with its progress and the status that says so.
type Statement<'a> = (Progress, &'a Outline, &'a Status);

fn check(context: &LinkedContext<'_>, findings: &mut Findings<'_>) {
    let Some(own) = statement(context.outline) else { return };
    // Of two lists of tasks one may be done before the other is begun.
    let is_list = |it: &Outline| it.stage() == Stage::Tasks;
    let is_beside = |it: &&Outline| !is_list(it) || !is_list(context.outline);
    let mates = mates::main(context).filter(is_beside);
    let others: Vec<Statement<'_>> = mates.filter_map(statement).collect();
    let lead = others.iter().filter(|it| it.0 > own.0 && leads(it));
    let Some((progress, ahead, status)) = lead.max_by_key(|it| (it.0, it.1.stage())) else {
        return;
    };
    let behind = others.iter().filter(|it| it.0 < *progress);
    let (earlier, later): (Vec<_>, Vec<_>) =
        behind.partition(|it| mates::place(it.1) < mates::place(context.outline));
    // One finding a chain, in the first document that is behind.
    if !earlier.is_empty() {
        return;
    }
    let (here, there) = (shortened(&own.2.raw.text), shortened(&status.raw.text));
    let name = mates::name(ahead, context.outline);
    let message = format!("the status is `{here}`, but `{name}` says `{there}`");
    let mut finding = findings.report(own.2.raw.span, message).related_in(
        &ahead.path,
        status.raw.span,
        "further on",
    );
    for (_, outline, status) in later {
        let note = format!("`{}` here, too", shortened(&status.raw.text));
        finding = finding.related_in(&outline.path, status.raw.span, note);
    }
    finding.help("bring the statuses of the feature's documents up to where the work is");
}

fn statement(outline: &Outline) -> Option<Statement<'_>> {
    if outline.is_template || outline.stage() == Stage::Supporting {
        return None;
    }
    let status = outline.status.as_ref()?;
    let progress = match status.state? {
        // "Design complete" is said of the document, and stays true.
        State::Planned if status.raw.text.to_lowercase().contains("complete") => return None,
        State::Planned => Progress::Planned,
        State::InProgress => Progress::Begun,
        State::Implemented => Progress::Built,
        State::Draft | State::Review | State::Approved | State::Superseded => return None,
    };
    Some((progress, outline, status))
}

/// Whether what a document says of the work is more than that the document itself is written.
fn leads((progress, outline, status): &Statement<'_>) -> bool {
    let is_list = outline.stage() == Stage::Tasks;
    let words: String = status.raw.text.chars().filter(|c| c.is_alphanumeric()).collect();
    is_list || *progress == Progress::Built && !words.eq_ignore_ascii_case("complete")
}
