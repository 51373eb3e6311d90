//! `kinds`, a team's own profiles, and standard input.

use std::path::Path;

use groundplan_model::Profile;
use serde_json::Value;

use super::program::{Run, groundplan, groundplan_reading};
use crate::folder::Folder;

/// Documents of a team that nobody else knows.
const PROFILE: &str = "name = \"house\"\ntitle = \"The house's own\"\n\n[[kind]]\n\
    kind = \"technical-design\"\npaths = [\"**/blueprints/*.md\"]\n";

const BLUEPRINT: &str = "# Stairs\n";

/// A repository with a team's profile and one of its documents.
fn house() -> Folder {
    let folder = Folder::empty();
    folder.write(".git/HEAD", b"ref: refs/heads/main\n");
    folder.write(".groundplan/profiles/house.toml", PROFILE.as_bytes());
    folder.write("docs/blueprints/stairs.md", BLUEPRINT.as_bytes());
    folder
}

fn json(run: &Run) -> Value {
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{run:?}");
    serde_json::from_str(&run.stdout).expect("JSON and nothing else")
}

/// Kind and profile that `inspect` prints for the one document.
fn kind_of(folder: &Path, arguments: &[&str]) -> (String, String) {
    let arguments = [&["inspect", "--format", "json"], arguments].concat();
    let document = json(&groundplan(folder, &arguments))["documents"][0].take();
    let text = |name: &str| document[name].as_str().expect("a text").to_owned();
    (text("kind"), text("profile"))
}

#[test]
fn every_built_in_profile_is_listed_with_its_kinds() {
    let folder = Folder::empty();
    let text = groundplan(folder.path(), &["kinds"]);
    let listed = json(&groundplan(folder.path(), &["kinds", "--format", "json"]));
    let listed = listed["profiles"].as_array().expect("a list");
    assert_eq!(listed.len(), Profile::built_in().len());
    for (profile, listed) in Profile::built_in().iter().zip(listed) {
        assert_eq!(listed["name"], *profile.name);
        assert_eq!(listed["file"], Value::Null);
        assert_eq!(listed["kinds"].as_array().map(Vec::len), Some(profile.kinds.len()));
        assert!(text.stdout.contains(&format!("{}: {} (built in)", profile.name, profile.title)));
    }
}

#[test]
fn a_document_is_named_with_its_kind_and_the_reason() {
    let folder = Folder::empty();
    folder.write("docs/adr/0001-choose.md", b"# Choose\n");
    folder.write("docs/notes.md", b"# Notes\n");
    let run = groundplan(folder.path(), &["kinds", "docs"]);
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert!(lines[0].starts_with("docs/adr/0001-choose.md: decision-record (adr): the path"));
    assert_eq!(lines[1..], ["docs/notes.md: other (plain): no profile fits"]);
    let value = json(&groundplan(folder.path(), &["kinds", "docs", "--format", "json"]));
    assert_eq!(value["documents"][0]["kind"], "decision-record");
    assert!(value["documents"][0]["reasons"][0].is_string(), "{value}");
}

#[test]
fn a_team_s_profile_comes_before_the_built_in_ones_from_any_folder_of_the_repository() {
    let folder = house();
    let run = groundplan(folder.path(), &["kinds"]);
    assert!(
        run.stdout.starts_with("house: The house's own (.groundplan/profiles/house.toml)\n"),
        "{run:?}"
    );
    let expected = ("technical-design".to_owned(), "house".to_owned());
    assert_eq!(kind_of(folder.path(), &["docs"]), expected);
    let below = folder.path().join("docs/blueprints");
    assert_eq!(kind_of(&below, &["../blueprints/stairs.md"]), expected);
    let elsewhere = Folder::empty();
    let path = folder.full("docs/blueprints/stairs.md");
    assert_eq!(kind_of(elsewhere.path(), &[&path]), expected);
}

#[test]
fn without_its_profile_the_same_document_is_another_kind() {
    let folder = Folder::empty();
    folder.write("docs/blueprints/stairs.md", BLUEPRINT.as_bytes());
    assert_eq!(kind_of(folder.path(), &["docs"]), ("other".to_owned(), "plain".to_owned()));
}

#[test]
fn a_broken_profile_is_one_message_with_its_file_and_the_way_out() {
    let folder = house();
    folder.write(".groundplan/profiles/attic.toml", b"name = \"attic\"\nkinds = 3\n");
    for command in ["check", "inspect", "plan", "kinds"] {
        let run = groundplan(folder.path(), &[command, "docs"]);
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{run:?}");
        let lines: Vec<&str> = run.stderr.lines().collect();
        let [message, help] = lines.as_slice() else { panic!("{run:?}") };
        assert!(message.contains("`.groundplan/profiles/attic.toml`"), "{message}");
        assert!(message.contains("`kinds`") && help.trim_start().starts_with("help: "), "{run:?}");
    }
}

#[test]
fn the_state_folder_keeps_profiles_visible_to_git() {
    let folder = Folder::example();
    let before = folder.path().join(".groundplan/.gitignore");
    let earlier = ["*\n", "*\n!.gitignore\n!profiles/\n!profiles/**\n"];
    for stands in [None, Some(earlier[0]), Some(earlier[1])] {
        if let Some(text) = stands {
            folder.write(".groundplan/.gitignore", text.as_bytes());
        }
        assert_eq!(groundplan(folder.path(), &["token", "."]).code, Some(0));
        let text = std::fs::read_to_string(&before).expect("the file is there");
        assert!(text.starts_with(earlier[1]), "{text}");
        for shared in ["!templates/**\n", "!base/**\n", "!approvals.toml\n"] {
            assert!(text.contains(shared), "{text}");
        }
    }
    folder.write(".groundplan/.gitignore", b"# ours\n");
    assert_eq!(groundplan(folder.path(), &["token", "."]).code, Some(0));
    let text = std::fs::read_to_string(&before).expect("the file is there");
    assert_eq!(text, "# ours\n", "what a team wrote stays");
}

#[test]
fn standard_input_is_a_document_under_the_name_that_it_is_given() {
    let folder = house();
    let text = "# A\n\n**Version**: 1.0\n\n## Change Log\n\n| Date | Version |\n|---|---|\n\
        | 2026-01-02 | 1.1 |\n";
    let concise = ["check", "-", "--quiet", "--output-format", "concise"];
    let run = groundplan_reading(folder.path(), &concise, text);
    assert!(run.stdout.starts_with("<stdin>:3:14: "), "{run:?}");
    assert_eq!(run.code, Some(1), "{run:?}");

    let named = ["inspect", "-", "--stdin-filename", "docs/blueprints/new.md", "--format", "json"];
    let value = json(&groundplan_reading(folder.path(), &named, text));
    assert_eq!(value["documents"][0]["path"], "docs/blueprints/new.md");
    assert_eq!(value["documents"][0]["profile"], "house");
}

#[test]
fn standard_input_is_not_mended() {
    let folder = Folder::empty();
    let run = groundplan_reading(folder.path(), &["check", "-", "--fix"], "# A\n");
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{run:?}");
    assert!(run.stderr.contains("--diff"), "{run:?}");
}
