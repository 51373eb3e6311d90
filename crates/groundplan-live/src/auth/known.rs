//! Tokens whose signature was checked: checking one again costs a look-up, not a signature.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use crate::caller::Caller;

/// Tokens that are remembered.
const REMEMBERED: usize = 1024;

/// Tokens that hold.
#[derive(Default)]
pub(super) struct Known {
    tokens: RwLock<HashMap<String, Remembered>>,
}

struct Remembered {
    caller: Caller,
    until_s: i64,
}

impl Known {
    /// The caller of a token that was checked before and has not expired since.
    pub(super) fn caller(&self, token: &str, now_s: i64) -> Option<Caller> {
        let tokens = self.tokens.read().unwrap_or_else(PoisonError::into_inner);
        let found = tokens.get(token)?;
        (now_s < found.until_s).then(|| found.caller.clone())
    }

    pub(super) fn remember(&self, token: &str, caller: &Caller, until_s: i64) {
        let mut tokens = self.tokens.write().unwrap_or_else(PoisonError::into_inner);
        if tokens.len() >= REMEMBERED {
            tokens.clear();
        }
        tokens.insert(token.to_owned(), Remembered { caller: caller.clone(), until_s });
    }

    /// Forgets every token: keys have changed, or a session has ended.
    pub(super) fn forget(&self) {
        self.tokens.write().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
