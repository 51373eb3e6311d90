//! Files in bodies.

use crate::case::Possible;
use crate::case::request::Request;
use crate::service::{Operation, Route};

use super::{Scene, bound};

impl<'p> Scene<'_, 'p> {
    /// The route that makes rows of `resource` from files.
    pub(super) fn uploader(&self, resource: usize) -> Option<(usize, &'p Route)> {
        let makes = |it: &Route| bound(it) == Ok(resource) && it.makes_row();
        self.plan.routes.iter().enumerate().find(|(_, route)| makes(route))
    }

    /// The file of a request to an upload.
    pub(super) fn add_file(&mut self, request: &mut Request, route: &Route) -> Possible<()> {
        if let Operation::Upload(_) = &route.operation {
            let file = self.file(route, None)?;
            self.put_file(request, route, file);
        }
        Ok(())
    }
}
