//! The block is read as it was written, and digests change where the words change.

use groundplan_syntax::{Source, parse};

use super::{Digest, Provenance, SectionDigest, SourceRef, TOP, TemplateRef, section_digests};
use crate::lower;

fn provenance() -> Provenance {
    let template =
        TemplateRef { name: "tid".to_owned(), version: 1, digest: Digest::of("template") };
    let sections = vec![
        ("data-model".to_owned(), Digest::of("tables")),
        (String::new(), Digest::of("nameless")),
        (TOP.to_owned(), Digest::of("above")),
        ("risks".to_owned(), Digest::UNUSED),
        (String::new(), Digest::UNUSED),
    ];
    let source = SourceRef { path: "../001_TDD|Q&A -->100% done.md".to_owned(), sections };
    Provenance { template: Some(template), sources: vec![source], ..Provenance::default() }
}

fn digests(text: &str) -> Vec<SectionDigest> {
    let source = Source::new("design.md", text);
    section_digests(&lower(&source, &parse(&source)))
}

#[track_caller]
fn same(one: &str, other: &str) {
    let plain = |text| -> Vec<(String, Digest)> {
        digests(text).into_iter().map(|it| (it.anchor, it.digest)).collect()
    };
    assert_eq!(plain(one), plain(other));
}

/// Anchors whose digests differ between two texts of the same headings.
fn changed(one: &str, other: &str) -> Vec<String> {
    let pairs = digests(one).into_iter().zip(digests(other));
    pairs.filter(|(one, other)| one.digest != other.digest).map(|(one, _)| one.anchor).collect()
}

#[test]
fn a_written_block_is_read_back() {
    let written = provenance();
    let text = format!("# T\n\nWords.\n\n{written}\n");
    let read = Provenance::read(&Source::new("a.md", &text)).unwrap();
    assert_eq!(&text[read.span.range()], written.to_text());
    assert_eq!(Provenance { span: written.span, ..read }, written);
}

#[test]
fn a_block_with_crlf_is_read_back() {
    let text = format!("# T\r\n\r\n{}\r\n", provenance().to_text().replace('\n', "\r\n"));
    let read = Provenance::read(&Source::new("a.md", &text)).unwrap();
    assert_eq!(read.sources, provenance().sources);
    assert_eq!(read.template, provenance().template);
}

#[test]
fn many_sections_that_do_not_matter_take_few_lines() {
    let unused = |number: usize| (format!("a-section-of-some-length-{number}"), Digest::UNUSED);
    let sections: Vec<_> = (0..40).map(unused).collect();
    let source = SourceRef { path: "a.md".to_owned(), sections };
    let block = Provenance { sources: vec![source], ..Provenance::default() };
    let text = block.to_text();
    assert!(text.lines().all(|line| line.len() <= 100), "{text}");
    assert_eq!(text.lines().count(), 3 + 14);
    assert_eq!(Provenance::read(&Source::new("b.md", &text)).unwrap().sources, block.sources);
}

#[test]
fn the_last_block_counts_and_those_in_code_do_not() {
    let (first, last) = (provenance(), Provenance::default());
    let text = format!("# T\n\n{first}\n\n## A\n\n{last}\n\n```\n{first}\n```\n");
    let read = Provenance::read(&Source::new("a.md", &text)).unwrap();
    assert!(read.template.is_none() && read.sources.is_empty());
}

#[test]
fn other_comments_and_unclosed_blocks_are_no_provenance() {
    for text in [
        "# T\n\n<!-- groundplan status -->\n<!-- /groundplan status -->\n",
        "# T\n\n<!-- groundplan\ntemplate: tid 1 3f2a9c01d4e5b6a7\n",
        "# T\n\nSee <!-- groundplan\n-->\n",
    ] {
        assert_eq!(Provenance::read(&Source::new("a.md", text)), None, "{text}");
    }
}

