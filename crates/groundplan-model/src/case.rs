//! [`Case`]s: the requests that show whether a service does what its document says.
//!
//! [`Cases::of`] is pure: the same plan, seed and tag give the same cases. Each case proves some
//! rows of the document, names the requests in order, and says of each answer what must hold.
//! What the answers really are is `groundplan-live`'s to find out.

mod check;
mod error_row;
mod fault;
mod file;
mod refused;
mod request;
mod rows;
mod scene;
mod success;
#[cfg(test)]
mod tests;
mod value;
mod wire;

pub use check::{
    AcceptedCheck, Check, ErrorCheck, FiguresCheck, FileCheck, Fit, HistoryCheck, ListCheck,
    ManyCheck, Only, Retry, RowCheck, Says, TokenCheck,
};
pub use file::{BOUNDARY, DownloadCheck, File, Form, FormFile};
pub use request::{Body, Caller, Headers, Item, Many, Part, Request, RowId, State, Target};
pub use rows::{Row, RowKind};
pub use wire::{fits_type, same_value};

use groundplan_syntax::Span;

use crate::ServicePlan;
use crate::service::Route;
use rows::Rows;
use value::Values;

/// Where the values in requests come from.
#[derive(Clone, Debug)]
pub struct Seed {
    /// Decides which values are sent.
    pub number: u64,
    /// Lower-case letters and digits that make this run's values differ from those that an earlier
    /// run left in the database.
    pub tag: String,
}

/// The document's rows, and the cases that prove them.
#[derive(Clone, Debug)]
pub struct Cases {
    /// Rows in the document's order.
    pub rows: Vec<Row>,
    /// Cases in the order in which they are to run.
    pub cases: Vec<Case>,
}

/// Requests that show whether some rows of the document are true.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// What the request of interest has about it: `` without `format` ``. Read after `METHOD path`.
    pub name: String,
    /// Positions of the rows that it proves in [`Cases::rows`].
    pub rows: Vec<usize>,
    /// Places that make the rule.
    pub because: Vec<Because>,
    /// What to do.
    pub work: Work,
    /// Requests that remove the case's rows again, to be made in order, whatever they answer.
    pub cleanup: Vec<Request>,
}

/// A place in the document that makes a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Because {
    /// Where.
    pub span: Span,
    /// What stands there.
    pub message: String,
}

/// What a case asks for.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "floods are few, and a run holds one case at a time")]
pub enum Work {
    /// Requests, one after the other, until an answer is not as it must be.
    Steps(Vec<Step>),
    /// Steps, and then one request over and over until it is refused.
    Flood {
        /// What is needed first.
        setup: Vec<Step>,
        /// The request.
        request: Request,
        /// How many the document allows.
        count: u32,
        /// In how many seconds.
        window_s: u32,
        /// What the refusal must look like.
        check: ErrorCheck,
    },
    /// Nothing can be shown, for this reason: no request of ours causes it.
    NotProvoked(String),
    /// Nothing was tried, for this reason: something is missing for it.
    Skipped(String),
}

/// One request and what its answer must be.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What it is for.
    pub purpose: Purpose,
    /// The request.
    pub request: Request,
    /// What must hold for the answer.
    pub check: Check,
    /// What one of its headers must say.
    pub says: Option<Says>,
    /// The row that is to blame where it is not the case's own: a set-up request's.
    pub row: Option<usize>,
}

/// What a step is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To have what the request of interest needs.
    Setup,
    /// The request of interest.
    Test,
    /// To see whether what was answered is also true.
    After,
}

impl Cases {
    /// Every case of `plan`.
    pub fn of(plan: &ServicePlan, seed: &Seed) -> Self {
        let rows = Rows::of(plan);
        let mut values = Values::new(seed);
        let mut cases = Vec::new();
        for (index, route) in plan.routes.iter().enumerate() {
            let mut maker = Maker { plan, rows: &rows, index, route, values: &mut values };
            cases.extend(success::cases(&mut maker));
            cases.extend(refused::cases(&mut maker));
        }
        cases.extend(error_row::method(plan, &rows, &mut values));
        cases.extend(error_row::unproved(plan, &rows, &cases));
        // A flood spends its caller's requests, which may be the only caller there is.
        cases.sort_by_key(|case| matches!(case.work, Work::Flood { .. }));
        Self { rows: rows.list, cases }
    }
}

/// What making the cases of one route needs.
struct Maker<'a, 'p> {
    plan: &'p ServicePlan,
    rows: &'a Rows,
    index: usize,
    route: &'p Route,
    values: &'a mut Values,
}

/// `Err` is the reason why something cannot be requested.
type Possible<T> = Result<T, String>;
