//! How often requests went on to the upstream.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};

use super::PassedOn;
use crate::observe::metrics::escaped;

const NAME: &str = "groundplan_upstream_requests_total";

/// Requests by route and by what became of them.
#[derive(Debug, Default)]
pub(super) struct Counts(Mutex<BTreeMap<(String, PassedOn), u64>>);

impl Counts {
    pub(super) fn count(&self, pattern: &str, passed: PassedOn) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *counts.entry((pattern.to_owned(), passed)).or_default() += 1;
    }

    pub(super) fn write(&self, text: &mut String) {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = writeln!(text, "# HELP {NAME} Requests that went on to the upstream.");
        let _ = writeln!(text, "# TYPE {NAME} counter");
        for ((pattern, passed), count) in counts.iter() {
            let (route, outcome) = (escaped(pattern), passed.as_str());
            let _ =
                writeln!(text, "{NAME}{{http_route=\"{route}\",outcome=\"{outcome}\"}} {count}");
        }
    }
}
