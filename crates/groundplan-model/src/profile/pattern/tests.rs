//! The pairs that are looked for before a pattern is tried must be in every path that matches.

use super::super::pairs::Pairs;
use super::{Pattern, pairs, steps};

#[test]
fn a_path_without_the_plain_parts_is_not_tried() {
    let may = |pattern: &str, path: &str| Pairs::of(path).hold(&pairs(pattern));
    assert!(may("**/.kiro/specs/*/design.md", ".kiro/specs/a/design.md"));
    assert!(!may("**/.kiro/specs/*/design.md", "docs/design.md"));
    assert!(may("**/*_FPRD[|-]*.md", "001_FPRD|Orders.md"));
    assert!(!may("**/*_FPRD[|-]*.md", "001_FTDD|Orders.md"));
    assert!(may("**/[0-9][0-9]*", "docs/12"));
    assert!(may("**/{prd,spec}.md", "docs/spec.md"));
    assert!(may("**/[]a]bc.md", "]bc.md"));
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

#[test]
fn simple_patterns_match_step_by_step_as_they_do_compiled() {
    const PATTERNS: [&str; 12] = [
        "**/a/*.md",
        "**/*_F[|-]*.md",
        "**/a/**/b.md",
        "a/**/b.md",
        "**/[0-9][0-9]*.md",
        "*.md",
        "a/*",
        "**/a*b*a.md",
        "**/[a-c_]x.md",
        "a/b.md",
        "**/*",
        "**/keps/*/*/b.md",
    ];
    const PARTS: [&str; 12] = [
        "a", "b.md", "01.md", "x_F|b.md", "x_F-.md", "_x.md", "abba.md", "", "ax.md", "é.md",
        "keps", "-x.md",
    ];
    let paths = PARTS.iter().flat_map(|one| {
        let two = PARTS.iter().map(move |two| format!("{one}/{two}"));
        let three = PARTS
            .iter()
            .flat_map(move |two| PARTS.iter().map(move |it| format!("{one}/{two}/{it}")));
        two.chain(three).chain([(*one).to_owned()])
    });
    let paths: Vec<String> =
        paths.chain(["a/keps/a/b/b.md".to_owned(), "/a/b.md".to_owned()]).collect();
    for pattern in PATTERNS {
        assert!(steps::are_enough(pattern), "{pattern}");
        let compiled = Pattern::parse(pattern.to_owned()).unwrap().compile();
        for path in &paths {
            let found = steps::match_path(pattern, path);
            assert_eq!(found, compiled.is_match(path), "{pattern} {path}");
        }
    }
}

#[test]
fn other_patterns_are_compiled() {
    for pattern in
        ["**/{a,b}.md", "a?.md", "[!a].md", "a**b", "a/**", "[]a].md", "**/**/**/a", "[é].md"]
    {
        assert!(!steps::are_enough(pattern), "{pattern}");
    }
}
