//! What a document is for in its chain.

use crate::Document;
use crate::profile::Kind;

/// The stages of a feature, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// What is wanted: product requirements, requirements, proposals.
    Requirements,
    /// What has to hold: specifications.
    Specification,
    /// How it is built.
    Design,
    /// How it is coded: implementation documents, plans.
    Implementation,
    /// What is done, step by step.
    Tasks,
    /// What goes with it: data models, checklists, decisions, notes.
    Supporting,
}

impl Stage {
    /// Every stage.
    pub const ALL: [Self; 6] = [
        Self::Requirements,
        Self::Specification,
        Self::Design,
        Self::Implementation,
        Self::Tasks,
        Self::Supporting,
    ];

    /// The stage of a document.
    pub fn of(document: &Document) -> Self {
        Self::of_kind(document.classification.kind)
    }

    /// The stage of a document of this kind.
    pub fn of_kind(kind: Kind) -> Self {
        match kind {
            Kind::Prd | Kind::Requirements | Kind::Proposal => Self::Requirements,
            Kind::Specification => Self::Specification,
            Kind::TechnicalDesign => Self::Design,
            Kind::ImplementationDocument | Kind::Plan => Self::Implementation,
            Kind::TaskList => Self::Tasks,
            Kind::DataModel | Kind::Checklist | Kind::DecisionRecord | Kind::Other => {
                Self::Supporting
            }
        }
    }

    /// The stage's name in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Requirements => "requirements",
            Self::Specification => "specification",
            Self::Design => "design",
            Self::Implementation => "implementation",
            Self::Tasks => "tasks",
            Self::Supporting => "supporting",
        }
    }
}
