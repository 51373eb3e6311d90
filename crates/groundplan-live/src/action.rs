//! What a route does, with its SQL written once at the start.
//!
//! One file an operation; [`Action::new`] is the table of them.

mod act;
mod aggregate;
mod bulk;
mod change;
mod create;
mod create_many;
mod delete;
mod delete_many;
mod download;
mod export;
mod file;
mod fill;
mod guard;
mod insert;
mod link;
mod list;
mod location;
mod pages;
mod quota;
mod read;
mod references;
pub(crate) mod rows;
mod rule;
mod session;
mod singleton;
mod transition;
mod update;
mod update_many;
mod upload;

use std::sync::Arc;

use bytes::Bytes;
pub(crate) use fill::time;
use groundplan_model::service::{Builtin, Operation, Resource, Route, ServicePlan};
use http::request::Parts;

use crate::Fault;
use crate::answer::Response;
use crate::auth::Verifier;
use crate::caller::Caller;
use crate::exchange::prefer::Prefer;
use crate::outside::{Services, Terms};
use crate::place::{Place, Target};
use crate::refused::Refused;
use crate::router::Params;
use crate::store::Constraints;
use crate::validate::{BodyRule, Sent};
use crate::wire::Shape;
use rows::Rows;

pub(crate) use fill::{Filler, owner};
pub(crate) use rule::Answers;

/// A request that was let in.
pub(crate) struct Call<'a> {
    pub(crate) store: Rows<'a>,
    pub(crate) verifier: Option<&'a Verifier>,
    pub(crate) caller: Caller,
    pub(crate) params: &'a Params<'a>,
    pub(crate) parts: &'a Parts,
    /// The body, where the operation takes one.
    pub(crate) body: Bytes,
    /// Other services, and how long this request waits for them.
    pub(crate) services: &'a Services,
    pub(crate) terms: Terms<'a>,
}

impl<'a> Call<'a> {
    fn query(&self) -> &'a str {
        self.parts.uri.query().unwrap_or_default()
    }

    fn prefer(&self) -> Prefer {
        Prefer::of(&self.parts.headers)
    }

    /// What `body` says, and of which place.
    async fn read(
        &self,
        place: &Place,
        rule: &BodyRule,
        body: &[u8],
    ) -> Result<(Target, Sent), Refused> {
        let target = place.target(self.params)?;
        let sent = rule.read(body, &self.caller, &target).await?;
        Ok((target, sent))
    }
}

/// What a route does.
pub(crate) enum Action {
    List(Arc<list::List>),
    Create(Arc<create::Create>),
    Read(Arc<read::Read>),
    Update(Arc<update::Update>),
    Delete(Arc<delete::Delete>),
    PutSingleton(Arc<singleton::Put>),
    Transition(Arc<transition::Change>),
    Upload(Arc<upload::Upload>),
    Download(Arc<download::Download>),
    Session(Arc<session::Accounts>),
    Aggregate(Arc<aggregate::Aggregate>),
    Export(Arc<export::Export>),
    CreateMany(Arc<create_many::CreateMany>),
    UpdateMany(Arc<update_many::UpdateMany>),
    DeleteMany(Arc<delete_many::DeleteMany>),
    Link(Arc<link::Link>),
    Act(Arc<act::Act>),
    /// A page of every service.
    Builtin(Builtin),
    /// Nothing, for this reason.
    Underived(String),
}

/// What an action is made from.
#[derive(Clone, Copy)]
pub(crate) struct Draft<'a> {
    pub(crate) plan: &'a ServicePlan,
    pub(crate) route: &'a Route,
    pub(crate) resource: &'a Resource,
    pub(crate) fault: Option<Fault>,
}

/// Why a route that says what to do does nothing.
const UNBOUND: &str = "the endpoint's rows could not be derived from the document";

