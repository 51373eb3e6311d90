//! A certain fix silences the finding that carries it, and fixing comes to an end.

#![no_main]

use groundplan_analysis::apply_fixes;
use groundplan_fuzz::{PATH, check, document};
use groundplan_model::{Certainty, Diagnostic};
use groundplan_syntax::Source;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let source = Source::from_bytes(PATH, bytes);
    if source.invalid_utf8().is_none() {
        let found = check(document(bytes));
        found.iter().filter(|it| is_certain(it)).for_each(|it| is_silenced(&source, it, &found));
        fixing_ends(source.text().to_owned(), found);
    }
});

fn is_certain(finding: &Diagnostic) -> bool {
    finding.fix.as_ref().is_some_and(|fix| fix.certainty == Certainty::Stated)
}

/// After this fix alone the rule has less to say.
fn is_silenced(source: &Source, finding: &Diagnostic, before: &[Diagnostic]) {
    let fixed = apply_fixes(source, std::slice::from_ref(finding), false);
    assert_eq!(fixed.count, 1, "{}: the fix was left out", finding.rule);
    let after = check(document(fixed.text.as_bytes()));
    let count = |found: &[Diagnostic]| found.iter().filter(|it| it.rule == finding.rule).count();
    let is_less = count(&after) < count(before);
    assert!(is_less, "{} still speaks after its fix:\n{}", finding.message, fixed.text);
}

/// Each run of `--fix` mends what the one before left, until nothing certain is left.
fn fixing_ends(mut text: String, mut found: Vec<Diagnostic>) {
    for _ in 0..=found.len() {
        let fixed = apply_fixes(&Source::new(PATH, &text), &found, false);
        if fixed.count == 0 {
            return;
        }
        text = fixed.text;
        found = check(document(text.as_bytes()));
    }
    panic!("fixing never ends:\n{text}");
}
