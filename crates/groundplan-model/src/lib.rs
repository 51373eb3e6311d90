//! What does it mean? Tree in, meaning out.
//!
//! [`lower`] turns a tree into a [`Document`] of typed facts, [`Workspace`] holds all documents,
//! [`plan`] derives the [`ServicePlan`] that a document describes, and [`Diagnostic`] is the one way
//! to tell a user about a document. Pure: no disk, network, clock, async or terminal.

pub mod approval;
pub mod case;
pub mod chain;
pub mod code;
pub mod diagnostic;
pub mod document;
pub mod linked;
pub mod links;
mod lower;
pub mod outline;
pub mod paths;
mod plan;
pub mod policy;
pub mod profile;
pub mod provenance;
pub mod schema;
pub mod service;
pub mod staleness;
pub mod template;
mod workspace;

pub use approval::Approvals;
pub use chain::Chains;
pub use diagnostic::{Certainty, Diagnostic, Fix, Label, Severity};
pub use document::Document;
pub use linked::Linked;
pub use lower::{lower, lower_all, lower_with};
pub use outline::Outline;
pub use plan::{path_shape, plan, plan_with};
pub use profile::{Classification, Profile};
pub use provenance::{Digest, Provenance};
pub use schema::Schema;
pub use service::ServicePlan;
pub use template::Template;
pub use workspace::{FileSet, Workspace};
