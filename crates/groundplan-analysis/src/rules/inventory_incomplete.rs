//! `inventory-incomplete`: a list of a folder's documents that leaves some out.

use std::collections::BTreeMap;

use groundplan_model::{Certainty, Outline, Severity};
use groundplan_syntax::Span;

use super::{Check, FixKind, Rule};
use crate::text::counted;
use crate::{Findings, LinkedContext, paths};

pub(super) static RULE: Rule = Rule {
    name: "inventory-incomplete",
    group: "documents",
    summary: "a list of documents leaves out some that stand in the same folder",
    page: include_str!("inventory_incomplete.md"),
    severity: Severity::Info,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Linked(check),
};

/// From this many documents of a folder on their names are a list of it.
const LEAST: usize = 4;
/// How many missing documents are named.
const NAMED: usize = 5;

fn check(context: &LinkedContext<'_>, findings: &mut Findings<'_>) {
    if !is_list(context.outline) {
        return;
    }
    let mut listed: BTreeMap<&str, Vec<(&Outline, Span)>> = BTreeMap::new();
    for it in context.references() {
        listed.entry(paths::folder(&it.target.path)).or_default().push((it.target, it.span));
    }
    for (folder, known) in listed {
        let Some((_, last)) = known.last().filter(|_| known.len() >= LEAST) else { continue };
        let is_known = |it: &Outline| known.iter().any(|(known, _)| known.path == it.path);
        let all = context.index.in_folder(folder).iter().copied();
        let alike =
            all.filter(|it| it.kind == main_kind(&known) && it.path != context.outline.path);
        let missing: Vec<&Outline> = alike.filter(|it| !is_known(it)).collect();
        // Where half of them is left out, the list is a choice.
        if !missing.is_empty() && missing.len() * 2 < known.len() {
            report(*last, folder, &missing, findings);
        }
    }
}

/// Whether a document lists others: an index, the notes of an agent, or a list by its title.
fn is_list(outline: &Outline) -> bool {
    let name = paths::file_name(&outline.path).to_lowercase();
    let title = outline.title.as_ref().map(|it| it.text.to_lowercase()).unwrap_or_default();
    let is_named = ["readme", "index", "claude", "agent"].iter().any(|it| name.starts_with(it));
    is_named || ["inventory", "index", "list of"].iter().any(|it| title.contains(it))
}

/// The kind of most of the documents that are listed.
fn main_kind(known: &[(&Outline, Span)]) -> groundplan_model::profile::Kind {
    let count = |kind| known.iter().filter(|(it, _)| it.kind == kind).count();
    let kinds = known.iter().map(|(it, _)| it.kind);
    kinds.max_by_key(|kind| count(*kind)).unwrap_or_default()
}

fn report(place: Span, folder: &str, missing: &[&Outline], findings: &mut Findings<'_>) {
    let count =
        counted(missing.len(), "document of the same kind is", "documents of the same kind are");
    let folder = if folder.is_empty() { "this folder" } else { folder };
    let message = format!("{count} not listed here, and in `{folder}`");
    let mut finding = findings.report_as(Certainty::Inferred, place, message);
    for it in missing.iter().take(NAMED) {
        finding = finding.related_in(&it.path, it.heading(), paths::file_name(&it.path).to_owned());
    }
    finding.help("add them to the list, or say what the list is about");
}
