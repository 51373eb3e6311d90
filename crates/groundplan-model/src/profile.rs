//! Profiles: which family of documents a file belongs to, and which kind it is there.
//!
//! A profile is a readable file of `profiles/`: path patterns, headings and header keys per kind,
//! and the family's own words for sections. A team's own profiles come before the built-in ones.

mod detect;
mod marks;
mod pairs;
mod pattern;
mod read;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use crate::document::Concept;

pub(crate) use detect::detect;
use marks::Marks;
pub use pattern::Pattern;

/// What a document is.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    serde::Serialize,
    serde::Deserialize,
)]
pub enum Kind {
    /// Product requirements.
    Prd,
    /// A technical design.
    TechnicalDesign,
    /// A technical implementation document.
    ImplementationDocument,
    /// A list of tasks.
    TaskList,
    /// A decision record.
    DecisionRecord,
    /// A specification of a system or a feature.
    Specification,
    /// Requirements with criteria.
    Requirements,
    /// A proposal.
    Proposal,
    /// A plan.
    Plan,
    /// A data model.
    DataModel,
    /// A checklist.
    Checklist,
    /// None of these.
    #[default]
    Other,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 12] = [
        Self::Prd,
        Self::TechnicalDesign,
        Self::ImplementationDocument,
        Self::TaskList,
        Self::DecisionRecord,
        Self::Specification,
        Self::Requirements,
        Self::Proposal,
        Self::Plan,
        Self::DataModel,
        Self::Checklist,
        Self::Other,
    ];

    /// The kind's name in output and in profiles.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Prd => "prd",
            Self::TechnicalDesign => "technical-design",
            Self::ImplementationDocument => "implementation-document",
            Self::TaskList => "task-list",
            Self::DecisionRecord => "decision-record",
            Self::Specification => "specification",
            Self::Requirements => "requirements",
            Self::Proposal => "proposal",
            Self::Plan => "plan",
            Self::DataModel => "data-model",
            Self::Checklist => "checklist",
            Self::Other => "other",
        }
    }
}

/// What a document was taken for, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Classification {
    /// What it is.
    pub kind: Kind,
    /// Name of the profile; `plain` where none fits.
    pub profile: String,
    /// Why, in a few words each.
    pub reasons: Vec<String>,
}

/// A family of documents.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Its name: `xcc`, `speckit`, …
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// The kinds that it knows.
    pub kinds: Vec<KindRule>,
    /// Its own words for sections.
    pub concepts: Vec<(Concept, String)>,
    /// Where documents made from templates go: the template's name, and the form of the path.
    pub files: Vec<(String, String)>,
    /// The patterns of paths, each with the index of its kind.
    patterns: Vec<(usize, Pattern)>,
}

/// How a document of one kind is known.
#[derive(Clone, Debug)]
pub struct KindRule {
    /// The kind.
    pub kind: Kind,
    /// Headings, in lower case and without numbers.
    pub headings: Vec<String>,
    /// Header keys, in lower case.
    pub header: Vec<String>,
    heading_marks: Marks,
    key_marks: Marks,
}

/// Why a profile can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileError {
    /// What is wrong, with the key.
    pub message: String,
}

impl Profile {
    /// Reads a profile file (TOML). Unknown keys are errors, so that a spelling mistake shows.
    pub fn parse(text: &str) -> Result<Self, ProfileError> {
        read::profile(text)
    }

    /// The path patterns of the kind at `index` of [`Profile::kinds`].
    pub fn paths(&self, index: usize) -> impl Iterator<Item = &str> {
        let own = self.patterns.iter().filter(move |(kind, _)| *kind == index);
        own.map(|(_, pattern)| pattern.text())
    }

    /// The built-in profiles, the more particular ones first.
    pub fn built_in() -> &'static [Self] {
        &BUILT_IN
    }
}

/// The files of `profiles/`; a test holds the list against the folder.
const FILES: [&str; 13] = [
    include_str!("../profiles/xcc.toml"),
    include_str!("../profiles/speckit.toml"),
    include_str!("../profiles/kiro.toml"),
    include_str!("../profiles/openspec.toml"),
    include_str!("../profiles/specweave.toml"),
    include_str!("../profiles/canary.toml"),
    include_str!("../profiles/kep.toml"),
    include_str!("../profiles/rfc.toml"),
    include_str!("../profiles/msc.toml"),
    include_str!("../profiles/adr.toml"),
    include_str!("../profiles/dotai.toml"),
    include_str!("../profiles/specification.toml"),
    include_str!("../profiles/design.toml"),
];

// A test parses every file, so nothing is lost here.
static BUILT_IN: LazyLock<Vec<Profile>> =
    LazyLock::new(|| FILES.iter().filter_map(|text| Profile::parse(text).ok()).collect());
