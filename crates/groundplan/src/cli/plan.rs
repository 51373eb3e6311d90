//! `groundplan plan`: what every endpoint of a document does, and why.

mod json;
mod lock;
mod text;

use std::path::PathBuf;

use groundplan_model::ServicePlan;
use groundplan_model::path_shape;
use groundplan_model::service::{NoteLevel, Operation, Role, Route, SessionKind};

pub(crate) use json::plan as plan_json;

use super::inspect::Shape;
use super::{Outcome, Run, Ui};
use crate::exit::{Exit, Failure};
use crate::render::json::printed;
use crate::serve;
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

    /// Show one endpoint alone: "POST /orders/{id}/cancel"
    #[arg(long, value_name = "ENDPOINT", conflicts_with_all = ["lock", "locked"])]
    explain: Option<String>,

    /// Write `plan.lock.json` beside the document: what every endpoint does, without places
    #[arg(long, conflicts_with = "locked")]
    lock: bool,

    /// Exit with 1 if the plan is not the one in `plan.lock.json`, and show what differs
    #[arg(long)]
    locked: bool,
}

impl Run for Plan {
    const EXAMPLES: &[(&str, &str)] = &[
        ("plan design.md", "every endpoint with its evidence"),
        ("plan design.md --strict", "for CI: nothing may be assumed"),
        ("plan design.md --explain 'POST /orders/{id}/cancel'", "one endpoint's trail"),
        ("plan design.md --lock", "keep the plan in a file, so that a review sees it change"),
        ("plan design.md --locked", "for CI: the plan is the one that was reviewed"),
        ("plan design.md --format json | jq '.routes[].operation'", "for programs"),
    ];

    fn run(self, ui: &mut Ui) -> Outcome {
        let plan = service(&self.target, ui)?;
        if self.lock || self.locked {
            let file = lock::LockFile::of(&plan);
            return if self.lock { file.write(&plan, ui) } else { file.compare(&plan, ui) };
        }
        if let Some(wanted) = &self.explain {
            let upstream = serve::upstream(&*serve::settled(&plan)?);
            let route = route(&plan, wanted)?;
            ui.print(&text::explain(&plan, route, upstream.as_deref(), ui.styled()))?;
            return Ok(Exit::Clean);
        }
        ui.print(&match self.format {
            Shape::Text => text::plan(&plan, ui.styled()),
            Shape::Json => printed(&json::plan(&plan)),
        })?;
        Ok(Exit::of_findings(self.strict && is_doubtful(&plan)))
    }
}

/// The endpoint that is asked for, whatever its parameters are called; its path may be named
/// without the base path.
fn route<'p>(plan: &'p ServicePlan, wanted: &str) -> Result<&'p Route, Failure> {
    let (method, path) = wanted.trim().split_once(char::is_whitespace).unwrap_or(("", wanted));
    let path = path_shape(path.trim());
    let is_it = |route: &&Route| {
        let own = path_shape(&route.path_text());
        let is_path = own == path || own == format!("{}{path}", plan.base_path);
        is_path && (method.is_empty() || route.method.as_str().eq_ignore_ascii_case(method))
    };
    let found = plan.routes.iter().find(is_it);
    found.ok_or_else(|| {
        Failure::new(
            format!("no endpoint of `{}` is `{wanted}`", plan.source.path()),
            "`groundplan plan FILE` lists all of them",
        )
    })
}

fn is_doubtful(plan: &ServicePlan) -> bool {
    derived(plan) < plan.routes.len() || assumptions(plan) > 0
}

fn assumptions(plan: &ServicePlan) -> usize {
    plan.notes.iter().filter(|note| note.level == NoteLevel::Assumption).count()
}

/// The operation's name in output.
fn operation(operation: &Operation) -> &'static str {
    match operation {
        Operation::List => "list",
        Operation::Search => "search",
        Operation::Create => "create",
        Operation::Read => "read",
        Operation::Replace => "replace",
        Operation::Update => "update",
        Operation::Delete => "delete",
        Operation::ReadSingleton => "read_singleton",
        Operation::PutSingleton => "put_singleton",
        Operation::Transition(_) => "transition",
        Operation::Upload(_) => "upload",
        Operation::Download => "download",
        Operation::Session(session) => match session.kind {
            SessionKind::Register => "register",
            SessionKind::Login => "login",
            SessionKind::Refresh => "refresh",
            SessionKind::Logout => "logout",
            SessionKind::Me => "me",
        },
        Operation::Aggregate(_) => "aggregate",
        Operation::History(_) => "history",
        Operation::Export(_) => "export",
        Operation::CreateMany(_) => "create_many",
        Operation::UpdateMany(_) => "update_many",
        Operation::DeleteMany(_) => "delete_many",
        Operation::Upsert => "upsert",
        Operation::Link => "link",
        Operation::Unlink => "unlink",
        Operation::Act => "act",
        Operation::Builtin(_) => "builtin",
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
        Role::Deleted => "deleted",
        Role::Hidden => "hidden",
        Role::ReadOnly => "read_only",
        Role::Plain => "plain",
    }
}
