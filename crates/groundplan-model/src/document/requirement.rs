//! Requirements and their like, by id.

use super::Text;
use crate::Certainty;

/// A place that defines a requirement, a story or a criterion with an id of its own.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Requirement {
    /// The id as written: `FR-1.2`, `AC-US1-01`; `3.1` for the first criterion of `Requirement 3`.
    pub id: Text,
    /// The words beside it, where there are any.
    pub title: String,
    /// The revision beside the id: 2 of `FR-1+2`. What knows an older one is stale.
    pub revision: Option<u32>,
    /// How sure the reading is: inferred for ids that are counted, or whose prefix is the document's
    /// own.
    pub certainty: Certainty,
}
