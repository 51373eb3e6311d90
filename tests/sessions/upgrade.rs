//! `upgrade`: a newer template under documents that people edited.

use super::program::{Run, groundplan};
use crate::folder::Folder;

const DOCUMENT: &str = "docs/001_NOTE-orders.md";

const BEFORE: &str = "<!-- groundplan-template
name: note
version: 1
file: docs/{nnn}_NOTE-{name}.md
-->
# Note: {{FEATURE_NAME}}

**Status**: Draft | Done
**Created**: {{DATE}}

## Reason

[Why it is needed]

## Steps

| Step | Owner |
|------|-------|
| [What is done] | [Team that does it] |

## End

[When it is over]
";

/// The next version: a new section, a new column, other words for one place.
fn after() -> String {
    BEFORE
        .replace("version: 1", "version: 2")
        .replace("## End\n", "## Risks\n\n[What may go wrong]\n\n## End\n")
        .replace("[Why it is needed]", "[Why it is needed, and by whom]")
        .replace(
            "| Step | Owner |\n|------|-------|",
            "| Step | Owner | Day |\n|------|-------|-----|",
        )
}

fn made() -> Folder {
    let folder = Folder::empty();
    folder.write(".groundplan/templates/note.md", BEFORE.as_bytes());
    let arguments = ["new", "note", "Orders", "--date", "2026-02-03"];
    let run = groundplan(folder.path(), &arguments);
    assert_eq!(run.stdout, format!("{DOCUMENT}\n"), "{run:?}");
    folder
}

fn read(folder: &Folder) -> String {
    std::fs::read_to_string(folder.path().join(DOCUMENT)).expect("the document is there")
}

fn edit(folder: &Folder, from: &str, to: &str) {
    let text = read(folder);
    assert!(text.contains(from), "no `{from}` in\n{text}");
    folder.write(DOCUMENT, text.replace(from, to).as_bytes());
}

fn upgrade(folder: &Folder, more: &[&str]) -> Run {
    folder.write(".groundplan/templates/note.md", after().as_bytes());
    groundplan(folder.path(), &[&["upgrade", "--all"], more].concat())
}

#[test]
fn what_changed_in_the_template_and_what_people_wrote_are_both_there() {
    let folder = made();
    edit(&folder, "[When it is over]", "When the last order is paid.");
    edit(&folder, "**Status**: Draft", "**Status**: Done");
    let run = upgrade(&folder, &[]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{run:?}");
    assert_eq!(run.stdout, format!("{DOCUMENT}: upgraded, `note` version 1 to 2\n"));
    let text = read(&folder);
    for line in [
        "**Status**: Done",
        "**Created**: 2026-02-03",
        "# Note: Orders",
        "## Risks",
        "[Why it is needed, and by whom]",
        "| Step | Owner | Day |",
        "When the last order is paid.",
    ] {
        assert!(text.lines().any(|it| it == line), "no `{line}` in\n{text}");
    }
    assert!(text.contains("\ntemplate: note 2 ") && !text.contains("<<<<<<<"), "{text}");
    assert_eq!(upgrade(&folder, &[]).stderr, "Nothing to upgrade.\n");
}

#[test]
fn where_both_changed_the_same_lines_both_versions_stand_and_the_lines_are_named() {
    let folder = made();
    edit(&folder, "[Why it is needed]", "Customers ask for it.");
    edit(
        &folder,
        "| [What is done] | [Team that does it] |",
        "| Design | Orders |\n| Build | Orders |",
    );
    let before = read(&folder);
    let run = upgrade(&folder, &[]);
    assert_eq!(run.code, Some(1), "{run:?}");
    let text = read(&folder);
    let line = text.lines().position(|it| it.starts_with("<<<<<<<")).expect("a conflict") + 1;
    assert!(run.stderr.starts_with(&format!("{DOCUMENT}:{line}: ")), "{run:?}\n{text}");
    let shown = "Customers ask for it.\n=======\n[Why it is needed, and by whom]\n>>>>>>> note 2\n";
    assert!(text.contains(shown), "{text}");
    let conflicts = text.matches("<<<<<<< ").count();
    assert!(run.stderr.contains(&format!("{conflicts} conflict")), "{run:?}");
    for line in before.lines().filter(|it| {
        !it.starts_with("template:") && !it.starts_with("| Step") && !it.starts_with("|---")
    }) {
        assert!(text.lines().any(|it| it == line), "`{line}` is lost:\n{text}");
    }
}

#[test]
fn a_document_with_an_open_conflict_is_left_alone_until_somebody_resolves_it() {
    let folder = made();
    edit(&folder, "[Why it is needed]", "Customers ask for it.");
    assert_eq!(upgrade(&folder, &[]).code, Some(1));
    let next =
        after().replace("version: 2", "version: 3").replace("[When it is over]", "[When it ends]");
    folder.write(".groundplan/templates/note.md", next.as_bytes());
    let before = read(&folder);
    let run = groundplan(folder.path(), &["upgrade", DOCUMENT]);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.stderr.contains("nobody resolved"), "{run:?}");
    assert_eq!(read(&folder), before);

    let mut mine = true;
    let kept = before.lines().filter(|line| {
        let marker = line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ");
        mine = !line.starts_with("=======") && (mine || line.starts_with(">>>>>>> "));
        mine && !marker
    });
    let resolved = kept.collect::<Vec<_>>().join("\n") + "\n";
    folder.write(DOCUMENT, resolved.as_bytes());
    let run = groundplan(folder.path(), &["upgrade", DOCUMENT]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{run:?}");
    let text = read(&folder);
    assert!(text.contains("Customers ask for it.") && text.contains("[When it ends]"), "{text}");
}

#[test]
fn a_diff_shows_the_change_and_writes_nothing() {
    let folder = made();
    let before = read(&folder);
    let run = upgrade(&folder, &["--diff"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.stdout.contains("\n+## Risks\n"), "{run:?}");
    assert_eq!(read(&folder), before);
}

#[test]
fn a_document_whose_base_is_gone_is_not_touched() {
    let folder = made();
    std::fs::remove_dir_all(folder.path().join(".groundplan/base")).expect("it was there");
    let before = read(&folder);
    let run = upgrade(&folder, &[]);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.stderr.contains(DOCUMENT) && run.stderr.contains(".groundplan/base"), "{run:?}");
    assert_eq!(read(&folder), before);
}

#[test]
fn a_document_of_an_older_version_is_told_and_held_against_its_own() {
    let folder = made();
    folder.write(".groundplan/templates/note.md", after().as_bytes());
    let run =
        groundplan(folder.path(), &["check", DOCUMENT, "--output-format", "concise", "--quiet"]);
    let rules: Vec<&str> =
        run.stdout.lines().filter_map(|it| it.split(['[', ']']).nth(1)).collect();
    assert!(rules.contains(&"template-outdated"), "{run:?}");
    assert!(!rules.contains(&"template-section-missing"), "{run:?}");
    upgrade(&folder, &[]);
    edit(&folder, "## Risks\n\n[What may go wrong]\n\n", "");
    let run =
        groundplan(folder.path(), &["check", DOCUMENT, "--select", "template-section-missing"]);
    assert!(run.stdout.contains("the section `Risks` is missing"), "{run:?}");
}
