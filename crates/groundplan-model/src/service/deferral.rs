//! Work that is done after its request was answered with 202 (rule D13).

use serde_json::Value;

use super::{Attempts, Operation, Route, ServicePlan};

/// What the answer says while the work is still to be done.
#[derive(Clone, Debug, PartialEq)]
pub struct Deferral {
    /// Members of the answer, in their order.
    pub answer: Vec<(String, JobSlot)>,
    /// How the work is tried.
    pub attempts: Attempts,
}

/// What a member of the answer says of the job.
#[derive(Clone, Debug, PartialEq)]
pub enum JobSlot {
    /// Its id.
    Id,
    /// That it waits, in this word.
    Status(String),
    /// Always the same.
    Constant(Value),
}

impl Operation {
    /// Whether it can be done later: it changes rows, and its answer is no row that it makes.
    pub fn can_wait(&self) -> bool {
        match self {
            Self::Replace
            | Self::Update
            | Self::Delete
            | Self::Transition(_)
            | Self::CreateMany(_)
            | Self::UpdateMany(_)
            | Self::DeleteMany(_)
            | Self::PutSingleton
            | Self::Link
            | Self::Unlink
            | Self::Act => true,
            Self::List
            | Self::Search
            | Self::Create
            | Self::Read
            | Self::ReadSingleton
            | Self::Upload(_)
            | Self::Download
            | Self::Session(_)
            | Self::Aggregate(_)
            | Self::History(_)
            | Self::Export(_)
            | Self::Upsert
            | Self::Builtin(_)
            | Self::Underived(_) => false,
        }
    }
}

impl ServicePlan {
    /// Whether any endpoint's work is done later.
    pub fn defers(&self) -> bool {
        self.routes.iter().any(Route::is_deferred)
    }
}

impl Route {
    /// Whether its work is done after the answer.
    pub fn is_deferred(&self) -> bool {
        self.deferral.is_some()
    }
}
