//! Who calls, as far as rows are concerned.

use std::sync::Arc;

/// The caller of a request that was let in. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Caller {
    /// What rows call their owner.
    pub(crate) subject: Arc<str>,
    /// The tenant that the caller belongs to, where tokens name one.
    pub(crate) tenant: Option<Arc<str>>,
    /// What the caller may do, in the document's words.
    pub(crate) roles: Arc<[String]>,
}

impl Caller {
    /// A caller without tenant and roles.
    pub(crate) fn named(subject: impl Into<Arc<str>>) -> Self {
        Self { subject: subject.into(), tenant: None, roles: Arc::default() }
    }
}
