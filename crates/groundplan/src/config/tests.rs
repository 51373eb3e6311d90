//! What texts come to, and what is said about wrong ones.

use std::path::Path;

use groundplan_analysis::Demand;
use groundplan_model::profile::Kind;
use serde_json::json;

use super::key::{Key, Shape};
use super::{Config, KEYS};

fn config(text: &str) -> Config {
    let (config, problems) = Config::of_text(text);
    assert_eq!(problems, [], "{text}");
    config
}

/// "line: message; help", with `!` before errors.
fn problems(text: &str) -> Vec<String> {
    let (_, problems) = Config::of_text(text);
    let shown = problems.iter().map(|it| {
        let mark = if it.is_error { "!" } else { "" };
        format!("{mark}{}: {}; {}", it.line, it.message, it.help)
    });
    shown.collect()
}

#[test]
fn settings_are_known_by_their_path_with_their_line() {
    let config = config("profile = \"xcc\"\n\n[check]\nfail-on = \"error\"\n");
    assert_eq!(
        (config.text("profile"), config.text("check.fail-on")),
        (Some("xcc"), Some("error"))
    );
    let line = |path: &str| config.setting(path).map(|it| it.origin.shown());
    assert_eq!(line("check.fail-on").as_deref(), Some("groundplan.toml:4"));
    assert!(config.flag("respect-gitignore", true) && config.text("cache.dir").is_none());
}

#[test]
fn an_unknown_key_and_an_unknown_rule_are_warnings_with_a_suggestion() {
    assert_eq!(
        problems("[check]\nselct = []\n"),
        ["2: there is no key `check.selct`; did you mean `check.select`?"]
    );
    let text = "[check]\nignore = [\n  \"broken-link\",\n  \"broken-lnk\",\n]\n";
    let expected = "4: there is no rule or group `broken-lnk`; did you mean `broken-link`? `groundplan rules` lists all";
    assert_eq!(problems(text), [expected]);
    assert_eq!(
        problems(
            "[[rule]]\nname = \"ours\"\nforbid = [\"x\"]\n[check]\nignore = [\"team/ours\", \"team\"]\n"
        ),
        [""; 0]
    );
}

#[test]
fn a_wrong_type_is_an_error_that_says_what_is_expected() {
    for (text, expected) in [
        (
            "profile = 4",
            "!1: `profile` is the number 4; a text is expected; write it as in `profile = \"xcc\"`",
        ),
        (
            "\nroot = \"yes\"",
            "!2: `root` is the text `yes`; `true` or `false` is expected; write it as in `root = true`",
        ),
        (
            "[check]\nselect = \"a\"",
            "!2: `check.select` is the text `a`; a list of rules and groups is expected; write it as in `select = [\"documents\", \"broken-link\"]`",
        ),
        (
            "[check]\nfail-on = \"bad\"",
            "!2: `check.fail-on` is the text `bad`; one of `error`, `warning`, `info` is expected; write it as in `fail-on = \"error\"`",
        ),
        (
            "rule = 1",
            "!1: `rule` is the number 1; a list of tables is expected; see `groundplan config --help`",
        ),
        ("profile = [", "!1: this is no TOML"),
        ("exclude = [\"{\"]", "!1: `exclude` holds a pattern that cannot be read"),
        (
            "[[rule]]\nname = \"a\"\ncolumn.B.pattern = \"(\"",
            "!3: `rule.column.B.pattern` is no regular expression",
        ),
    ] {
        let found = problems(text);
        assert!(found.iter().any(|it| it.starts_with(expected)), "{text}: {found:?}");
    }
}

#[test]
fn a_table_without_what_it_needs_is_an_error() {
    assert_eq!(
        problems("\n[[rule]]\nforbid = [\"x\"]\n"),
        ["!2: a table `[[rule]]` has no `name`; add `name` to it"]
    );
    assert_eq!(problems("[[documents]]\nkind = \"tid\"\n").len(), 1);
    assert_eq!(problems("[[per-file]]\npaths = 1\n").len(), 1, "one fault is said once");
}

#[test]
fn a_rule_cannot_take_the_name_of_a_built_in_one() {
    let text = |name: &str| format!("[[rule]]\nname = \"{name}\"\nforbid = [\"x\"]\n");
    assert!(problems(&text("broken-link"))[0].contains("built-in"));
    assert!(problems(&text("Big Rule"))[0].contains("small letters"));
}

