//! Bodies on their way between two connections: bounded in size and time, never kept as a whole.

use std::error::Error;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Body, Frame, Incoming, SizeHint};
use tokio::sync::Notify;
use tokio::time::{Instant, Sleep, sleep};

use super::client::Lent;

/// Why a body ended before its end.
pub(crate) type Broken = Box<dyn Error + Send + Sync>;

/// What is sent to another service.
pub(crate) type Sent = UnsyncBoxBody<Bytes, Broken>;

/// A body that is there already.
pub(crate) fn whole(bytes: impl Into<Bytes>) -> Sent {
    Full::new(bytes.into()).map_err(Broken::from).boxed_unsync()
}

/// No body.
pub(crate) fn empty() -> Sent {
    whole(Bytes::new())
}

/// Why a client's body was not passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// It is larger than the limit.
    TooLarge,
    /// It did not arrive in time.
    Late,
    /// The client went away.
    Ended,
}

/// What is known of a body that is being passed on.
#[derive(Debug, Default)]
pub(super) struct Progress {
    cut: Mutex<Option<Cut>>,
    passed: Notify,
}

impl Progress {
    /// Why it was cut, if it was.
    pub(super) fn cut(&self) -> Option<Cut> {
        *self.cut.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until all of it is passed on.
    pub(super) async fn passed(&self) {
        self.passed.notified().await;
    }

    fn break_off(&self, cut: Cut) -> Broken {
        *self.cut.lock().unwrap_or_else(PoisonError::into_inner) = Some(cut);
        format!("{cut:?}").into()
    }
}

/// A client's body, on its way to another service.
pub(super) struct Passing {
    body: Incoming,
    left_bytes: usize,
    late: Pin<Box<Sleep>>,
    progress: Arc<Progress>,
}

impl Passing {
    /// Passes `body` on, of at most `limit_bytes`, as long as it arrives within `time`.
    pub(super) fn new(body: Incoming, limit_bytes: usize, time: Duration) -> (Self, Arc<Progress>) {
        let progress = Arc::new(Progress::default());
        if body.is_end_stream() {
            progress.passed.notify_one();
        }
        let late = Box::pin(sleep(time));
        (Self { body, left_bytes: limit_bytes, late, progress: Arc::clone(&progress) }, progress)
    }

    fn counted(&mut self, frame: Frame<Bytes>) -> Result<Frame<Bytes>, Broken> {
        let bytes = frame.data_ref().map_or(0, Bytes::len);
        match self.left_bytes.checked_sub(bytes) {
            Some(left) => self.left_bytes = left,
            None => return Err(self.progress.break_off(Cut::TooLarge)),
        }
        if self.body.is_end_stream() {
            self.progress.passed.notify_one();
        }
        Ok(frame)
    }
}

impl Body for Passing {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        let this = &mut *self;
        match Pin::new(&mut this.body).poll_frame(context) {
            Poll::Ready(Some(Ok(frame))) => Poll::Ready(Some(this.counted(frame))),
            Poll::Ready(Some(Err(_))) => {
                Poll::Ready(Some(Err(this.progress.break_off(Cut::Ended))))
            }
            Poll::Ready(None) => {
                this.progress.passed.notify_one();
                Poll::Ready(None)
            }
            Poll::Pending if this.late.as_mut().poll(context).is_ready() => {
                Poll::Ready(Some(Err(this.progress.break_off(Cut::Late))))
            }
            Poll::Pending => Poll::Pending,
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Another service's body, on its way to the client.
pub(crate) struct Flow {
    body: Lent,
    idle: Pin<Box<Sleep>>,
    most_idle: Duration,
}

impl Flow {
    /// Lets `body` flow as long as something comes within each `most_idle`.
    pub(crate) fn new(body: Lent, most_idle: Duration) -> Self {
        Self { body, idle: Box::pin(sleep(most_idle)), most_idle }
    }
}

impl Body for Flow {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        let this = &mut *self;
        match Pin::new(&mut this.body).poll_frame(context) {
            Poll::Ready(Some(Ok(frame))) => {
                this.idle.as_mut().reset(Instant::now() + this.most_idle);
                Poll::Ready(Some(Ok(frame)))
            }
            Poll::Ready(other) => Poll::Ready(other.map(|it| it.map_err(Broken::from))),
            Poll::Pending if this.idle.as_mut().poll(context).is_ready() => {
                Poll::Ready(Some(Err("the upstream stopped in the middle of its answer".into())))
            }
            Poll::Pending => Poll::Pending,
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
