//! Approvals are kept as they are, and hold as long as the text.

use groundplan_syntax::{Source, parse};

use super::{Approval, ApprovalReport, Approvals, Verdict, approvable, outline};
use crate::provenance::Digest;
use crate::{Document, lower};

const DESIGN: &str = "# Export\n\n**Status**: Draft\n\n## API\n\nOne.\n\n## Limits\n\nTwo.\n\n\
    ## Change Log\n\nFirst.\n";

const PATH: &str = "docs/a \"b\".md";

fn document(text: &str) -> Document {
    let source = Source::new(PATH, text);
    lower(&source, &parse(&source))
}

fn by(name: &str) -> Approval {
    let digest = Digest::UNUSED;
    Approval { by: name.to_owned(), date: "2026-01-31".to_owned(), digest, note: None }
}

/// Approvals of the sections of [`DESIGN`] with these anchors; of the whole where there are none.
fn approved(anchors: &[&str], name: &str) -> Approvals {
    let sections = approvable(&document(DESIGN));
    let chosen = sections.iter().filter(|it| anchors.is_empty() || anchors.contains(&&*it.anchor));
    let mut list: Vec<(String, Digest)> = chosen.map(|it| (it.anchor.clone(), it.digest)).collect();
    list.extend(anchors.is_empty().then(|| outline(&sections)));
    let mut approvals = Approvals::default();
    approvals.approve(PATH, &list, &by(name));
    approvals
}

/// "api: Approved", a line a section, when the document has become `text`.
fn report(approvals: &Approvals, text: &str) -> Vec<String> {
    let report = ApprovalReport::new(&document(text), approvals.of(PATH).unwrap());
    report.sections.iter().map(|it| format!("{}: {:?}", it.anchor, it.verdict)).collect()
}

#[test]
fn an_edit_voids_the_approval_of_its_section_and_moving_it_back_makes_it_good() {
    let approvals = approved(&[], "Ada");
    let all = ["export: Approved", "api: Approved", "limits: Approved"];
    assert_eq!(report(&approvals, DESIGN), all);
    let edited = DESIGN.replace("One", "Another");
    assert_eq!(report(&approvals, &edited)[1], "api: Void(Changed)");
    let later = DESIGN.replace("Draft", "Approved").replace("First", "Second");
    assert_eq!(report(&approvals, &later), all);
}

#[test]
fn a_section_added_to_a_document_that_was_approved_as_a_whole_is_not_approved() {
    let text = DESIGN.replace("## Limits", "## Quotas");
    let whole = report(&approved(&[], "Ada"), &text);
    assert_eq!(whole[2..], ["quotas: Void(New)", "limits: Void(Removed)"]);
    let part = report(&approved(&["api"], "Ada"), &text);
    assert_eq!(part, ["export: Open", "api: Approved", "quotas: Open"]);
}

#[test]
fn one_approval_that_holds_is_enough() {
    let mut approvals = approved(&["api"], "Ada");
    let edited = DESIGN.replace("One", "Another");
    let digest = approvable(&document(&edited))[1].digest;
    approvals.approve(PATH, &[("api".to_owned(), digest)], &by("Grace"));
    let report = ApprovalReport::new(&document(&edited), approvals.of(PATH).unwrap());
    assert_eq!(report.sections[1].verdict, Verdict::Approved);
    assert_eq!(report.sections[1].approvals.len(), 1);
    assert_eq!((report.approved(), report.void().count()), (1, 0));
}

#[test]
fn what_is_approved_again_as_it_stands_keeps_its_date() {
    let mut approvals = approved(&[], "Ada");
    let sections = approvable(&document(&DESIGN.replace("One", "Another")));
    let list: Vec<_> = sections.iter().map(|it| (it.anchor.clone(), it.digest)).collect();
    let later = Approval { date: "2026-02-28".to_owned(), ..by("Ada") };
    assert_eq!(approvals.approve(PATH, &list, &later), 1);
    let dates = approvals.of(PATH).unwrap().values().map(|it| it[0].date.as_str());
    assert_eq!(dates.filter(|date| *date == "2026-02-28").count(), 1);
}

#[test]
fn the_file_is_read_as_it_was_written() {
    let mut approvals = approved(&[], "Ada \"L.\"\n");
    let note = Some("with \\ and\ttab".to_owned());
    let digest = Digest::of("x");
    let sections = [("(top)".to_owned(), digest), ("日本語".to_owned(), digest)];
    approvals.approve("docs/a.md", &sections, &Approval { note, ..by("Grace") });
    let text = approvals.to_text();
    assert_eq!(Approvals::parse(&text), Ok(approvals));
}

#[test]
fn the_file_has_a_line_an_approval() {
    let text = approved(&["api"], "Ada").to_text();
    let digest = Digest::of("## API\n\nOne.");
    let expected = format!(
        "\n[\"docs/a \\\"b\\\".md\"]\napi = [\n  {{ by = \"Ada\", date = \"2026-01-31\", \
         digest = \"{digest}\" }},\n]\n"
    );
    assert!(text.ends_with(&expected), "{text}");
}

#[test]
fn a_broken_file_is_told_with_its_place() {
    let message = |text: &str| Approvals::parse(text).unwrap_err().message;
    assert!(message("a = 1\nb = \n").starts_with("line 2: "));
    assert_eq!(message("[\"a.md\"]\napi = 1\n"), "`a.md`: `api` is no list of approvals");
    let lacks = message("[\"a.md\"]\napi = [{ by = \"Ada\", digest = \"3f2a9c01d4e5b6a7\" }]\n");
    assert_eq!(lacks, "`a.md`: `api`: an approval lacks the text `date`");
    assert!(message("[\"a.md\"]\napi = [{ digest = \"3f2a\" }]\n").contains("16 hexadecimal"));
}

#[test]
fn who_takes_back_a_part_no_longer_approves_the_whole() {
    let mut approvals = approved(&[], "Ada");
    assert_eq!(approvals.withdraw(PATH, &["api".to_owned()], "Ada"), 1);
    assert_eq!(report(&approvals, DESIGN)[1], "api: Open");
    assert_eq!(approvals.withdraw(PATH, &[], "Grace"), 0);
    assert_eq!(approvals.withdraw(PATH, &[], "Ada"), 2);
    assert_eq!(approvals, Approvals::default());
}
