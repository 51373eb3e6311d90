//! A document that was made from another one, and what happened to that since.

use groundplan_syntax::{Source, parse};

use super::{ChangeKind, stale_sources, summary};
use crate::provenance::{Provenance, SourceRef};
use crate::{Document, FileSet, Workspace, lower};

struct Disk(&'static [&'static str]);

impl FileSet for Disk {
    fn exists(&self, path: &str) -> bool {
        self.0.contains(&path)
    }
}

const DESIGN: &str = "# Export\n\nWords.\n\n## API\n\nOne.\n\n## Limits\n\nTwo.\n\n## Questions\n\n\
    - [ ] Why?\n\n## Change Log\n\nFirst.\n";

fn document(path: &str, text: &str) -> Document {
    let source = Source::new(path, text);
    lower(&source, &parse(&source))
}

/// An implementation document that was made from [`DESIGN`]; nothing in it rests on the questions.
fn made() -> Document {
    let design = document("docs/design.md", DESIGN);
    let source = SourceRef::of("../docs/design.md", &design, |it| it.anchor != "questions");
    let block = Provenance { sources: vec![source], ..Provenance::default() };
    document("tids/tid.md", &format!("# Export\n\nText.\n\n{block}\n"))
}

/// What is said when the design has become `text`.
fn said(text: &str) -> Vec<String> {
    let workspace = Workspace::new(vec![made(), document("docs/design.md", text)], &Disk(&[]));
    let made = workspace.document("tids/tid.md").unwrap();
    let stale = stale_sources(&workspace, made);
    let place = |it: &super::StaleSource| made.source.slice(it.place).to_owned();
    assert!(stale.iter().all(|it| place(it) == "../docs/design.md"), "{stale:?}");
    stale.iter().map(|it| format!("{}: {}", it.path, summary(&it.changes))).collect()
}

#[test]
fn a_source_as_it_was_is_not_stale() {
    assert!(said(DESIGN).is_empty());
    assert!(said(&DESIGN.replace('\n', "\r\n")).is_empty());
}

#[test]
fn every_section_that_differs_is_named_with_what_happened_to_it() {
    let text = DESIGN.replace("One", "Another").replace("## Limits", "## Quotas");
    let expected = "docs/design.md: \"API\" changed; \"limits\" removed; \"Quotas\" new";
    assert_eq!(said(&text), [expected]);
}

#[test]
fn what_nothing_rests_on_may_change() {
    assert!(said(&DESIGN.replace("Why", "How")).is_empty());
    assert!(said(&DESIGN.replace("## Questions\n\n- [ ] Why?\n\n", "")).is_empty());
    assert!(said(&format!("{DESIGN}\n### 1.1\n\nSecond.\n")).is_empty());
}

#[test]
fn a_changed_section_has_its_place() {
    let text = DESIGN.replace("One", "Another");
    let workspace = Workspace::new(vec![made(), document("docs/design.md", &text)], &Disk(&[]));
    let stale = stale_sources(&workspace, workspace.document("tids/tid.md").unwrap());
    let change = &stale[0].changes[0];
    assert_eq!((change.anchor.as_str(), change.kind), ("api", ChangeKind::Changed));
    assert!(text[change.place.unwrap().range()].starts_with("## API"));
}

#[test]
fn a_source_that_is_gone_is_told_and_one_that_was_not_read_is_not() {
    let gone = Workspace::new(vec![made()], &Disk(&[]));
    let stale = stale_sources(&gone, &gone.documents[0]);
    assert!(stale[0].is_gone && stale[0].changes.is_empty(), "{stale:?}");
    let unread = Workspace::new(vec![made()], &Disk(&["docs/design.md"]));
    assert!(stale_sources(&unread, &unread.documents[0]).is_empty());
}
