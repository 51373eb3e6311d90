//! Drift: what documents and the code beside them say differently, in both directions.
//!
//! Endpoints, tables and environment variables of outlines against those of [`CodeFile`]s, and
//! endpoints against OpenAPI files. Pure: reading the code, and accepting a difference, happen
//! elsewhere.

mod claim;
mod column_types;
pub(crate) mod conflicts;
mod contracts;
mod matching;
pub mod names;
mod nearest;
mod report;
mod routes;
mod shift;
mod stated;
mod surface;
mod tables;
mod unstated;
mod variables;

use groundplan_model::code::CodeFile;
use groundplan_model::{Diagnostic, Linked, Outline, Severity};

pub use claim::Claim;

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Endpoints with routes.
    Routes,
    /// Tables with migrations and models.
    Tables,
    /// Environment variables with what the code reads.
    Variables,
    /// Endpoints with OpenAPI files.
    Contracts,
}

impl Topic {
    /// Every topic.
    pub const ALL: [Self; 4] = [Self::Routes, Self::Tables, Self::Variables, Self::Contracts];

    /// What documents state, what the code has, and where it has it.
    pub fn nouns(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Routes => ("endpoint", "route", "the code"),
            Self::Tables => ("table", "table", "the code"),
            Self::Variables => ("variable", "variable", "the code"),
            Self::Contracts => ("endpoint", "operation", "the contract"),
        }
    }
}

/// Everything that differs.
#[derive(Clone, Debug, Default)]
pub struct Drift {
    /// Documents that state something of what was compared, by path.
    pub documents: Vec<DocumentDrift>,
    /// What the code has and no document is about: how much of each topic.
    pub strangers: Vec<(Topic, usize)>,
}

/// What differs between one document and the code.
#[derive(Clone, Debug)]
pub struct DocumentDrift {
    /// The document.
    pub path: String,
    /// What it says of itself.
    pub claim: Claim,
    /// How much of it is there.
    pub tallies: Vec<Tally>,
    /// The differences; what only the code has is found with the document that is about it.
    pub findings: Vec<Diagnostic>,
}

/// How much of one topic is in both places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The topic.
    pub topic: Topic,
    /// What the document states.
    pub stated: usize,
    /// What of it is there.
    pub found: usize,
    /// What only the code has.
    pub unstated: usize,
}

/// A document that counts.
struct Side<'a> {
    outline: &'a Outline,
    claim: Claim,
}

impl Side<'_> {
    /// How much a difference matters. What could not be read for certain is no error.
    fn severity(&self, is_sure: bool) -> Severity {
        match self.claim {
            Claim::Built if is_sure => Severity::Error,
            Claim::Built | Claim::Agreed => Severity::Warning,
            Claim::Planned => Severity::Info,
        }
    }
}

/// Compares all documents with all code. Templates and superseded documents state nothing.
pub fn drift(linked: &Linked<'_>, code: &[CodeFile], topics: &[Topic]) -> Drift {
    let sides = claim::sides(linked);
    let document = |it: &Side<'_>| DocumentDrift {
        path: it.outline.path.clone(),
        claim: it.claim,
        tallies: Vec::new(),
        findings: Vec::new(),
    };
    let mut drift =
        Drift { documents: sides.iter().map(document).collect(), strangers: Vec::new() };
    for topic in Topic::ALL.iter().filter(|it| topics.contains(it)) {
        match topic {
            Topic::Routes => routes::compare(&sides, code, &mut drift),
            Topic::Tables => tables::compare(&sides, code, &mut drift),
            Topic::Variables => variables::compare(&sides, code, &mut drift),
            Topic::Contracts => contracts::compare(&sides, code, &mut drift),
        }
    }
    drift.documents.retain(|it| !it.tallies.is_empty() || !it.findings.is_empty());
    drift
}

impl Drift {
    fn found(&mut self, side: usize, finding: Diagnostic) {
        if let Some(document) = self.documents.get_mut(side) {
            document.findings.push(finding);
        }
    }

    /// Keeps a tally of a document that states something.
    fn tally(&mut self, side: usize, tally: Tally) {
        let document = self.documents.get_mut(side).filter(|_| tally.stated > 0);
        if let Some(document) = document {
            document.tallies.push(tally);
        }
    }
}

#[cfg(test)]
mod tests;
