//! STRIDE lists, tables, and lists under headings about threats.

use groundplan_syntax::{Source, parse};

use crate::lower;

/// `name: mitigation` for each threat of a document.
fn threats(text: &str) -> Vec<String> {
    let source = Source::new("design.md", text);
    let document = lower(&source, &parse(&source));
    let word = |it: &Option<String>| it.clone().unwrap_or_else(|| "-".to_owned());
    document.threats.iter().map(|it| format!("{}: {}", it.name, word(&it.mitigation))).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(threats(text), expected);
}

#[test]
fn stride_lists_are_read_under_any_heading() {
    check(
        "# T\n\n## Notes\n\n- **Spoofing:** signed tokens\n- **Denial of Service:** TBD\n\
         - **Colour:** red\n\nSpoofing is bad.\n",
        &["Spoofing: signed tokens", "Denial of Service: -"],
    );
}

#[test]
fn rows_of_threats_and_vulnerabilities_are_read() {
    check(
        "# T\n\n| Vulnerability | Risk Level | Mitigation |\n|---|---|---|\n\
         | SQL Injection | High | Bound parameters |\n",
        &["SQL Injection: Bound parameters"],
    );
    check("# T\n\n| Attack | Owner |\n|---|---|\n| Flood | Web |\n", &[]);
}

#[test]
fn labelled_items_under_a_threat_model_are_read_once() {
    check(
        "# T\n\n## Threat Model\n\n- **Tampering**: checksums\n- Replay: nonces\n",
        &["Tampering: checksums", "Replay: nonces"],
    );
}
