//! `action.yml`, `.pre-commit-hooks.yaml` and the snippets of `docs/ci.md`: they are YAML, and the
//! commands that they name exist with these arguments.

use std::process::{Command, Output};

use groundplan_syntax::{Kind, Source, parse};
use groundplan_tests::{read, root};
use saphyr::{LoadableYamlNode, Yaml};

use super::program::binary;
use crate::folder::Folder;

fn yaml(text: &str) -> Yaml<'_> {
    let documents = Yaml::load_from_str(text).unwrap_or_else(|error| panic!("{error} in\n{text}"));
    documents.into_iter().next().expect("one document")
}

fn text<'a>(node: &'a Yaml<'_>, key: &str) -> &'a str {
    node.as_mapping_get(key).and_then(Yaml::as_str).unwrap_or_else(|| panic!("no `{key}`"))
}

/// Whether the program takes these words; what a shell puts in for them may be anything.
fn is_taken(command: &str) {
    let words = command.split_whitespace().map(|it| it.trim_matches(['"', '\'']));
    let words =
        words.filter(|it| !it.contains('@')).map(|it| if it.starts_with('$') { "x" } else { it });
    let arguments: Vec<&str> = words.chain(["--help"]).collect();
    let output = groundplan::capture(std::iter::once("groundplan").chain(arguments));
    assert_eq!(output.code, 0, "{command}: {}", output.stderr);
}

#[test]
fn every_hook_names_a_command_that_exists() {
    let text_of_hooks = read(".pre-commit-hooks.yaml");
    let hooks = yaml(&text_of_hooks);
    let hooks = hooks.as_sequence().expect("a list of hooks");
    assert!(!hooks.is_empty());
    for hook in hooks {
        assert!(text(hook, "id").starts_with("groundplan-") && !text(hook, "name").is_empty());
        assert_eq!(text(hook, "language"), "script");
        let (script, command) = text(hook, "entry").split_once(' ').expect("script and command");
        assert!(root().join(script).is_file(), "{script}");
        is_taken(command);
        let types = hook.as_mapping_get("types").and_then(Yaml::as_sequence).expect("types");
        assert_eq!(types.first().and_then(Yaml::as_str), Some("markdown"));
    }
}

fn action() -> String {
    read("action.yml")
}

/// The script of the step that checks.
fn check_script(action: &Yaml<'_>) -> String {
    let steps = action.as_mapping_get("runs").and_then(|it| it.as_mapping_get("steps"));
    let steps = steps.and_then(Yaml::as_sequence).expect("steps");
    let is_check = |it: &&Yaml<'_>| text(it, "name") == "Check the documents";
    text(steps.iter().find(is_check).expect("a step that checks"), "run").to_owned()
}

#[test]
fn every_input_of_the_action_is_described_and_used() {
    let text_of_action = action();
    let parsed = yaml(&text_of_action);
    let inputs = parsed.as_mapping_get("inputs").and_then(Yaml::as_mapping).expect("inputs");
    for (name, input) in inputs {
        let name = name.as_str().expect("a name");
        assert!(!text(input, "description").is_empty(), "{name}");
        assert!(
            text_of_action.contains(&format!("${{{{ inputs.{name} }}}}")),
            "{name} is not used"
        );
    }
    let used = text_of_action.matches("${{ inputs.").count();
    assert_eq!(used, inputs.len(), "an input is used that is not described");
    assert!(!check_script(&parsed).contains("${{"), "an input in a script is code");
}

/// Runs the step of the action that checks, with these inputs.
fn run_action(folder: &Folder, inputs: &[(&str, &str)]) -> Output {
    let text_of_action = action();
    let script = check_script(&yaml(&text_of_action));
    let programs = folder.path().join("temp/groundplan/bin");
    std::fs::create_dir_all(&programs).expect("a folder");
    let program = programs.join("groundplan");
    if !program.exists() {
        std::fs::copy(binary(), program).expect("the program");
    }
    let mut command = Command::new("bash");
    command.args(["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", &script]);
    command.current_dir(folder.path()).env("RUNNER_TEMP", folder.full("temp"));
    command.env("GITHUB_STEP_SUMMARY", folder.full("summary.md"));
    for name in ["PATHS", "ARGUMENTS", "SARIF_FILE", "COMMENT_FILE", "SUMMARY"] {
        let given = inputs.iter().find(|it| it.0 == name).map_or("", |it| it.1);
        command.env(format!("INPUT_{name}"), given);
    }
    command.output().expect("bash starts")
}

#[cfg(unix)]
#[test]
fn the_action_annotates_reports_and_fails() {
    let folder = Folder::empty();
    folder.write("docs/a.md", b"# A\n\n[gone](gone.md)\n");
    let inputs = [
        ("PATHS", "docs"),
        ("SARIF_FILE", "a.sarif"),
        ("COMMENT_FILE", "a.md"),
        ("SUMMARY", "true"),
    ];
    let output = run_action(&folder, &inputs);
    let stdout = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(stdout.starts_with("::warning file=docs/a.md,line=3,col=1,"), "{output:?}");
    let written = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect(name);
    assert!(written("a.sarif").contains("\"broken-link\""));
    assert!(written("a.md").starts_with("<!-- groundplan-check -->\n"));
    assert_eq!(written("summary.md"), written("a.md"));
    let only_errors = [("PATHS", "docs"), ("ARGUMENTS", "--ignore broken-link --fail-on error")];
    let output = run_action(&folder, &only_errors);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
}

#[test]
fn the_snippets_of_the_page_are_yaml_and_their_commands_exist() {
    let page = Source::new("docs/ci.md", &read("docs/ci.md"));
    let tree = parse(&page);
    let mut commands = 0;
    for id in tree.descendants(tree.root()) {
        let Kind::Fence { info, content, .. } = tree.kind(id) else { continue };
        let (language, content) = (page.slice(info), page.slice(content));
        if language == "yaml" {
            yaml(content);
        }
        if !matches!(language, "yaml" | "console") {
            continue;
        }
        for line in content.lines().filter(|it| !it.contains("cargo")) {
            let Some((_, command)) = line.split_once("groundplan ") else { continue };
            // A reason holds blanks; what it says is of no account.
            is_taken(&command.split('"').step_by(2).collect::<Vec<_>>().join("x"));
            commands += 1;
        }
    }
    assert!(commands >= 6, "only {commands} commands");
}
