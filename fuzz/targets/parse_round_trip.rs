//! Any bytes are a document: the text stays as it is, the tree covers it in order.

#![no_main]

use groundplan_syntax::{Source, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let source = Source::from_bytes(groundplan_fuzz::PATH, bytes);
    assert_eq!(source.text(), String::from_utf8_lossy(bytes));
    assert_eq!(source.invalid_utf8().is_none(), std::str::from_utf8(bytes).is_ok());
    groundplan_fuzz::positions_hold(&source);
    groundplan_fuzz::tree_holds(&source, &parse(&source));
});
