//! The clock of one connection: one alarm for the heads of all its requests.
//!
//! hyper asks for a timer when it waits for a head, and throws it away when the head is there. The
//! runtime's own timer would be entered among all others and taken out again for each request, both
//! under a lock. Here the alarm stays where it is: when it rings for a head that has come long since,
//! it is set for the one that is waited for now.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use hyper::rt::{Sleep, Timer};
use tokio::time::sleep_until;

#[cfg(test)]
mod tests;

type Alarm = Arc<Mutex<Option<Pin<Box<tokio::time::Sleep>>>>>;

/// The timer of one connection. Of its waits one at a time counts: there is one head to wait for.
#[derive(Default)]
pub(super) struct HeadTimer(Alarm);

/// A wait for one head.
struct Wait {
    until: tokio::time::Instant,
    alarm: Alarm,
}

impl Timer for HeadTimer {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Sleep>> {
        self.sleep_until(self.now() + duration)
    }

    fn sleep_until(&self, deadline: Instant) -> Pin<Box<dyn Sleep>> {
        Box::pin(Wait { until: deadline.into(), alarm: Arc::clone(&self.0) })
    }

    fn now(&self) -> Instant {
        tokio::time::Instant::now().into()
    }
}

impl Future for Wait {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut alarm = self.alarm.lock().unwrap_or_else(PoisonError::into_inner);
        let alarm = alarm.get_or_insert_with(|| Box::pin(sleep_until(self.until)));
        if alarm.deadline() > self.until {
            alarm.as_mut().reset(self.until);
        }
        loop {
            ready!(alarm.as_mut().poll(context));
            if alarm.deadline() >= self.until {
                return Poll::Ready(());
            }
            alarm.as_mut().reset(self.until);
        }
    }
}

impl Sleep for Wait {}
