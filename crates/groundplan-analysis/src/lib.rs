//! What is there to say about a document? Rules, their findings, and the edits that mend them.
//!
//! [`rules::ALL`] is the registry: one file and one page a rule. [`check_alone`] and [`Checker`] run it,
//! [`apply_fixes`] applies what it proposes, [`manual`] prints its pages. Pure: facts in, findings
//! out; reading documents, and printing findings, happen elsewhere.

pub mod board;
pub mod changelog;
mod check;
mod code_lines;
mod context;
mod custom;
pub mod derive;
pub mod difference;
pub mod drift;
mod endpoints;
mod fences;
mod findings;
mod fix;
pub mod fmt;
pub mod impact;
mod index;
mod json_members;
mod lines;
mod manual;
mod mates;
mod names;
mod outline;
mod phases;
mod references;
mod requirement_ids;
mod rows;
pub mod rules;
mod selection;
mod snippets;
mod suppression;
mod table_examples;
mod targets;
mod task_links;
pub mod tasks;
mod templated;
mod text;
pub mod trace;
mod value_sets;
mod words;

use groundplan_model::{links, paths};

pub use check::{Checker, apply_comments, check_alone, check_workspace, sort};
pub use context::{Context, LinkedContext};
pub use custom::{
    ColumnDemand, Defined, Demand, GROUP, HeaderDemand, Pattern, SectionsDemand, TableDemand,
    TeamRule,
};
pub use findings::{Finding, Findings};
pub use fix::{Fixed, apply_fixes};
pub use manual::manual;
pub use rules::{ALL, Check, FixKind, Rule, rule};
pub use selection::Selection;
pub use suppression::{Applied, GROUP as SUPPRESSIONS, Suppressed, Suppressions};
