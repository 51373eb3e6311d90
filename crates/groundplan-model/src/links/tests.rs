//! Which targets are judged, and as what.

use super::local;

#[test]
fn other_sites_roots_and_addresses_are_not_judged() {
    for target in ["https://a.example/x", "mailto:a@b.example", "a@b.example", "/docs/a.md", "//x"]
    {
        assert!(local(target).is_none(), "{target}");
    }
}

#[test]
fn targets_that_nobody_filled_in_are_not_judged() {
    for target in ["URL", "link", "{{PRD}}.md", "[prd].md", "path/to/x.md", "...", "ADR_LINK"] {
        assert!(local(target).is_none(), "{target}");
    }
}

#[test]
fn query_fragment_and_line_are_taken_off() {
    let read = |target| local(target).map(|it| (it.path, it.anchor));
    assert_eq!(read("a%20b.md?raw=1#x"), Some(("a b.md".to_owned(), Some("x".to_owned()))));
    assert_eq!(read("src/main.rs:10-20"), Some(("src/main.rs".to_owned(), None)));
    assert_eq!(read("#scope"), Some((String::new(), Some("scope".to_owned()))));
    assert_eq!(read("../src/"), Some(("../src".to_owned(), None)));
}
