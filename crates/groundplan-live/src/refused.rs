//! [`Refused`]: the `Err` of everything between a request and its answer.

use std::borrow::Cow;

use groundplan_model::service::Refusal;
use serde_json::error::Category;

use crate::store::Failed;

/// Why a request is refused, for people and programs.
#[derive(Clone, Debug)]
pub(crate) struct Refused {
    pub(crate) refusal: Refusal,
    /// A sentence.
    pub(crate) message: Cow<'static, str>,
    pub(crate) faults: Vec<FieldFault>,
    /// The status, where a rule block says it.
    pub(crate) status: Option<u16>,
    /// After how many seconds to try again.
    pub(crate) retry_after_s: Option<u64>,
    /// Whether a token was sent that does not hold.
    pub(crate) invalid_token: bool,
}

/// What is wrong with one member or parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldFault {
    pub(crate) field: String,
    pub(crate) message: String,
}

impl FieldFault {
    pub(crate) fn new(field: &str, message: impl Into<String>) -> Self {
        Self { field: field.to_owned(), message: message.into() }
    }
}

impl Refused {
    pub(crate) fn new(refusal: Refusal, message: impl Into<Cow<'static, str>>) -> Self {
        let message = message.into();
        let (faults, status, retry_after_s) = Default::default();
        Self { refusal, message, faults, status, retry_after_s, invalid_token: false }
    }

    /// A refusal that names fields; the sentence lists them all.
    pub(crate) fn fields(refusal: Refusal, what: &str, faults: Vec<FieldFault>) -> Self {
        let each = faults.iter().map(|it| format!("`{}` {}", it.field, it.message));
        let list = each.collect::<Vec<_>>().join("; ");
        Self { faults, ..Self::new(refusal, format!("{what}: {list}")) }
    }

    /// A body that is no JSON, or no object where one is read.
    pub(crate) fn malformed(error: &serde_json::Error) -> Self {
        let message = match error.classify() {
            Category::Data => "the body must be a JSON object".into(),
            _ => Cow::from(format!("the body is not JSON: {error}")),
        };
        Self::new(Refusal::MalformedBody, message)
    }

    pub(crate) fn not_found() -> Self {
        Self::new(Refusal::NotFound, "there is no such row")
    }

    pub(crate) fn unavailable() -> Self {
        let message = "the database is busy or gone; try again shortly";
        Self { retry_after_s: Some(1), ..Self::new(Refusal::Unavailable, message) }
    }
}

impl From<Failed> for Refused {
    /// For statements that no request can make fail: only the database itself can.
    fn from(failed: Failed) -> Self {
        tracing::error!(error = %failed, "the database failed");
        Self::unavailable()
    }
}
