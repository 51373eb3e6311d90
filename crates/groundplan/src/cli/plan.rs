//! `groundplan plan`: what every endpoint of a document does, and why.

mod json;
mod text;

use std::path::PathBuf;

use groundplan_model::ServicePlan;
use groundplan_model::service::{NoteLevel, Operation, Role, SessionKind};

pub(crate) use json::plan as plan_json;

use super::inspect::Shape;
use super::{Outcome, Run, Ui};
use crate::exit::Exit;
use crate::render::json::printed;
use crate::service::{derived, service};

/// Show what every endpoint of a document does, and why
///
/// One block an endpoint: what it does with which table, the statuses that it answers, and the
/// lines of the document that this was derived from. `run`, `verify` and `/openapi.json` all follow
/// this plan.
#[derive(clap::Parser)]
#[command(name = "plan")]
pub(crate) struct Plan {
    /// A document, or a folder with one that describes a service
    #[arg(value_name = "FILE")]
    target: PathBuf,

    /// `text` for people, `json` for programs
    #[arg(alias = "output-format", long, value_name = "FORMAT", default_value = "text")]
    format: Shape,

    /// Exit with 1 if anything was assumed or could not be derived
    #[arg(long)]
    strict: bool,
}

impl Run for Plan {
    const EXAMPLES: &[(&str, &str)] = &[
        ("plan design.md", "every endpoint with its evidence"),
        ("plan design.md --strict", "for CI: nothing may be assumed"),
        ("plan design.md --format json | jq '.routes[].operation'", "for programs"),
    ];

    fn run(self, ui: &mut Ui) -> Outcome {
        let plan = service(&self.target, ui)?;
        ui.print(&match self.format {
            Shape::Text => text::plan(&plan, ui.styled()),
            Shape::Json => printed(&json::plan(&plan)),
        })?;
        Ok(Exit::of_findings(self.strict && is_doubtful(&plan)))
    }
}

fn is_doubtful(plan: &ServicePlan) -> bool {
    derived(plan) < plan.routes.len() || assumptions(plan) > 0
}

fn assumptions(plan: &ServicePlan) -> usize {
    plan.notes.iter().filter(|note| note.level >= NoteLevel::Assumption).count()
}

/// The operation's name in output.
fn operation(operation: &Operation) -> &'static str {
    match operation {
        Operation::List => "list",
        Operation::Create => "create",
        Operation::Read => "read",
        Operation::Replace => "replace",
        Operation::Update => "update",
        Operation::Delete => "delete",
        Operation::ReadSingleton => "read_singleton",
        Operation::PutSingleton => "put_singleton",
        Operation::Transition(_) => "transition",
        Operation::Session(session) => match session.kind {
            SessionKind::Register => "register",
            SessionKind::Login => "login",
            SessionKind::Refresh => "refresh",
            SessionKind::Logout => "logout",
            SessionKind::Me => "me",
        },
        Operation::Aggregate(_) => "aggregate",
        Operation::Export(_) => "export",
        Operation::CreateMany(_) => "create_many",
        Operation::UpdateMany(_) => "update_many",
        Operation::DeleteMany(_) => "delete_many",
        Operation::Underived(_) => "underived",
    }
}

/// The note's level in output.
fn level(level: NoteLevel) -> &'static str {
    match level {
        NoteLevel::Info => "info",
        NoteLevel::Assumption => "assumption",
        NoteLevel::Error => "error",
    }
}

/// The role's name in output.
fn role(role: Role) -> &'static str {
    match role {
        Role::GeneratedKey => "generated_key",
        Role::CreatedAt => "created_at",
        Role::UpdatedAt => "updated_at",
        Role::Version => "version",
        Role::Owner => "owner",
        Role::Tenant => "tenant",
        Role::State => "state",
        Role::Secret => "secret",
        Role::ReadOnly => "read_only",
        Role::Plain => "plain",
    }
}
