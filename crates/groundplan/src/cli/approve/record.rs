//! Writing an approval down, and taking one back.

use groundplan_model::Document;
use groundplan_model::approval::{Approval, OUTLINE, approvable, outline};
use groundplan_model::document::Section;
use groundplan_model::provenance::{Digest, SectionDigest};

use super::{Approve, Outcome, approvals_of};
use crate::disk::parent;
use crate::exit::{Exit, Failure};
use crate::git::Git;
use crate::load::{Loaded, tell};
use crate::render::plural;
use crate::suggest::closest;
use crate::ui::{GOOD, Ui};

impl Approve {
    /// Approves every document that was read, or none.
    pub(super) fn approve(&self, loaded: Loaded, ui: &mut Ui) -> Outcome {
        let approval = Approval {
            by: self.name()?,
            date: self.date.date()?,
            digest: Digest::UNUSED,
            note: self.note.clone().filter(|it| !it.trim().is_empty()),
        };
        let mut file = approvals_of(&loaded)?;
        let mut said = Vec::new();
        for document in &loaded.documents {
            let Some(place) = loaded.place(document.source.path()) else { continue };
            let sections = self.chosen(document)?;
            let count = file.approvals.approve(&file.key(&place.path), &sections, &approval);
            said.push((sentence(document, count, &sections, &approval), unfinished(document)));
        }
        file.save()?;
        for (sentence, left) in said {
            ui.print(&format!("{}\n", ui.paint(GOOD, &sentence)))?;
            if !left.is_empty() {
                ui.print(&format!("  still in it: {left}\n"))?;
            }
        }
        Ok(tell(loaded.failures, ui)?.or(Exit::Clean))
    }

    /// Takes approvals back.
    pub(super) fn take_back(&self, loaded: Loaded, ui: &mut Ui) -> Outcome {
        let by = self.name()?;
        let mut file = approvals_of(&loaded)?;
        for document in &loaded.documents {
            let Some(place) = loaded.place(document.source.path()) else { continue };
            let anchors: Vec<String> = match self.sections.is_empty() {
                true => Vec::new(),
                false => self.chosen(document)?.into_iter().map(|it| it.0).collect(),
            };
            let count = file.approvals.withdraw(&file.key(&place.path), &anchors, &by);
            let sections = plural(count, "section");
            let path = document.source.path();
            ui.print(&format!("{path}: {by} no longer approves {sections}.\n"))?;
        }
        file.save()?;
        tell(loaded.failures, ui)
    }

    /// Who approves.
    fn name(&self) -> Result<String, Failure> {
        let given = self.by.clone().filter(|name| !name.trim().is_empty());
        let first = self.documents.first().map(|it| parent(it)).unwrap_or_default();
        given.or_else(|| Git::of(&first)?.author()).ok_or_else(|| {
            Failure::new(
                "it is not known who approves: Git has no user name here",
                "name yourself with --by, or set `git config user.name`",
            )
        })
    }

    /// The sections to approve, with what they say now.
    fn chosen(&self, document: &Document) -> Result<Vec<(String, Digest)>, Failure> {
        let all = approvable(document);
        let mut chosen: Vec<&SectionDigest> = Vec::new();
        for name in &self.sections {
            let section = find(document, name)?;
            let is_in = |it: &&SectionDigest| section.span.contains(it.title.span);
            chosen.extend(all.iter().filter(is_in));
        }
        if self.sections.is_empty() {
            chosen.extend(&all);
        }
        let mut list: Vec<(String, Digest)> =
            chosen.into_iter().map(|it| (it.anchor.clone(), it.digest)).collect();
        list.extend(self.sections.is_empty().then(|| outline(&all)));
        match all.is_empty() || list.is_empty() {
            true => Err(nothing(document)),
            false => Ok(list),
        }
    }
}

/// The section with this anchor or heading; numbers before a heading may be left out.
fn find<'a>(document: &'a Document, name: &str) -> Result<&'a Section, Failure> {
    let wanted = name.trim_start_matches('#').trim();
    let is_named = |it: &&Section| {
        let title = it.title.text.trim();
        let plain = title.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').trim();
        it.anchor == wanted
            || title.eq_ignore_ascii_case(wanted)
            || plain.eq_ignore_ascii_case(wanted)
    };
    document.sections.iter().find(is_named).ok_or_else(|| {
        let anchors = document.sections.iter().map(|it| it.anchor.as_str());
        let help = match closest(wanted, anchors) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "name a heading of it, or its anchor".to_owned(),
        };
        Failure::new(format!("`{}` has no section `{name}`", document.source.path()), help)
    })
}

fn nothing(document: &Document) -> Failure {
    Failure::new(
        format!("`{}` has no section that could be approved", document.source.path()),
        "write it first: a change log alone tells of other sections only",
    )
}

/// "docs/a.md: Ada approved 12 sections on 2026-01-31."
fn sentence(
    document: &Document,
    count: usize,
    sections: &[(String, Digest)],
    approval: &Approval,
) -> String {
    let whole = sections.iter().any(|(anchor, _)| anchor == OUTLINE);
    let before = sections.len() - usize::from(whole) - count;
    let Approval { by, date, .. } = approval;
    let path = document.source.path();
    match (count, before) {
        (0, _) => format!("{path}: {by} has approved it as it is before."),
        (_, 0) => format!("{path}: {by} approved {} on {date}.", plural(count, "section")),
        _ => {
            let sections = plural(count, "section");
            format!("{path}: {by} approved {sections} on {date}, and {before} before.")
        }
    }
}

/// What an approval does not make good.
fn unfinished(document: &Document) -> String {
    let open = document.questions.iter().filter(|it| !it.answered).count();
    let left = [(document.placeholders.len(), "placeholder"), (open, "open question")];
    let left = left.into_iter().filter(|it| it.0 > 0).map(|(count, noun)| plural(count, noun));
    left.collect::<Vec<_>>().join(", ")
}
