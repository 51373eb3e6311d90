//! Sentences that promise a header, and those that do not.

use groundplan_syntax::{Source, parse};

use crate::document::{PolicyKind, PromisedHeader};
use crate::lower;

fn promised(text: &str) -> Vec<(PromisedHeader, Option<usize>)> {
    let source = Source::new("a.md", text);
    let document = lower(&source, &parse(&source));
    let kinds = document.policies.into_iter().map(|policy| policy.kind);
    let promised = kinds.filter_map(|kind| match kind {
        PolicyKind::Promised { header, endpoint } => Some((header, endpoint)),
        _ => None,
    });
    promised.collect()
}

fn of_all(header: PromisedHeader) -> Vec<(PromisedHeader, Option<usize>)> {
    vec![(header, None)]
}

#[test]
fn sentences_and_items_promise_headers() {
    let api = |text: &str| promised(&format!("# A\n\n## API Design\n\n{text}\n"));
    assert_eq!(api("Orders carry a strong `ETag`."), of_all(PromisedHeader::ETag));
    let key = api("A POST is safe to repeat with the `Idempotency-Key` header.");
    assert_eq!(key, of_all(PromisedHeader::IdempotencyKey));
    let copy = api("- answers that are kept say `X-Cache: HIT` or `X-Cache: MISS`");
    assert_eq!(copy, of_all(PromisedHeader::XCache));
}

#[test]
fn the_section_of_an_endpoint_promises_for_that_endpoint() {
    let found = promised(
        "# A\n\n## API\n\n### Read\n\n**HTTP Method:** `GET`\n**Path:** `/orders/{id}`\n\n\
         The answer carries an `ETag`.\n",
    );
    assert_eq!(found, [(PromisedHeader::ETag, Some(0))]);
}

#[test]
fn what_is_denied_asked_or_told_of_an_error_is_no_promise() {
    for text in [
        "The service sends no `ETag`.",
        "Should answers carry an `ETag`?",
        "`Idempotency-Key` may come later.",
        "| Code | Meaning |\n|---|---|\n| 412 | changed since its `ETag` was read |",
    ] {
        assert_eq!(promised(&format!("# A\n\n## API\n\n{text}\n")), [], "{text}");
    }
    assert_eq!(promised("# A\n\n## Decisions\n\nWe chose an `ETag` over a lock.\n"), []);
}
