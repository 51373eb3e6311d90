//! A circuit breaker: a service that fails again and again is left alone for a while, then tried
//! with one call.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use groundplan_model::service::Breaker as Rule;

#[cfg(test)]
mod tests;

/// A circuit breaker.
#[derive(Debug)]
pub(super) struct Breaker {
    failures: u32,
    open: Duration,
    state: Mutex<State>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Calls are made; so many failed, one after the other.
    Closed(u32),
    /// None is made since then.
    Open(Instant),
    /// One is on its way that decides.
    Trying(Instant),
}

/// How a breaker stands, for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Closed,
    HalfOpen,
    Open,
}

/// Leave for one call; without a word about its end, nothing is known of it.
#[derive(Debug)]
pub(super) struct Leave<'b> {
    breaker: &'b Breaker,
    /// Whether the call is the one that decides.
    tries: bool,
    told: bool,
}

impl Breaker {
    pub(super) fn new(rule: Rule) -> Self {
        let open = Duration::from_millis(rule.open_ms.into());
        Self { failures: rule.failures.max(1), open, state: Mutex::new(State::Closed(0)) }
    }

    /// Leave for a call at `now`; else after how long to ask again.
    pub(super) fn enter(&self, now: Instant) -> Result<Leave<'_>, Duration> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let tries = match *state {
            State::Closed(_) => false,
            State::Open(since) => {
                let rest = self.open.saturating_sub(now.saturating_duration_since(since));
                if !rest.is_zero() {
                    return Err(rest);
                }
                *state = State::Trying(since);
                true
            }
            // The one on its way will tell.
            State::Trying(_) => return Err(self.open),
        };
        Ok(Leave { breaker: self, tries, told: false })
    }

    /// Whether a call would be refused at `now`.
    pub(super) fn rests(&self, now: Instant) -> Option<Duration> {
        match self.read() {
            State::Closed(_) => None,
            State::Open(since) => {
                let rest = self.open.saturating_sub(now.saturating_duration_since(since));
                Some(rest).filter(|rest| !rest.is_zero())
            }
            State::Trying(_) => Some(self.open),
        }
    }

    pub(super) fn standing(&self, now: Instant) -> Standing {
        match self.read() {
            State::Closed(_) => Standing::Closed,
            State::Open(_) if self.rests(now).is_some() => Standing::Open,
            State::Open(_) | State::Trying(_) => Standing::HalfOpen,
        }
    }

    fn read(&self) -> State {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Leave<'_> {
    /// The service answered.
    pub(super) fn succeeded(mut self) {
        self.told = true;
        *self.state() = State::Closed(0);
    }

    /// The service failed at `now`.
    pub(super) fn failed(mut self, now: Instant) {
        self.told = true;
        let most = self.breaker.failures;
        let tries = self.tries;
        let mut state = self.state();
        *state = match *state {
            State::Closed(before) if before + 1 < most => State::Closed(before + 1),
            State::Closed(_) => State::Open(now),
            _ if tries => State::Open(now),
            // A call that began before the breaker opened says nothing new.
            other => other,
        };
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.breaker.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Leave<'_> {
    /// A call that was given up decides nothing: the next one does.
    fn drop(&mut self) {
        if self.tries && !self.told {
            let mut state = self.state();
            if let State::Trying(since) = *state {
                *state = State::Open(since);
            }
        }
    }
}
