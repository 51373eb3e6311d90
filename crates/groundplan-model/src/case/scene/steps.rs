//! Adding requests to a case, each with what its answer must be.

use super::{Scene, glance};
use crate::case::check::{AcceptedCheck, Check, RowCheck, Says};
use crate::case::request::Request;
use crate::case::{Purpose, Step};

impl Scene<'_, '_> {
    /// Adds a request that something else needs first.
    pub(in crate::case) fn setup(&mut self, request: Request, check: Check) {
        let check = if self.accepted(&request).is_some() { Check::Done } else { check };
        let row = request.route.and_then(|route| self.rows.success(route));
        self.add(Purpose::Setup, request, check, row);
    }

    /// Adds the request of interest. Of one whose work is done later the answer is the job, and
    /// what it would have answered is looked for in the row.
    pub(in crate::case) fn test(&mut self, request: Request, check: Check) {
        let accepted = self.accepted(&request).filter(|_| !matches!(check, Check::Error(_)));
        let Some(accepted) = accepted else {
            return self.add(Purpose::Test, request, check, None);
        };
        self.add(Purpose::Test, request, Check::Accepted(accepted), None);
        if let Check::Row(row) = check {
            self.looks(row);
        }
    }

    /// Adds a look at what the request of interest did.
    pub(in crate::case) fn after(&mut self, request: Request, check: Check) {
        self.add(Purpose::After, request, check, None);
    }

    fn add(&mut self, purpose: Purpose, request: Request, check: Check, row: Option<usize>) {
        let request = self.as_search(request);
        self.steps.push(Step { purpose, request, check, row, says: None });
    }

    /// Asks for a header in the answer to the request that was added last; not in that of a job,
    /// which is another answer.
    pub(in crate::case) fn says(&mut self, says: Says) {
        let is_job = |step: &Step| matches!(step.check, Check::Accepted(_));
        if self.steps.iter().any(is_job) {
            return;
        }
        if let Some(step) = self.steps.last_mut() {
            step.says = Some(says);
        }
    }

    /// Adds a look at a row that must be as `row` says, where an endpoint shows it.
    fn looks(&mut self, row: RowCheck) {
        let Some(made) = row.keep.or(row.same_as) else { return };
        let caller = self.made(made).map_or(0, |it| it.caller);
        let Some((index, reader)) = self.reader(row.resource) else { return };
        let request = self.request(index, self.place_of(index, made), caller);
        if let (Ok(request), Ok(look)) = (request, glance(reader)) {
            let check = RowCheck { status: look.status, whole: false, shown: look.shown, ..row };
            self.after(request, Check::Row(check));
        }
    }

    /// What a request answers whose work is done later.
    fn accepted(&self, request: &Request) -> Option<AcceptedCheck> {
        let route = self.plan.routes.get(request.route?)?;
        let answer = &route.deferral.as_ref()?.answer;
        let members = answer.iter().map(|(name, _)| name.clone()).collect();
        Some(AcceptedCheck { status: route.success, members })
    }
}
