//! Tokens whose signature was checked: checking one again costs a look-up, not a signature.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, PoisonError, RwLock};

use crate::caller::Caller;

/// Tokens that are remembered.
const REMEMBERED: usize = 1024;

/// Sessions that have ended and whose tokens have not: more are not kept apart.
const ENDED: usize = 100_000;

/// Tokens that hold, and sessions that do no longer.
#[derive(Default)]
pub(super) struct Known {
    tokens: RwLock<HashMap<String, Remembered>>,
    ended: RwLock<HashSet<Arc<str>>>,
}

struct Remembered {
    caller: Caller,
    expires_at_s: i64,
}

impl Known {
    /// The caller of a token that was checked before and has not expired since.
    pub(super) fn caller(&self, token: &str, now_s: i64) -> Option<Caller> {
        let tokens = self.tokens.read().unwrap_or_else(PoisonError::into_inner);
        let found = tokens.get(token)?;
        (now_s < found.expires_at_s).then(|| found.caller.clone())
    }

    pub(super) fn remember(&self, token: &str, caller: &Caller, expires_at_s: i64) {
        let mut tokens = self.tokens.write().unwrap_or_else(PoisonError::into_inner);
        if tokens.len() >= REMEMBERED {
            tokens.clear();
        }
        tokens.insert(token.to_owned(), Remembered { caller: caller.clone(), expires_at_s });
    }

    /// Forgets every token: keys have changed.
    pub(super) fn forget(&self) {
        self.tokens.write().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Lets no token of this session in any more.
    pub(super) fn end(&self, session: &str) {
        let mut ended = self.ended.write().unwrap_or_else(PoisonError::into_inner);
        if ended.len() >= ENDED {
            ended.clear();
        }
        ended.insert(session.into());
        drop(ended);
        self.forget();
    }

    pub(super) fn has_ended(&self, session: &str) -> bool {
        self.ended.read().unwrap_or_else(PoisonError::into_inner).contains(session)
    }
}
