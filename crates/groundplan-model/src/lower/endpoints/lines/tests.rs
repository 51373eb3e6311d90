//! Which lines make a pair.

use groundplan_syntax::{Source, parse};

use crate::lower;

/// Each endpoint with what states it.
fn stated(text: &str) -> Vec<String> {
    let source = Source::new("a.md", text);
    let document = lower(&source, &parse(&source));
    let endpoints = document.endpoints.iter();
    endpoints.map(|it| format!("{}: {}", it.path, source.slice(it.statement))).collect()
}

#[test]
fn a_path_belongs_to_the_method_above_it() {
    let text = "# A\n\n**HTTP Method:** `POST`\n**Path:** `/orders`\n";
    assert_eq!(stated(text), ["/orders: **HTTP Method:** `POST`\n**Path:** `/orders"]);
}

#[test]
fn a_method_below_a_path_waits_for_the_next_one() {
    // The item is looked through, and then its paragraphs.
    let text = "# A\n\n- **Path:** `/orders`\n  **HTTP Method:** `POST`\n\n  More.\n";
    assert_eq!(stated(text), [""; 0]);
}
