//! A document's facts: one type a kind of fact, each with the place that states it.

mod annotation;
mod contract;
mod decision;
mod dependency;
mod diagram;
mod endpoint;
mod entity;
mod environment;
mod external;
mod form;
mod header;
mod items;
mod mention;
mod phase;
mod policy;
mod requirement;
mod retention;
mod risk;
mod rollout;
mod section;
mod target;
mod term;
mod threat;

pub use annotation::{Annotation, RuleBlock};
pub use contract::{ContractFault, ContractFaultKind};
pub use decision::{Choice, Decision};
pub use dependency::Dependency;
pub use diagram::Diagram;
pub use endpoint::{Endpoint, ErrorCase, Example, ExampleRole, Method, Operation};
pub use entity::{Entity, EntityField};
pub use environment::Environment;
pub use form::{Form, Forms};
pub use header::{HeaderField, State, Status};
pub use items::{Change, ChecklistItem, Link, Mark, Placeholder, Question};
pub use mention::Mention;
pub use phase::Phase;
pub use policy::{Grant, Policy, PolicyKind, PromisedHeader, Transition};
pub use requirement::Requirement;
pub use retention::Retention;
pub use risk::Risk;
pub use rollout::{Rollback, RolloutStep};
pub use section::{Concept, Section};
pub use target::{Comparator, Metric, Quantity, Target, TargetRole, Unit};
pub use term::Term;
pub use threat::Threat;

use groundplan_syntax::{Problem, Source, Span};

use crate::{Certainty, Classification, Provenance, Schema};

/// A piece of the document's text with its place.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Text {
    /// The text, markup removed.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// Everything that one document states.
#[derive(Clone, Debug)]
pub struct Document {
    /// The text itself.
    pub source: Source,
    /// What kind of document it is, of which family, and why.
    pub classification: Classification,
    /// The first heading of level one.
    pub title: Option<Text>,
    /// Why the front matter is not YAML, and where.
    pub front_matter_fault: Option<Text>,
    /// Header fields in order, whatever form they were written in.
    pub header: Vec<HeaderField>,
    /// Header fields that the document's end repeats.
    pub footer: Vec<HeaderField>,
    /// The status that the header states.
    pub status: Option<Status>,
    /// Headings with what lies under them, in order.
    pub sections: Vec<Section>,
    /// Every statement of an endpoint; one endpoint may be stated several times.
    pub endpoints: Vec<Endpoint>,
    /// Endpoints that are named in passing: in sentences, other tables, code.
    pub mentions: Vec<Endpoint>,
    /// Operations of OpenAPI fragments.
    pub operations: Vec<Operation>,
    /// What is wrong in OpenAPI fragments.
    pub contract_faults: Vec<ContractFault>,
    /// The data model.
    pub schema: Schema,
    /// Data types in other forms than SQL.
    pub entities: Vec<Entity>,
    /// JSON examples.
    pub examples: Vec<Example>,
    /// Documented error answers.
    pub error_cases: Vec<ErrorCase>,
    /// Performance targets and alert thresholds.
    pub targets: Vec<Target>,
    /// Items with a box.
    pub checklist: Vec<ChecklistItem>,
    /// Requirements, stories and criteria that it defines.
    pub requirements: Vec<Requirement>,
    /// Ids of requirements that it cites and does not define.
    pub requirement_refs: Vec<Text>,
    /// Ends of the ranges that it cites, `FR-1` through `FR-5`: what lies between is cited as well.
    pub requirement_ranges: Vec<(String, String)>,
    /// Every place that cites a requirement, own ones and the inner ones of ranges too.
    pub citations: Vec<Text>,
    /// Names of components.
    pub components: Vec<Text>,
    /// Names of environment variables.
    pub env_vars: Vec<Text>,
    /// Paths of files in backticks, each once.
    pub source_paths: Vec<Text>,
    /// Every place that names one of them.
    pub source_path_uses: Vec<Text>,
    /// Open questions.
    pub questions: Vec<Question>,
    /// Entries of the change log, in order.
    pub changes: Vec<Change>,
    /// Links and images.
    pub links: Vec<Link>,
    /// Text that nobody filled in.
    pub placeholders: Vec<Placeholder>,
    /// Rules that the service enforces: authentication, ownership, limits.
    pub policies: Vec<Policy>,
    /// Allowed changes of state.
    pub transitions: Vec<Transition>,
    /// Decisions, and alternatives that were weighed.
    pub decisions: Vec<Decision>,
    /// What the service or the work needs from others.
    pub dependencies: Vec<Dependency>,
    /// What may go wrong.
    pub risks: Vec<Risk>,
    /// Attacks and weaknesses.
    pub threats: Vec<Threat>,
    /// How long data is kept.
    pub retention: Vec<Retention>,
    /// How work in the background is tried: sentences, rows and settings.
    pub job_terms: Vec<Text>,
    /// Where the service runs.
    pub environments: Vec<Environment>,
    /// Steps of the rollout.
    pub rollout: Vec<RolloutStep>,
    /// How the change is taken back.
    pub rollback: Option<Rollback>,
    /// Phases of the work, every statement of one.
    pub phases: Vec<Phase>,
    /// What ties paths to tables.
    pub annotations: Vec<Annotation>,
    /// Rule blocks, in order.
    pub rule_blocks: Vec<RuleBlock>,
    /// The glossary.
    pub glossary: Vec<Term>,
    /// Diagrams with the names of their nodes.
    pub diagrams: Vec<Diagram>,
    /// Markdown files that the text names without a link.
    pub file_mentions: Vec<Mention>,
    /// The form of every block; [`Document::form_of`] asks it.
    pub forms: Forms,
    /// What it was made from, where it says so.
    pub provenance: Option<Provenance>,
    /// What is broken in the Markdown itself.
    pub problems: Vec<Problem>,
}

/// From this many places on, in a third of all sections, a document is a template.
const TEMPLATE_PLACES: usize = 12;

impl Document {
    /// The innermost section that holds `offset`.
    pub fn section_at(&self, offset: u32) -> Option<&Section> {
        self.sections.get(self.section_index_at(offset)?)
    }

    /// The index of that section.
    pub(crate) fn section_index_at(&self, offset: u32) -> Option<usize> {
        let after = self.sections.partition_point(|section| section.heading.start <= offset);
        after.checked_sub(1)
    }

    /// Error answers with a row or an item of their own; a sentence that names a status promises
    /// none for the whole service.
    pub fn error_rows(&self) -> impl Iterator<Item = &ErrorCase> {
        self.error_cases.iter().filter(|case| case.certainty == Certainty::Stated)
    }

    /// Whether `offset` lies in a section of `concept`, or in a subsection of one.
    pub fn is_under(&self, offset: u32, concept: Concept) -> bool {
        let holds = |section: &&Section| section.span.start <= offset && offset < section.span.end;
        self.sections.iter().filter(holds).any(|section| section.concept == Some(concept))
    }

    /// Whether it is a template: places that nobody filled in stand all over it.
    pub fn is_template(&self) -> bool {
        if self.placeholders.len() < TEMPLATE_PLACES {
            return false;
        }
        let section = |at: u32| self.section_at(at).map(|it| it.heading);
        let mut sections: Vec<_> =
            self.placeholders.iter().map(|it| section(it.text.span.start)).collect();
        sections.dedup();
        sections.len() * 3 >= self.sections.len()
    }

    /// The first header field named `key`, compared without case.
    pub fn field(&self, key: &str) -> Option<&HeaderField> {
        self.header.iter().find(|field| field.key.eq_ignore_ascii_case(key))
    }
}
