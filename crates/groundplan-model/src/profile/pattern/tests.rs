//! The text that is looked for before a pattern is compiled must be in every path that matches.

use super::{Pattern, literal};

#[test]
fn the_longest_plain_part_is_looked_for_first() {
    assert_eq!(literal("**/.kiro/specs/*/design.md"), "design.md");
    assert_eq!(literal("**/*_FPRD[|-]*.md"), "_FPRD");
    assert_eq!(literal("**/[0-9][0-9]*"), "");
    assert_eq!(literal("**/{prd,spec}.md"), "");
    assert_eq!(literal("**/[]a]bc.md"), "");
}

#[test]
fn a_pattern_matches_what_it_says() {
    let check = |pattern: &str, path: &str| {
        Pattern::parse(pattern.to_owned()).is_ok_and(|it| it.matches(path))
    };
    assert!(check("**/*_FPRD[|-]*.md", "docs/001_FPRD|Orders.md"));
    assert!(check("**/*_FPRD[|-]*.md", "001_FPRD-Orders.md"));
    assert!(!check("**/specs/*/plan.md", "specs/a/b/plan.md"));
    assert!(check("**/{prd,spec}.md", "docs/spec.md"));
}

#[test]
fn a_pattern_without_end_is_refused() {
    assert!(Pattern::parse("*".repeat(2000)).is_err());
    assert!(Pattern::parse("[".to_owned()).is_err());
}
