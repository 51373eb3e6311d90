//! Sections, and what they are about.

use groundplan_syntax::Span;

use super::Text;

/// A heading and everything up to the next heading of its level or above.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Section {
    /// Level of the heading, 1 to 6.
    pub level: u8,
    /// The heading's text, numbering kept.
    pub title: Text,
    /// The heading's own span.
    pub heading: Span,
    /// Heading and body, subsections included.
    pub span: Span,
    /// What it is about; the synonyms are in `concepts.tsv`.
    pub concept: Option<Concept>,
    /// The fragment that GitHub gives the heading.
    pub anchor: String,
}

macro_rules! concepts {
    ($($(#[$doc:meta])* $name:ident = $key:literal,)*) => {
        /// What a section is about, whatever its heading says.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[derive(serde::Serialize, serde::Deserialize)]
        pub enum Concept { $($(#[$doc])* $name,)* }

        impl Concept {
            /// Every concept.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The concept's key in `concepts.tsv`.
            pub fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }
        }
    };
}

concepts! {
    /// What and why.
    Overview = "overview",
    /// Components and how they fit.
    Architecture = "architecture",
    /// Tables, columns, retention.
    DataModel = "data-model",
    /// Endpoints and contracts.
    Api = "api",
    /// Error answers and their handling.
    Errors = "errors",
    /// Authentication, authorisation, threats.
    Security = "security",
    /// Targets and load.
    Performance = "performance",
    /// Tests.
    Testing = "testing",
    /// Rollout, environments, rollback.
    Deployment = "deployment",
    /// Metrics, logs, alerts.
    Monitoring = "monitoring",
    /// Risks.
    Risks = "risks",
    /// Phases and tasks.
    Plan = "plan",
    /// Boxes to tick.
    Checklist = "checklist",
    /// Questions.
    Questions = "questions",
    /// The change log.
    Changes = "changes",
    /// Links to other documents.
    References = "references",
    /// What a user needs.
    Requirements = "requirements",
    /// Rules of the business.
    Rules = "rules",
    /// What was decided, and against what.
    Decisions = "decisions",
}