#[test]
fn lines_that_are_not_understood_are_left_out() {
    let text = "# T\n\n<!-- groundplan\n  early 3f2a9c01d4e5b6a7\ntemplate: tid x 1\nowner: web\n\
                source: a.md\n  api 12\n  errors 3f2a9c01d4e5b6a7\n-->\n";
    let read = Provenance::read(&Source::new("a.md", text)).unwrap();
    let sections = vec![("errors".to_owned(), "3f2a9c01d4e5b6a7".parse().unwrap())];
    assert_eq!(read.sources, [SourceRef { path: "a.md".to_owned(), sections }]);
    assert_eq!(read.template, None);
}

#[test]
fn the_digest_is_the_head_of_sha_256() {
    // printf 'a\n\nb\n' | sha256sum
    assert_eq!(Digest::of("a\n\nb\n").to_string(), "770423513bd0765c");
    assert!("770423513BD0765C".parse::<Digest>().is_ok());
    assert!("770423513bd0765".parse::<Digest>().is_err());
    assert!("+70423513bd0765c".parse::<Digest>().is_err());
}

#[test]
fn blanks_and_line_ends_do_not_change_a_digest() {
    assert_eq!(Digest::of("a\n\nb"), Digest::of("\r\n\r\na  \r\n \t\r\n\r\nb\r\n\r\n"));
    assert_ne!(Digest::of("a\nb"), Digest::of("a\n\nb"));
    assert_ne!(Digest::of("a\n  b"), Digest::of("a\nb"));
}

#[test]
fn a_section_is_its_own_text_and_not_that_of_its_subsections() {
    let text = "Above.\n\n# T\n\nIntro.\n\n## A\n\nOne.\n\n### B\n\nTwo.\n\n## A\n\nThree.\n";
    let found = digests(text);
    let anchors: Vec<&str> = found.iter().map(|it| it.anchor.as_str()).collect();
    assert_eq!(anchors, [TOP, "t", "a", "b", "a-1"]);
    assert_eq!(&text[found[2].span.range()], "## A\n\nOne.\n\n");
    assert_eq!(found[2].digest, Digest::of("## A\n\nOne."));
    assert_eq!(changed(text, &text.replace("Two", "2")), ["b"]);
    assert_eq!(changed(text, &text.replace("Above", "Over")), [TOP]);
}

#[test]
fn progress_and_the_life_of_a_document_change_no_section() {
    let text = "---\nstatus: draft\n---\n# T\n\n**Status**: Draft\n**Approved by**: nobody\n\n\
                | Field | Value |\n|---|---|\n| Version | 1 |\n| Scope | web |\n\n\
                ## A\n\n- [ ] one\n- [ ] two\n";
    let later = text.replace("Draft", "Approved").replace("nobody", "the board");
    same(
        text,
        &later.replace("status: draft", "status: approved").replace("- [ ] one", "- [x] one"),
    );
    same(text, &text.replace("| Version | 1 |", "| Version | 10   |"));
    same(text, &format!("{text}\n{}\n", provenance()));
    assert_eq!(changed(text, &text.replace("web", "api")), ["t"]);
    assert_eq!(changed(text, &text.replace("two", "three")), ["a"]);
}

#[test]
fn a_reference_knows_every_section_and_counts_those_that_matter() {
    let text = "# T\n\n## API\n\nOne.\n\n## Risks\n\nTwo.\n\n## Change Log\n\nThree.\n";
    let source = Source::new("design.md", text);
    let document = lower(&source, &parse(&source));
    let found = SourceRef::of("design.md", &document, |it| it.anchor != "risks");
    let expected = vec![
        ("t".to_owned(), Digest::of("# T")),
        ("api".to_owned(), Digest::of("## API\n\nOne.")),
        ("risks".to_owned(), Digest::UNUSED),
        ("change-log".to_owned(), Digest::UNUSED),
    ];
    assert_eq!(found.sections, expected);
}
