//! [`Pending`]: work that was given to a database, until its outcome is there.
//!
//! One small type whatever the work is. An async function would hold the work a second time, and
//! each one around it once more: a request's future was mostly room for copies.

use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::sync::oneshot::{Receiver, Sender, channel};

use crate::observe::metrics::Counted;
use crate::refused::Refused;

/// Work that was given to a database. It is done whether or not anybody waits for it.
pub(crate) struct Pending<'s, T> {
    outcome: Outcome<T>,
    /// Counts it as long as somebody waits.
    _waiting: Option<Counted<'s>>,
}

enum Outcome<T> {
    Here(Option<Result<T, Refused>>),
    Awaited(Receiver<Result<T, Refused>>),
}

// Nothing in it is pinned: the outcome is moved out when it is there.
impl<T> Unpin for Pending<'_, T> {}

impl<'s, T> Pending<'s, T> {
    /// Work that is done.
    pub(super) fn done(outcome: Result<T, Refused>) -> Self {
        Self { outcome: Outcome::Here(Some(outcome)), _waiting: None }
    }

    /// Work whose outcome another thread tells. A thread that drops the sender has lost the database.
    pub(super) fn new(waiting: Option<Counted<'s>>) -> (Sender<Result<T, Refused>>, Self) {
        let (reply, answer) = channel();
        (reply, Self { outcome: Outcome::Awaited(answer), _waiting: waiting })
    }
}

impl<T> Future for Pending<'_, T> {
    type Output = Result<T, Refused>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let lost = || Err(Refused::unavailable());
        match &mut self.get_mut().outcome {
            Outcome::Here(outcome) => Poll::Ready(outcome.take().unwrap_or_else(lost)),
            Outcome::Awaited(answer) => {
                Pin::new(answer).poll(context).map(|it| it.unwrap_or_else(|_| lost()))
            }
        }
    }
}