#[test]
fn a_rule_of_the_team_is_what_its_tables_say() {
    let config = config(
        "[[rule]]\nname = \"alerts\"\ndocuments = [\"tdd\", \"ops/**\"]\nseverity = \"error\"\n\
         table = { heading = \"Alerts\", columns = [\"Alert\"] }\n\
         [rule.column.Runbook]\nrequired = true\npattern = \"https://.+\"\n",
    );
    let rule = &config.team[0].rule;
    assert_eq!(
        (rule.name.as_str(), &rule.kinds[..]),
        ("team/alerts", &[Kind::TechnicalDesign][..])
    );
    let [Demand::Table(table)] = &rule.demands[..] else { panic!("{rule:?}") };
    assert_eq!(
        (table.heading.as_deref(), table.cells[0].title.as_str()),
        (Some("Alerts"), "Runbook")
    );
    assert!(config.team[0].paths.mean(Path::new("/docs/ops/a.md")));
    assert!(!config.team[0].paths.mean(Path::new("/docs/a.md")));
}

#[test]
fn kinds_and_what_is_left_out_go_by_the_path_from_the_file() {
    let config = config(
        "exclude = [\"old\"]\ninclude = [\"**/*.md\"]\n[[documents]]\nkind = \"tid\"\npaths = [\"t/*.md\"]\n",
    );
    assert_eq!(config.kind(Path::new("/docs/t/a.md")), Some(Kind::ImplementationDocument));
    assert_eq!(config.kind(Path::new("/other/t/a.md")), None);
    let is_in = |path: &str| config.includes(Path::new(path));
    assert!(is_in("/docs/a.md") && !is_in("/docs/old/x/a.md") && !is_in("/docs/a.txt"));
}

#[test]
fn a_policy_is_read_with_its_waivers() {
    let config = config(
        "[[trace.policy]]\npattern = \"FR-*\"\nrequires = [\"design\", [\"task\", \"test\"]]\n\
         waived = { \"FR-7\" = \"bought\" }\nuntil = 2027-01-31\n",
    );
    let policy = &config.policies[0];
    assert_eq!(policy.requires.iter().map(Vec::len).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(policy.waiver("FR-7", "2027-01-31"), Some("bought"));
    assert_eq!(policy.waiver("FR-7", "2027-02-01"), None);
}

#[test]
fn the_digest_goes_by_what_is_settled_and_not_by_how_it_is_written() {
    let one = config("root = true\nprofile = \"xcc\"\n").digest();
    assert_eq!(one, config("# ours\nprofile = 'xcc'\n\nroot = true\n").digest());
    assert_ne!(one, config("root = true\nprofile = \"kiro\"\n").digest());
}

#[test]
fn every_example_and_default_can_be_read() {
    check(KEYS, "");
}

/// A key alone in a file is read without an error, as are those of tables.
fn check(keys: &[Key], table: &str) {
    for key in keys {
        if let Shape::Table(keys) | Shape::Tables(keys) = key.shape {
            let path = format!("{table}{}", key.name);
            let is_list = matches!(key.shape, Shape::Tables(_));
            let is_inner = table.starts_with("rule.");
            if !is_inner {
                let head = if is_list { format!("[[{path}]]") } else { format!("[{path}]") };
                keys.iter().for_each(|it| values(it, &head));
                check(keys, &format!("{path}."));
            }
        } else if table.is_empty() {
            values(key, "");
        }
    }
}

fn values(key: &Key, head: &str) {
    for value in [key.default, key.example].into_iter().filter(|it| !it.is_empty()) {
        let (_, problems) = Config::of_text(&format!("{head}\n{} = {value}\n", key.name));
        let wrong: Vec<_> =
            problems.iter().filter(|it| !it.message.contains("has no") && it.is_error).collect();
        assert!(wrong.is_empty(), "{head} {} = {value}: {wrong:?}", key.name);
    }
}

#[test]
fn the_page_shows_a_file_that_works() {
    let page = super::manual();
    let shown = page.split("```toml\n").nth(1).and_then(|it| it.split("```").next()).expect("one");
    assert_eq!(problems(shown), [""; 0]);
    assert_eq!(super::schema()["properties"]["root"]["type"], json!("boolean"));
}
