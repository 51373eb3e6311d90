//! `groundplan.toml` from outside: what counts for which document, and what is said about it.

use serde_json::Value;

use super::program::groundplan;
use crate::folder::Folder;

const BROKEN: &[u8] = b"# Orders\n\n[gone](gone.md)\n";

/// Exit code, standard output and standard error of a run.
fn run(folder: &Folder, arguments: &[&str]) -> (Option<i32>, String, String) {
    let run = groundplan(folder.path(), arguments);
    (run.code, run.stdout, run.stderr)
}

/// A folder that no settings above it reach.
fn repository() -> Folder {
    let folder = Folder::empty();
    folder.write(".git/HEAD", b"ref: refs/heads/main\n");
    folder
}

const CONCISE: [&str; 4] = ["check", "--output-format", "concise", "--quiet"];

#[test]
fn the_nearest_file_counts_alone_and_the_command_line_before_it() {
    let folder = repository();
    folder.write("docs/a.md", BROKEN);
    folder.write("docs/sub/b.md", BROKEN);
    folder.write("groundplan.toml", b"[check]\nignore = [\"broken-link\"]\n");
    assert_eq!(run(&folder, &CONCISE), (Some(0), String::new(), String::new()));

    folder.write("docs/sub/.config/groundplan.toml", b"[check.severity]\nbroken-link = \"info\"\n");
    let (code, out, err) = run(&folder, &CONCISE);
    assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
    assert!(out.starts_with("docs/sub/b.md:3:1: info[broken-link]"), "{out}");
    assert_eq!(out.lines().count(), 1, "{out}");

    let selected = run(&folder, &[&CONCISE[..], &["--select", "broken-link"]].concat());
    assert_eq!((selected.0, selected.1.lines().count()), (Some(1), 2), "{selected:?}");
    let alone = run(&folder, &[&CONCISE[..], &["--isolated"]].concat());
    assert_eq!(
        (alone.0, alone.1.matches("warning[broken-link]").count()),
        (Some(1), 2),
        "{alone:?}"
    );
    let one = run(&folder, &[&CONCISE[..], &["--config", "groundplan.toml"]].concat());
    assert_eq!(one, (Some(0), String::new(), String::new()));
}

#[test]
fn a_file_takes_over_what_it_extends() {
    let folder = repository();
    folder.write("docs/a.md", BROKEN);
    folder.write(
        "base.toml",
        b"[check]\nfail-on = \"error\"\n[check.severity]\nbroken-link = \"warning\"\n",
    );
    folder.write("docs/groundplan.toml", b"extends = \"../base.toml\"\n");
    let (code, out, err) = run(&folder, &CONCISE);
    assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
    assert!(out.contains("warning[broken-link]"), "{out}");

    let shown = run(&folder, &["config", "docs/a.md"]);
    assert_eq!((shown.0, shown.2.as_str()), (Some(0), ""), "{shown:?}");
    let line = shown.1.lines().find(|it| it.starts_with("check.fail-on = \"error\"")).expect("it");
    assert!(line.ends_with("base.toml:2"), "{line}");
    assert!(shown.1.contains("respect-gitignore = true") && shown.1.contains("# default"));
}

#[test]
fn a_circle_and_a_missing_file_name_the_way() {
    let folder = repository();
    folder.write("a.md", BROKEN);
    folder.write("groundplan.toml", b"extends = \"other.toml\"\n");
    let (code, out, err) = run(&folder, &["check"]);
    assert_eq!((code, out.as_str()), (Some(2), ""), "{err}");
    assert!(
        err.contains("groundplan.toml:1: ") && err.contains("`groundplan.toml` -> `other.toml`"),
        "{err}"
    );
    folder.write("other.toml", b"extends = \"groundplan.toml\"\n");
    let (code, _, err) = run(&folder, &["check"]);
    assert_eq!(code, Some(2));
    let way = "`groundplan.toml` -> `other.toml` -> `groundplan.toml`";
    assert!(err.contains("in a circle") && err.contains(way) && err.contains(" help: "), "{err}");
    let (code, _, err) = run(&folder, &["check", "--config", "weg.toml"]);
    assert_eq!(code, Some(2));
    assert!(err.contains("there is no configuration file `weg.toml`"), "{err}");
}

