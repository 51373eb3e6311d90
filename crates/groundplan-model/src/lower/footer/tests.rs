//! Fields after the last rule, and last paragraphs of fields.

use groundplan_syntax::{Source, parse};

use crate::lower;

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let source = Source::new("design.md", text);
    let document = lower(&source, &parse(&source));
    let shown = document.footer.iter().map(|it| format!("{}={}", it.key, it.value.text));
    assert_eq!(shown.collect::<Vec<_>>(), expected);
}

const BODY: &str = "# T\n\n**Status**: Final\n\n## A\n\nWords that fill the document.\n\n";

#[test]
fn fields_after_the_last_rule_are_the_footer() {
    let text = format!(
        "{BODY}---\n\n**Status**: Draft\n**Version:** 0.1.0\n\n*Last Updated: 2026-01-02*\n"
    );
    check(&text, &["Status=Draft", "Version=0.1.0", "Last Updated=2026-01-02"]);
}

#[test]
fn a_last_paragraph_of_fields_needs_no_rule() {
    check(&format!("{BODY}**Last Updated**: 2026-01-02\n"), &["Last Updated=2026-01-02"]);
    check(&format!("{BODY}**Note**: this is a thought.\n"), &[]);
}

#[test]
fn a_rule_before_a_section_begins_no_footer() {
    check(&format!("{BODY}---\n\n## B\n\n**Goal**: speed\n"), &[]);
    check("# T\n\n**Status**: Final\n", &[]);
}

#[test]
fn the_footer_tells_the_status_where_the_header_does_not() {
    let state = |text: &str| {
        let source = Source::new("design.md", text);
        let status = lower(&source, &parse(&source)).status;
        status.map(|it| it.raw.text)
    };
    let text = "# T\n\n## A\n\nWords that fill the document.\n\n---\n\n**Document Status**: Done\n";
    assert_eq!(state(text).as_deref(), Some("Done"));
    assert_eq!(state(&format!("{BODY}---\n\n**Status**: Draft\n")).as_deref(), Some("Final"));
}
