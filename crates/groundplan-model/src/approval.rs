//! Approvals: who agreed to which section of which document, as it was then.
//!
//! An approval is bound to the digest of a section: an edit voids it, and moving the text back makes
//! it good again. The file of approvals is text that a team reviews; [`Approvals`] reads and writes
//! it, [`ApprovalReport`] says what of it still holds.

mod file;
mod report;

use std::collections::BTreeMap;

pub use file::ApprovalsError;
pub use report::{ApprovalReport, SectionApproval, Verdict};

use crate::Document;
use crate::provenance::{Digest, SectionDigest, section_digests};

/// The anchor under which an approval of a whole document keeps the list of its sections, so that
/// one that is added later shows.
pub const OUTLINE: &str = "(outline)";

/// An approval of a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// Who.
    pub by: String,
    /// When: `2026-01-31`.
    pub date: String,
    /// What the section's text was.
    pub digest: Digest,
    /// What is to be remembered with it.
    pub note: Option<String>,
}

/// Approvals of a document's sections, by anchor.
pub type SectionApprovals = BTreeMap<String, Vec<Approval>>;

/// Every approval, by document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Approvals {
    /// Approvals by the path of their document.
    pub documents: BTreeMap<String, SectionApprovals>,
}

impl Approvals {
    /// The approvals of the document at `path`.
    pub fn of(&self, path: &str) -> Option<&SectionApprovals> {
        self.documents.get(path)
    }

    /// Reads a file of approvals.
    pub fn parse(text: &str) -> Result<Self, ApprovalsError> {
        file::parse(text)
    }

    /// The file of approvals, sorted.
    pub fn to_text(&self) -> String {
        file::text(self)
    }

    /// Adds an approval of sections; each replaces what the same person approved of it before, but
    /// for one that says the same: that keeps its date. Approvals of sections that are gone go where
    /// the whole document is approved. Says how many sections were not approved like this before.
    pub fn approve(
        &mut self,
        path: &str,
        sections: &[(String, Digest)],
        approval: &Approval,
    ) -> usize {
        let approved = self.documents.entry(path.to_owned()).or_default();
        if sections.iter().any(|(anchor, _)| anchor == OUTLINE) {
            approved.retain(|anchor, _| sections.iter().any(|it| it.0 == *anchor));
        }
        let mut count = 0;
        for (anchor, digest) in sections {
            let of_section = approved.entry(anchor.clone()).or_default();
            let says_so = |it: &Approval| {
                let is_noted = approval.note.is_none() || approval.note == it.note;
                it.by == approval.by && it.digest == *digest && is_noted
            };
            if of_section.iter().any(says_so) {
                continue;
            }
            of_section.retain(|it| it.by != approval.by);
            of_section.push(Approval { digest: *digest, ..approval.clone() });
            of_section.sort_by(|one, other| one.by.cmp(&other.by));
            count += usize::from(anchor != OUTLINE);
        }
        count
    }

    /// Takes back what `by` approved of the sections with these anchors, or of the whole document
    /// where none is named. Says how many approvals that were.
    pub fn withdraw(&mut self, path: &str, anchors: &[String], by: &str) -> usize {
        let Some(approved) = self.documents.get_mut(path) else { return 0 };
        let mut count = 0;
        for (anchor, approvals) in approved.iter_mut() {
            // Who takes back a part no longer approves the whole.
            if anchors.is_empty() || anchor == OUTLINE || anchors.contains(anchor) {
                let before = approvals.len();
                approvals.retain(|it| it.by != by);
                count += usize::from(approvals.len() < before && anchor != OUTLINE);
            }
        }
        approved.retain(|_, approvals| !approvals.is_empty());
        self.documents.retain(|_, approved| !approved.is_empty());
        count
    }
}

/// The sections of a document that can be approved: all but its change log, which tells of the
/// others.
pub fn approvable(document: &Document) -> Vec<SectionDigest> {
    let mut sections = section_digests(document);
    sections.retain(|it| !it.is_log);
    sections
}

/// What an approval of the whole document is bound to: which sections it has.
pub fn outline(sections: &[SectionDigest]) -> (String, Digest) {
    let anchors: Vec<&str> = sections.iter().map(|it| it.anchor.as_str()).collect();
    (OUTLINE.to_owned(), Digest::of(&anchors.join("\n")))
}

#[cfg(test)]
mod tests;
