//! `requirement-undefined`: an id is cited that no document of the chain defines.

use std::collections::{HashMap, HashSet};

use groundplan_model::chain::Stage;
use groundplan_model::document::Text;
use groundplan_model::{Certainty, Outline, Severity};

use super::{Check, FixKind, Rule};
use crate::{Findings, LinkedContext, mates, requirement_ids};

pub(super) static RULE: Rule = Rule {
    name: "requirement-undefined",
    group: "trace",
    summary: "a document cites a requirement that its chain does not define",
    page: include_str!("requirement_undefined.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Linked(check),
};

/// From this many ids of one form on they are the chain's own.
const OWN: usize = 3;

fn check(context: &LinkedContext<'_>, findings: &mut Findings<'_>) {
    let outline = context.outline;
    if outline.requirement_refs.is_empty() || outline.is_template {
        return;
    }
    let defined = definitions(context);
    for cited in unquoted(outline) {
        let Some(alike) = defined.get(&requirement_ids::form(&cited.text)) else { continue };
        let is_known = alike.iter().any(|(id, _)| *id == cited.text);
        let Some((_, definer)) = alike.first().filter(|_| alike.len() >= OWN && !is_known) else {
            continue;
        };
        let name = mates::name(definer, outline);
        let message = format!("`{}` is defined nowhere in the chain", cited.text);
        let finding = findings.report_as(Certainty::Inferred, cited.span, message).related_in(
            &definer.path,
            definer.heading(),
            format!("{} ids of this form are defined in this document", alike.len()),
        );
        let ids: Vec<&str> = alike.iter().map(|(id, _)| *id).collect();
        match requirement_ids::nearest(&cited.text, &ids) {
            Some(near) => finding.help(format!("did you mean `{near}`? Or define it in `{name}`")),
            None => finding.help(format!("define it in `{name}`, or correct the id")),
        };
    }
}

/// Ids that documents ahead in the chain define, by their form. Plain numbers are for
/// `criterion-undefined`.
fn definitions<'a>(context: &LinkedContext<'a>) -> HashMap<String, Vec<(&'a str, &'a Outline)>> {
    let mut found: HashMap<String, Vec<_>> = HashMap::new();
    let mut seen = HashSet::new();
    let stage = context.outline.stage();
    for mate in mates::main(context).filter(|it| it.stage() <= Stage::Specification) {
        let ids = mate.requirements.iter().map(|it| it.id.text.as_str());
        for id in ids.filter(|it| mate.stage() < stage && !requirement_ids::is_number(it)) {
            if seen.insert(id) {
                found.entry(requirement_ids::form(id)).or_default().push((id, mate));
            }
        }
    }
    found
}

/// What a document cites, examples left out.
fn unquoted(outline: &Outline) -> impl Iterator<Item = &Text> {
    outline.requirement_refs.iter().filter(|it| !outline.quoted_refs.contains(&it.span))
}
