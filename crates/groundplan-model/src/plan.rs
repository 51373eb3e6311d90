//! Document to [`ServicePlan`].
use crate::{Document, ServicePlan};

/// Derives the service that a document describes; `None` where it states no endpoint.
pub fn plan(_document: &Document) -> Option<ServicePlan> {
    None
}