impl Action {
    /// The action of `route`.
    pub(crate) fn new(plan: &ServicePlan, route: &Route, fault: Option<Fault>) -> Self {
        let resource = route.binding.as_ref().and_then(|it| plan.resources.get(it.resource));
        let place = Place::new(plan, route, fault);
        let (Some(resource), Some(place)) = (resource, place) else {
            return Self::without_rows(&route.operation);
        };
        let draft = Draft { plan, route, resource, fault };
        match &route.operation {
            Operation::List | Operation::Search => Self::list(list::List::new(&draft, place)),
            Operation::Create => Self::Create(Arc::new(create::Create::new(&draft, place))),
            Operation::Read | Operation::ReadSingleton => {
                Self::Read(Arc::new(read::Read::new(&draft, place)))
            }
            Operation::Replace | Operation::Update => {
                Self::Update(Arc::new(update::Update::new(&draft, place)))
            }
            Operation::Delete => Self::Delete(Arc::new(delete::Delete::new(&draft, place))),
            Operation::PutSingleton | Operation::Upsert => {
                Self::PutSingleton(Arc::new(singleton::Put::new(&draft, place)))
            }
            Operation::Transition(transition) if !draft.rule_sets(transition.column) => {
                Self::Transition(Arc::new(transition::Change::new(&draft, place, transition)))
            }
            Operation::Upload(rule) => match upload::Upload::new(&draft, place, rule) {
                Some(upload) => Self::Upload(Arc::new(upload)),
                None => Self::Underived(UNBOUND.to_owned()),
            },
            Operation::Download => match download::Download::new(&draft, place) {
                Some(download) => Self::Download(Arc::new(download)),
                None => Self::Underived(UNBOUND.to_owned()),
            },
            Operation::Session(session) => match session::Accounts::new(&draft, place, session) {
                Some(accounts) => Self::Session(Arc::new(accounts)),
                None => Self::Underived(UNBOUND.to_owned()),
            },
            Operation::History(history) => {
                let list = list::List::of_history(&draft, history);
                list.map_or_else(Self::unbound, Self::list)
            }
            Operation::Aggregate(plan) => {
                Self::Aggregate(Arc::new(aggregate::Aggregate::new(&draft, place, plan)))
            }
            Operation::Export(plan) => {
                Self::Export(Arc::new(export::Export::new(&draft, place, plan)))
            }
            Operation::CreateMany(bulk) => {
                Self::CreateMany(Arc::new(create_many::CreateMany::new(&draft, place, bulk)))
            }
            Operation::UpdateMany(bulk) => match update_many::UpdateMany::new(&draft, bulk) {
                Some(update) => Self::UpdateMany(Arc::new(update)),
                None => Self::Underived(UNBOUND.to_owned()),
            },
            Operation::DeleteMany(bulk) => {
                match delete_many::DeleteMany::new(&draft, place, bulk) {
                    Some(delete) => Self::DeleteMany(Arc::new(delete)),
                    None => Self::Underived(UNBOUND.to_owned()),
                }
            }
            Operation::Transition(_) | Operation::Act => match act::Act::new(&draft, place) {
                Ok(act) => Self::Act(Arc::new(act)),
                Err(_) => Self::Underived("the action has no rule".to_owned()),
            },
            Operation::Link | Operation::Unlink => {
                Self::Link(Arc::new(link::Link::new(&draft, place)))
            }
            operation @ (Operation::Underived(_) | Operation::Builtin(_)) => {
                Self::without_rows(operation)
            }
        }
    }

    fn list(list: list::List) -> Self {
        Self::List(Arc::new(list))
    }

    fn unbound() -> Self {
        Self::Underived(UNBOUND.to_owned())
    }

    /// The action of a route that has no rows.
    fn without_rows(operation: &Operation) -> Self {
        match operation {
            Operation::Builtin(builtin) => Self::Builtin(*builtin),
            Operation::Underived(reason) => Self::Underived(reason.clone()),
            _ => Self::Underived(UNBOUND.to_owned()),
        }
    }

