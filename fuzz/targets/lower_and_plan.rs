//! Facts, plan and findings of any bytes: no panic, every place is text, every index holds.

#![no_main]

use groundplan_fuzz::{check, document, facts_hold, findings_hold, plan_holds};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let document = document(bytes);
    facts_hold(&document);
    plan_holds(&document);
    let source = document.source.clone();
    findings_hold(&source, &check(document));
});
