//! What of a document's approvals still holds.

use groundplan_syntax::Span;

use super::{Approval, OUTLINE, SectionApprovals, approvable};
use crate::Document;
use crate::provenance::SectionDigest;
use crate::staleness::ChangeKind;

/// A document's sections beside their approvals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApprovalReport {
    /// Every section in the document's order; those that are gone last.
    pub sections: Vec<SectionApproval>,
}

/// A section beside its approvals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionApproval {
    /// Its anchor, then or now.
    pub anchor: String,
    /// Its heading's text; the anchor where the section is gone.
    pub title: String,
    /// Its heading's place; `None` where the section is gone.
    pub place: Option<Span>,
    /// Whether its approvals hold.
    pub verdict: Verdict,
    /// The approvals that decide the verdict.
    pub approvals: Vec<Approval>,
}

/// Whether a section is approved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Somebody approved it as it is.
    Approved,
    /// What was approved is not what stands there: edited, gone, or added to a document that was
    /// approved as a whole.
    Void(ChangeKind),
    /// Nobody approved it.
    Open,
}

impl ApprovalReport {
    /// Judges the approvals of `document`.
    pub fn new(document: &Document, approvals: &SectionApprovals) -> Self {
        Self::of_sections(&approvable(document), approvals)
    }

    /// Judges the approvals of a document with these sections.
    pub fn of_sections(now: &[SectionDigest], approvals: &SectionApprovals) -> Self {
        let is_whole = approvals.contains_key(OUTLINE);
        let mut sections: Vec<SectionApproval> =
            now.iter().map(|it| judge(it, approvals, is_whole)).collect();
        let is_gone = |anchor: &str| anchor != OUTLINE && !now.iter().any(|it| it.anchor == anchor);
        let gone = approvals.iter().filter(|(anchor, _)| is_gone(anchor));
        sections.extend(gone.map(|(anchor, approvals)| SectionApproval {
            anchor: anchor.clone(),
            title: anchor.clone(),
            place: None,
            verdict: Verdict::Void(ChangeKind::Removed),
            approvals: approvals.clone(),
        }));
        Self { sections }
    }

    /// Sections whose approval is void.
    pub fn void(&self) -> impl Iterator<Item = (&SectionApproval, ChangeKind)> {
        self.sections.iter().filter_map(|it| match it.verdict {
            Verdict::Void(kind) => Some((it, kind)),
            Verdict::Approved | Verdict::Open => None,
        })
    }

    /// How many sections are approved as they are.
    pub fn approved(&self) -> usize {
        self.sections.iter().filter(|it| it.verdict == Verdict::Approved).count()
    }
}

fn judge(section: &SectionDigest, approvals: &SectionApprovals, whole: bool) -> SectionApproval {
    let known = approvals.get(&section.anchor).map_or(&[][..], Vec::as_slice);
    let (good, old): (Vec<Approval>, Vec<Approval>) =
        known.iter().cloned().partition(|it| it.digest == section.digest);
    let verdict = match (good.is_empty(), old.is_empty()) {
        (false, _) => Verdict::Approved,
        (true, false) => Verdict::Void(ChangeKind::Changed),
        (true, true) if whole => Verdict::Void(ChangeKind::New),
        (true, true) => Verdict::Open,
    };
    SectionApproval {
        anchor: section.anchor.clone(),
        title: section.shown_title().to_owned(),
        place: Some(section.title.span),
        verdict,
        approvals: if good.is_empty() { old } else { good },
    }
}
