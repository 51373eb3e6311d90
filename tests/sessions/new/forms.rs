//! Acceptance: documents in the five forms, filled with plausible content and without any note of
//! where they came from, are recognised as their kinds with every section mapped.

use serde_json::Value;

use super::filled::filled;
use crate::folder::Folder;
use crate::sessions::program::groundplan;

const FORMS: [(&str, &str); 5] = [
    ("tid", "implementation-document"),
    ("technical-specification", "specification"),
    ("feature-specification", "specification"),
    ("technical-design", "technical-design"),
    ("component-design", "technical-design"),
];

/// The template as a person would fill it in an editor: no block, no marks, no braces.
fn document(folder: &Folder, name: &str) -> String {
    let run = groundplan(folder.path(), &["new", name, "Data Export", "--dry-run"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let text = run.stdout.split("<!-- groundplan").next().unwrap_or("").to_owned();
    let braces = text.split("{{").map(|part| part.split_once("}}").map_or(part, |it| it.1));
    filled(&braces.collect::<Vec<_>>().join("FR-1"))
}

#[test]
fn documents_in_the_five_forms_are_recognised_with_every_section() {
    let folder = Folder::empty();
    for (number, (name, _)) in FORMS.iter().enumerate() {
        let text = document(&folder, name);
        folder.write(&format!("notes/{number}.md"), text.as_bytes());
    }
    let run = groundplan(folder.path(), &["kinds", "notes", "--format", "json"]);
    let value: Value = serde_json::from_str(&run.stdout).expect("JSON");
    for (number, (name, kind)) in FORMS.iter().enumerate() {
        let found = &value["documents"][number];
        assert_eq!(
            (&found["kind"], &found["form"]["template"]),
            (&Value::from(*kind), &Value::from(*name)),
            "{found}"
        );
        assert_eq!(found["form"]["foreign"], Value::Array(Vec::new()), "{name}: {found}");
        assert_eq!(found["form"]["missing"], Value::Array(Vec::new()), "{name}: {found}");
        let text = document(&folder, name);
        let is_heading = |line: &&str| line.starts_with("##") && line.contains("# ");
        let headings = text.lines().filter(is_heading).count();
        assert_eq!(found["form"]["sections"], headings, "{name}: {found}");
    }
}

#[test]
fn a_section_that_the_form_does_not_have_is_named() {
    let folder = Folder::empty();
    let text = document(&folder, "technical-design").replace("## Non-Goals", "## Weather");
    folder.write("notes/a.md", text.as_bytes());
    let run = groundplan(folder.path(), &["kinds", "notes", "--format", "json"]);
    let value: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let form = &value["documents"][0]["form"];
    assert_eq!(form["foreign"], serde_json::json!(["Weather"]));
    assert_eq!(form["missing"], serde_json::json!(["Non-Goals"]));
}