#[test]
fn unknown_keys_and_rules_are_warnings_that_can_be_denied() {
    let folder = repository();
    folder.write("a.md", b"# A\n\nText.\n");
    folder.write("groundplan.toml", b"[check]\nselct = []\nignore = [\"broken-lnk\"]\n");
    let (code, _, err) = run(&folder, &["check"]);
    assert_eq!(code, Some(0), "{err}");
    let lines: Vec<&str> = err.lines().collect();
    let expected = [
        "warning: groundplan.toml:2: there is no key `check.selct`",
        "  help: did you mean `check.select`?",
        "warning: groundplan.toml:3: there is no rule or group `broken-lnk`",
        "  help: did you mean `broken-link`? `groundplan rules` lists all",
    ];
    assert_eq!(lines, expected);
    let (code, out, err) = run(&folder, &["check", "--deny-config-warnings"]);
    assert_eq!((code, out.as_str()), (Some(2), ""), "{err}");
    assert!(err.contains("error: the configuration has warnings"), "{err}");
}

#[test]
fn a_wrong_type_ends_the_run_with_its_line_and_what_is_expected() {
    let folder = repository();
    folder.write("a.md", BROKEN);
    folder.write("groundplan.toml", b"\n[check]\npreview = \"yes\"\n");
    let (code, out, err) = run(&folder, &["check"]);
    assert_eq!((code, out.as_str()), (Some(2), ""), "{err}");
    let expected = "error: groundplan.toml:3: `check.preview` is the text `yes`; `true` or `false` is expected\n help: write it as in `preview = true`\n";
    assert_eq!(err, expected);
}

#[test]
fn paths_have_settings_and_kinds_of_their_own_and_some_are_left_out() {
    let folder = repository();
    for path in ["docs/a.md", "docs/draft/b.md", "old/c.md", "design/d.md"] {
        folder.write(path, BROKEN);
    }
    folder.write(
        "groundplan.toml",
        b"exclude = [\"old/**\"]\n[[per-file]]\npaths = [\"docs/draft/**\"]\nignore = [\"broken-link\"]\n\
          [[documents]]\nkind = \"tdd\"\npaths = [\"design/*.md\"]\n",
    );
    let (code, out, err) = run(&folder, &CONCISE);
    assert_eq!((code, err.as_str()), (Some(1), ""), "{out}");
    let named: Vec<&str> = out.lines().filter_map(|it| it.split(':').next()).collect();
    assert_eq!(named, ["design/d.md", "docs/a.md"]);
    let excluded = run(&folder, &[&CONCISE[..], &["old/c.md"]].concat());
    assert_eq!(excluded.0, Some(1), "a file that is named is read: {excluded:?}");
    let kinds = run(&folder, &["kinds", "design"]);
    assert!(
        kinds.1.contains("technical-design") && kinds.1.contains("the configuration says so"),
        "{kinds:?}"
    );
}

#[test]
fn a_rule_of_the_team_is_a_rule_as_all_others() {
    let folder = repository();
    folder.write(
        "a.md",
        b"# A\n\n## Alerts\n\n| Alert | Runbook |\n|---|---|\n| Slow | - |\n| Down | x |\n",
    );
    let rule = "[[rule]]\nname = \"alerts-need-runbook\"\nseverity = \"error\"\n\
        message = \"who is called must know what to do\"\nhelp = \"link the runbook\"\n\
        table = { heading = \"Alerts\", columns = [\"Alert\", \"Runbook\"] }\n\
        column.Runbook = { required = true }\n";
    folder.write("groundplan.toml", rule.as_bytes());
    let (code, out, err) = run(&folder, &["check"]);
    assert_eq!((code, err.as_str()), (Some(1), ""), "{out}");
    let title = "error[team/alerts-need-runbook]: who is called must know what to do: a cell of the column `Runbook` is empty";
    assert!(out.starts_with(title), "{out}");
    assert!(out.contains("a.md:7:") && out.contains("link the runbook"), "{out}");
    let json = run(&folder, &["check", "--output-format", "json"]);
    let value: Value = serde_json::from_str(&json.1).expect("JSON");
    assert_eq!(value["findings"][0]["rule"], "team/alerts-need-runbook");
    assert_eq!(run(&folder, &["check", "--ignore", "team"]).0, Some(0));
    assert_eq!(run(&folder, &["check", "--ignore", "team/alerts-need-runbook"]).0, Some(0));
    let off = format!("{rule}[check.severity]\n\"team/alerts-need-runbook\" = \"info\"\n");
    folder.write("groundplan.toml", off.as_bytes());
    let (code, out, _) = run(&folder, &["check"]);
    assert!(code == Some(0) && out.starts_with("info[team/"), "{out}");
}

