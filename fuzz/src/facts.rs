//! Facts: every place is text, every index holds.

use groundplan_model::Document;
use groundplan_syntax::Source;

use crate::lies_in;
use crate::places::spans;

/// Every fact stands in the text, and refers to endpoints that are there.
pub fn facts_hold(document: &Document) {
    let source = document.source.clone();
    let facts = Document { source: Source::new("", ""), ..document.clone() };
    spans(&facts).into_iter().for_each(|span| lies_in(&source, span, "a fact"));
    let examples = document.examples.iter().filter_map(|it| it.endpoint);
    let errors = document.error_cases.iter().filter_map(|it| it.endpoint);
    for index in examples.chain(errors) {
        assert!(index < document.endpoints.len(), "there is no endpoint {index}");
    }
    for case in &document.error_cases {
        assert!((400..600).contains(&case.status), "{} is no error", case.status);
    }
    for (one, other) in document.sections.iter().zip(document.sections.iter().skip(1)) {
        assert!(one.heading.start < other.heading.start, "sections are not in order");
    }
}
