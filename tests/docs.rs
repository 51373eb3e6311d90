//! Pages that the program makes from its own tables, and pages that name its commands.

use groundplan_model::Template;
use groundplan_model::document::Concept;
use groundplan_model::profile::{self, Profile};
use groundplan_syntax::{Kind, Source, parse};
use groundplan_tests::{File, files, read, root};

use crate::folder::Folder;

#[test]
fn the_page_of_the_command_line_is_what_the_program_says() {
    is_current("docs/cli.md", &groundplan::cli_reference());
}

#[test]
fn the_manual_of_the_rules_is_what_the_program_says() {
    is_current("docs/rules.md", &groundplan::rules_reference());
}

#[test]
fn the_schema_of_inspect_is_what_the_program_says() {
    is_current("docs/inspect.schema.json", &groundplan::inspect_schema());
}

#[test]
fn the_page_of_the_configuration_is_what_the_program_says() {
    is_current("docs/config.md", &groundplan::config_reference());
}

#[test]
fn the_schema_of_findings_is_what_the_program_says() {
    is_current("docs/check.schema.json", &groundplan::check_schema());
}

#[test]
fn the_schema_of_the_configuration_is_what_the_program_says() {
    is_current("docs/groundplan.schema.json", &groundplan::config_schema());
}

/// `UPDATE=1` writes the page.
fn is_current(path: &str, text: &str) {
    let full = root().join(path);
    let text = format!("{}\n", text.trim_end());
    if std::env::var("UPDATE").is_ok_and(|it| it == "1") {
        std::fs::write(&full, &text).expect("the page can be written");
    }
    let stands = std::fs::read_to_string(&full).unwrap_or_default();
    assert!(stands == text, "{path} is stale; UPDATE=1 cargo test -p groundplan-tests docs");
}

#[test]
fn the_first_screen_of_the_readme_holds_both_commands() {
    let readme = read("README.md");
    let screen: Vec<&str> = readme.lines().take(50).map(str::trim).collect();
    for command in ["cargo run --release -- up examples/data-export", "cargo xtask test"] {
        assert!(screen.contains(&command), "`{command}` is not on the first screen");
    }
}

#[test]
fn the_findings_that_the_readme_shows_are_what_the_program_prints() {
    let readme = Source::new("README.md", &read("README.md"));
    let document = fence(&readme, "markdown");
    let folder = Folder::empty();
    folder.write("orders.md", document.as_bytes());
    let output = groundplan::capture(["groundplan", "check", &folder.full("orders.md")]);
    let text = output.stdout.replace(&folder.full(""), "");
    let lines: Vec<&str> = text.trim_end().lines().map(str::trim_end).collect();
    let shown = format!("$ groundplan check orders.md\n{}\n", lines.join("\n"));
    assert_eq!(fence(&readme, "console"), shown);
}

/// The content of the first fence with this info string.
fn fence(source: &Source, wanted: &str) -> String {
    let tree = parse(source);
    let content = tree.descendants(tree.root()).find_map(|id| match tree.kind(id) {
        Kind::Fence { info, content, .. } if source.slice(info) == wanted => Some(content),
        _ => None,
    });
    source.slice(content.expect(wanted)).to_owned()
}

#[test]
fn the_page_of_profiles_shows_one_that_works_and_names_every_kind_and_concept() {
    let page = read("docs/profiles.md");
    let shown = fence(&Source::new("docs/profiles.md", &page), "toml");
    assert!(Profile::parse(&shown).is_ok(), "{shown}");
    let kinds = profile::Kind::ALL.map(profile::Kind::as_str);
    let concepts = Concept::ALL.iter().map(|it| it.key());
    for name in kinds.into_iter().chain(concepts) {
        assert!(page.contains(&format!("`{name}`")), "docs/profiles.md does not name `{name}`");
    }
}

#[test]
fn the_page_of_templates_shows_one_that_works_and_names_every_built_in_one() {
    let page = read("docs/templates.md");
    let shown = fence(&Source::new("docs/templates.md", &page), "markdown");
    let template = Template::parse("runbook", &shown).expect("it can be read");
    assert_eq!(template.promises().len(), 1);
    assert!(template.shape().parts.iter().any(|it| it.optional), "{shown}");
    for template in Template::built_in() {
        assert!(
            page.contains(&format!("`{}`", template.name)),
            "it does not name `{}`",
            template.name
        );
    }
}

#[test]
fn commands_in_our_pages_exist() {
    let known = |name: &str| groundplan::capture(["groundplan", name, "--help"]).code == 0;
    let pages = files("").into_iter().filter(|it| it.is(".md") && is_ours(it));
    for page in pages {
        for name in commands(page.text()) {
            assert!(known(name), "{}: `groundplan {name}`", page.path);
        }
    }
}

/// Documents of examples and cases may name what they like.
fn is_ours(page: &File) -> bool {
    !page.path.starts_with("tests/") && !page.path.contains("/docs/")
        || page.path.starts_with("docs/")
}

/// Words after `groundplan ` in code.
fn commands(text: &str) -> impl Iterator<Item = &str> {
    let starts = text.match_indices("`groundplan ").chain(text.match_indices("\ngroundplan "));
    starts.filter_map(|(at, found)| {
        let rest = text.get(at + found.len()..)?;
        let end = rest.find(|it: char| !it.is_ascii_lowercase())?;
        (end > 0).then(|| &rest[..end])
    })
}
