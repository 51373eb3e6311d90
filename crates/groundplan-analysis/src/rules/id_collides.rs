//! `id-collides`: one id for two requirements of one chain.

use groundplan_model::document::Requirement;
use groundplan_model::{Certainty, Outline, Severity};

use super::{Check, FixKind, Rule};
use crate::text::shortened;
use crate::{Findings, LinkedContext, mates, requirement_ids};

pub(super) static RULE: Rule = Rule {
    name: "id-collides",
    group: "trace",
    summary: "two documents of one chain define different requirements with one id",
    page: include_str!("id_collides.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Linked(check),
};

/// How many ids are shown.
const SHOWN: usize = 3;

fn check(context: &LinkedContext<'_>, findings: &mut Findings<'_>) {
    let outline = context.outline;
    if outline.is_template || titled(outline).next().is_none() {
        return;
    }
    let ahead = mates::main(context).filter(|it| mates::place(it) < mates::place(outline));
    for other in ahead {
        let theirs: Vec<&Requirement> = titled(other).collect();
        let pairs = titled(outline).filter_map(|own| {
            let same = theirs.iter().find(|it| it.id.text == own.id.text)?;
            (!are_alike(&own.title, &same.title)).then_some((own, *same))
        });
        let pairs: Vec<(&Requirement, &Requirement)> = pairs.collect();
        report(outline, other, &pairs, findings);
    }
}

fn titled(outline: &Outline) -> impl Iterator<Item = &Requirement> {
    let stated = outline.requirements.iter().filter(|it| it.certainty == Certainty::Stated);
    stated.filter(|it| !it.title.is_empty() && !requirement_ids::is_number(&it.id.text))
}

/// Whether two titles may mean one thing: they share a word that tells something.
fn are_alike(one: &str, other: &str) -> bool {
    const SHORT: usize = 4;
    let words = |text: &str| -> Vec<String> {
        let all = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
        all.filter(|it| it.chars().count() >= SHORT)
            .map(|it| it.chars().take(5).collect())
            .collect()
    };
    let (one, other) = (words(one), words(other));
    one.is_empty() || other.is_empty() || one.iter().any(|it| other.contains(it))
}

fn report(
    outline: &Outline,
    other: &Outline,
    pairs: &[(&Requirement, &Requirement)],
    findings: &mut Findings<'_>,
) {
    let Some((own, there)) = pairs.first() else { return };
    let (id, name) = (&own.id.text, mates::name(other, outline));
    let title = shortened(&there.title);
    let more = match pairs.len() - 1 {
        0 => String::new(),
        more => format!(", and so do {more} more ids"),
    };
    let message = format!("`{id}` means something else in `{name}`{more}: \"{title}\"");
    let mut finding = findings.report(own.id.span, message);
    for (_, there) in pairs.iter().take(SHOWN) {
        let note = format!("`{}` is \"{}\" here", there.id.text, shortened(&there.title));
        finding = finding.related_in(&other.path, there.id.span, note);
    }
    finding.help("give the younger one a number of its own, or a prefix");
}
