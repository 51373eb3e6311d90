//! Every built-in profile can be read, and tells its own documents.

use groundplan_syntax::{Source, parse};

use super::{BUILT_IN, FILES, Kind, Profile};
use crate::lower;

fn kind_of(path: &str, text: &str) -> (Kind, String) {
    let source = Source::new(path, text);
    let document = lower(&source, &parse(&source));
    (document.classification.kind, document.classification.profile)
}

#[test]
fn every_profile_file_can_be_read() {
    for text in FILES {
        assert!(Profile::parse(text).is_ok(), "{text}");
    }
    assert_eq!(BUILT_IN.len(), FILES.len());
}

#[test]
fn every_file_of_the_folder_is_listed() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles");
    #[expect(clippy::disallowed_methods, reason = "the test reads the folder that it is about")]
    let count = std::fs::read_dir(folder).expect("the folder is there").count();
    assert_eq!(count, FILES.len());
}

#[test]
fn the_path_tells_the_family() {
    let cases = [
        ("0xcc/tdds/002_FTDD|Data.md", Kind::TechnicalDesign, "xcc"),
        ("0xcc/tasks/002_FTASKS-Data.md", Kind::TaskList, "xcc"),
        ("0xcc/prds/BRD-SHOP-001.md", Kind::Requirements, "xcc"),
        ("specs/001-export/tasks.md", Kind::TaskList, "speckit"),
        (".kiro/specs/export/requirements.md", Kind::Requirements, "kiro"),
        ("openspec/changes/add-x/specs/y/spec.md", Kind::Specification, "openspec"),
        ("docs/adr/0001-choose.md", Kind::DecisionRecord, "adr"),
        ("keps/sig-api/12-x/README.md", Kind::Proposal, "kep"),
    ];
    for (path, kind, profile) in cases {
        assert_eq!(kind_of(path, "# T\n"), (kind, profile.to_owned()), "{path}");
    }
}

#[test]
fn headings_tell_the_kind_where_the_path_does_not() {
    let text = "# T\n\n## Proposed Solution\n\n## Alternatives Considered\n\n## Rollout Plan\n\n\
        ## Open Questions\n\n## Goals\n\n## Non-Goals\n";
    assert_eq!(kind_of("notes.md", text), (Kind::TechnicalDesign, "design".to_owned()));
}

#[test]
fn a_document_of_no_family_is_plain() {
    assert_eq!(kind_of("README.md", "# Hello\n"), (Kind::Other, "plain".to_owned()));
}

#[test]
fn a_spelling_mistake_in_a_profile_is_told() {
    let error = Profile::parse("name = \"x\"\ntitle = \"X\"\nkinds = []\n").expect_err("unknown");
    assert!(error.message.contains("`kinds`"), "{}", error.message);
}