    /// Every statement that is known before a request comes.
    pub(crate) fn statements(&self) -> Vec<&str> {
        match self {
            Self::List(list) => list.statements(),
            Self::Create(create) => create.statements(),
            Self::Read(read) => read.statements(),
            Self::Update(update) => update.statements(),
            Self::Delete(delete) => delete.statements(),
            Self::PutSingleton(put) => put.statements(),
            Self::Transition(change) => change.statements(),
            Self::Upload(upload) => upload.statements(),
            Self::Download(download) => download.statements(),
            Self::Session(accounts) => accounts.statements(),
            Self::Aggregate(it) => it.statements(),
            Self::Export(it) => it.statements(),
            Self::CreateMany(it) => it.statements(),
            Self::UpdateMany(it) => it.statements(),
            Self::DeleteMany(it) => it.statements(),
            Self::Link(link) => link.statements(),
            Self::Act(act) => act.statements(),
            Self::Builtin(_) | Self::Underived(_) => Vec::new(),
        }
    }

    /// Does it; `None` where there is nothing to do.
    // Each in a box of its own size: a connection has room for whatever a request may become, and
    // moves that for each request. Without, it would be as large as the largest action, several times.
    pub(crate) async fn run(&self, call: Call<'_>) -> Option<Result<Response, Refused>> {
        Some(match self {
            Self::List(list) => Box::pin(list.run(call)).await,
            Self::Read(read) => Box::pin(read.run(call)).await,
            Self::Create(create) => Box::pin(create.run(call)).await,
            Self::Update(update) => Box::pin(update.run(call)).await,
            Self::Delete(delete) => Box::pin(delete.run(call)).await,
            Self::PutSingleton(put) => Box::pin(put.run(call)).await,
            Self::Transition(change) => Box::pin(change.run(call)).await,
            Self::Upload(upload) => Box::pin(upload.run(call)).await,
            Self::Download(download) => Box::pin(download.run(call)).await,
            Self::Session(accounts) => Box::pin(accounts.run(call)).await,
            Self::Aggregate(it) => Box::pin(it.run(call)).await,
            Self::Export(it) => Box::pin(it.run(call)).await,
            Self::CreateMany(it) => Box::pin(it.run(call)).await,
            Self::UpdateMany(it) => Box::pin(it.run(call)).await,
            Self::DeleteMany(it) => Box::pin(it.run(call)).await,
            Self::Link(link) => Box::pin(link.run(call)).await,
            Self::Act(act) => Box::pin(act.run(call)).await,
            Self::Builtin(_) | Self::Underived(_) => return None,
        })
    }
}

impl Draft<'_> {
    /// Whether the route's rule gives the column at `index` its value.
    fn rule_sets(&self, index: usize) -> bool {
        let rule = self.route.rule.as_ref();
        rule.is_some_and(|rule| rule.own_changes().any(|change| change.column == index))
    }

    /// What a body may hold: the resource's fields, or the one that the path names.
    fn body_rule(&self, place: &Place, whole: bool) -> BodyRule {
        match self.route.binding.as_ref().and_then(|it| it.value) {
            Some(column) => BodyRule::only(self.resource, column),
            None => BodyRule::new(self.resource, place, whole),
        }
    }

    fn shape(&self) -> Shape {
        if let Some(column) = self.route.binding.as_ref().and_then(|it| it.value) {
            return Shape::new(self.resource, false).only(&[column]);
        }
        Shape::new(self.resource, self.fault == Some(Fault::MissingField))
    }

    /// The shape of rows that are answered one by one, with their stamp.
    fn stamped(&self) -> Shape {
        let shape = Shape::stamped(self.resource, self.fault == Some(Fault::MissingField));
        match self.route.binding.as_ref().and_then(|it| it.value) {
            Some(column) => shape.alone(column),
            None => shape,
        }
    }

    fn constraints(&self) -> Constraints {
        Constraints::new(self.plan, self.resource)
    }
}
