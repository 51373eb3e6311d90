//! Requests whose work is done later: let in now, made again by a worker.

use std::sync::atomic::Ordering;

use bytes::Bytes;
use groundplan_model::service::Deferral;
use http::request::Parts;

use super::{Endpoint, called};
use crate::action::Call;
use crate::action::rows::{Along, Rows};
use crate::answer::Response;
use crate::app::App;
use crate::exchange::request_id::RequestId;
use crate::queue::{Job, Task, accepted};
use crate::refused::Refused;
use crate::router::Params;
use crate::store::audit::Origin;
use crate::store::{Db, Steps};

impl Endpoint {
    /// How its work is done later, where it is.
    pub(crate) fn deferral(&self) -> Option<&Deferral> {
        self.route.deferral.as_ref()
    }

    /// Tries the work and undoes it: what would be refused is refused now. Then it is a job.
    pub(super) async fn accept(&self, app: &App, call: Call<'_>) -> Result<Response, Refused> {
        let Some(deferral) = &self.route.deferral else { return self.run(app, call).await };
        let id = call.parts.extensions.get::<RequestId>().map(RequestId::text);
        let task = Task::new(call.parts, &call.caller, &call.body, id);
        let (id, store) = (task.id.clone(), call.store.clone());
        // What another service was asked for cannot be undone.
        let calls = self.route.rule.as_ref().is_some_and(|it| it.calls().next().is_some());
        if !calls {
            let (trial, has_worked) = call.store.trial();
            let tried = self.run(app, Call { store: trial, ..call }).await;
            if !has_worked.load(Ordering::Acquire) {
                return tried;
            }
        }
        store.write(Steps::One, move |db: &Db<'_>| task.queue(db)).await?;
        app.host.queue.wake();
        Ok(accepted(deferral, self.route.success, &id))
    }

    /// Does the work of a job.
    pub(crate) async fn redo(
        &self,
        app: &App,
        job: &Job,
        parts: &Parts,
        params: &Params<'_>,
    ) -> Result<Response, Refused> {
        let (caller, body) = (job.caller().clone(), Bytes::copy_from_slice(job.body()));
        let method = parts.method.as_str();
        let origin =
            app.records.then(|| Origin::request(&caller, method, &self.pattern, job.request_id()));
        let store = Rows::new(&app.store, Some(Along::Job(job.claim.clone())), origin);
        self.run(app, called(app, store, caller, (params, parts, body))).await
    }
}