#[test]
fn more_findings_than_are_wanted_are_counted() {
    let folder = repository();
    folder.write("a.md", b"# A\n\n[a](x.md)\n\n[b](y.md)\n\n[c](z.md)\n");
    folder.write("groundplan.toml", b"[check]\nmax-findings = 1\n");
    let (code, out, err) = run(&folder, &["check", "--output-format", "concise"]);
    assert_eq!((code, err.as_str()), (Some(1), ""), "{out}");
    assert_eq!(out.lines().filter(|it| it.starts_with("a.md:")).count(), 1, "{out}");
    assert!(out.contains("Found 3 warnings in 1 of 1 document.\n"), "{out}");
    assert!(out.ends_with("2 findings more than `max-findings` are not shown.\n"), "{out}");
}

#[test]
fn the_configuration_is_shown_for_programs_too() {
    let folder = repository();
    folder.write("groundplan.toml", b"root = true\n[[trace.policy]]\npattern = \"FR-*\"\nrequires = [\"task\"]\nwaived = { FR-1 = \"bought\" }\nuntil = 2026-01-31\n");
    let (code, out, err) = run(&folder, &["config", "--format", "json", "--date", "2026-02-01"]);
    assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
    let value: Value = serde_json::from_str(&out).expect("JSON and nothing else");
    let config = &value["config"];
    assert_eq!(config["files"][0], "groundplan.toml");
    let settings = config["settings"].as_array().expect("a list");
    let of = |key: &str| settings.iter().find(|it| it["key"] == key).expect(key);
    assert_eq!(
        (&of("root")["value"], &of("root")["source"]),
        (&true.into(), &"groundplan.toml:1".into())
    );
    assert_eq!(
        (&of("check.fail-on")["value"], &of("check.fail-on")["source"]),
        (&"warning".into(), &Value::Null)
    );
    assert_eq!(config["tables"][0]["list"], "trace.policy");
    assert_eq!(config["waivers_over"][0]["until"], "2026-01-31");
}

#[test]
fn files_that_tasks_name_are_looked_for_where_the_code_lies() {
    let folder = Folder::empty();
    let list = "# Tasks: orders\n\n- [x] 1.1 Read `api/read.py` and `api/page.py`\n\
        - [x] 1.2 Write `api/write.py`\n";
    folder.write("plans/tasks/004_FTASKS-orders.md", list.as_bytes());
    folder.write("plans/groundplan.toml", b"");
    folder.write("service/api/read.py", b"import page\n");
    folder.write("service/api/page.py", b"SIZE = 20\n");
    let arguments = ["check", "plans", "-q", "--output-format", "concise", "--select"];
    let arguments = [&arguments[..], &["done-task-without-file"]].concat();
    let (code, found, _) = run(&folder, &arguments);
    let nowhere = "plans/tasks/004_FTASKS-orders.md:3:17: warning[done-task-without-file] \
        2 ticked tasks name 3 files, and none of them exists\n";
    assert_eq!((code, found.as_str()), (Some(1), nowhere));
    folder.write("plans/groundplan.toml", b"[code]\nroot = \"../service\"\n");
    let (code, found, _) = run(&folder, &arguments);
    let one = "plans/tasks/004_FTASKS-orders.md:4:18: warning[done-task-without-file] \
        the task 1.2 is ticked, and `api/write.py` does not exist\n";
    assert_eq!((code, found.as_str()), (Some(1), one));
}
