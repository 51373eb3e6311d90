//! Formatting never changes what a document says, and what is formatted stays as it is.

#![no_main]

use groundplan_analysis::fmt::format;
use groundplan_fuzz::PATH;
use groundplan_syntax::Source;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let source = Source::from_bytes(PATH, bytes);
    let once = format(&source);
    assert!(once.is_ok(), "{once:?}");
    if let Ok(once) = once {
        let again = format(&Source::new(PATH, &once.text));
        assert!(again.is_ok_and(|it| it.text == once.text), "formatted twice");
    }
});
