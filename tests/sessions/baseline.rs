//! `baseline`: what is accepted, why, how long, and what of it is gone.

use super::program::{Run, command, groundplan};
use crate::folder::Folder;

const BROKEN: &str = "# Orders\n\n[gone](gone.md)\n";

/// A folder with one document, whose finding is accepted until the end of January.
fn accepted() -> Folder {
    let folder = Folder::empty();
    folder.write("groundplan.toml", b"");
    folder.write("docs/a.md", BROKEN.as_bytes());
    let run = baseline(
        &folder,
        &["--write", "--reason", "next week", "--author", "Ann", "--until", "2027-01-31"],
    );
    assert_eq!(run.stdout, "Accepted 1 finding more in .groundplan/baseline.toml.\n", "{run:?}");
    folder
}

/// Runs `groundplan baseline` on 26 January 2027.
fn baseline(folder: &Folder, arguments: &[&str]) -> Run {
    let all: Vec<&str> =
        ["baseline", "--date", "2027-01-26"].iter().chain(arguments).copied().collect();
    let run = groundplan(folder.path(), &all);
    assert_eq!(run.stderr, "", "{run:?}");
    run
}

/// Runs `groundplan check` on a day, given in seconds since 1970.
fn check_at(folder: &Folder, seconds: &str) -> (Option<i32>, String) {
    let mut command = command(folder.path(), &["check", "--output-format", "concise"]);
    let output = command.env("SOURCE_DATE_EPOCH", seconds).output().expect("it runs");
    (output.status.code(), String::from_utf8(output.stdout).expect("UTF-8"))
}

const JANUARY_26: &str = "1800921600";
const FEBRUARY_1: &str = "1801440000";

#[test]
fn an_accepted_finding_is_left_out_until_its_day() {
    let folder = accepted();
    let (code, text) = check_at(&folder, JANUARY_26);
    assert_eq!(code, Some(0), "{text}");
    assert!(
        text.ends_with("1 finding of the baseline is left out (1 expires in 5 days).\n"),
        "{text}"
    );
    let (code, text) = check_at(&folder, FEBRUARY_1);
    assert_eq!(code, Some(1), "{text}");
    assert!(text.starts_with("docs/a.md:3:1: warning[broken-link] "), "{text}");
}

#[test]
fn the_list_says_who_accepted_what_and_how_long() {
    let folder = accepted();
    let run = baseline(&folder, &[]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let wanted = [
        "docs/a.md\n",
        "  broken-link: ",
        "    Ann: next week\n",
        "    until 2027-01-31, 5 days from now\n",
    ];
    assert!(wanted.iter().all(|it| run.stdout.contains(it)), "{run:?}");
    assert!(run.stdout.ends_with("\n1 finding in .groundplan/baseline.toml.\n"), "{run:?}");
}

#[test]
fn moved_lines_and_new_words_of_a_message_do_not_matter() {
    let folder = accepted();
    folder.write("docs/a.md", BROKEN.replacen("\n\n", "\n\nSome lines more.\n\n", 1).as_bytes());
    assert_eq!(check_at(&folder, JANUARY_26).0, Some(0));
    let path = folder.path().join(".groundplan/baseline.toml");
    let text = std::fs::read_to_string(&path).expect("the baseline");
    let lines = text.lines().map(|it| {
        if it.starts_with("message") { "message = \"as it was said before\"" } else { it }
    });
    std::fs::write(&path, lines.collect::<Vec<_>>().join("\n")).expect("a file");
    assert_eq!(check_at(&folder, JANUARY_26).0, Some(0), "the fingerprint tells");
    folder.write("docs/a.md", BROKEN.replace("gone", "lost").as_bytes());
    assert_eq!(check_at(&folder, JANUARY_26).0, Some(1), "another link is another finding");
}

#[test]
fn what_is_gone_is_pruned_and_fails_until_then() {
    let folder = accepted();
    let clean = baseline(&folder, &["--check"]);
    assert_eq!(
        (clean.code, clean.stdout.as_str()),
        (Some(0), "The baseline is in order: 1 finding.\n")
    );
    folder.write("docs/a.md", b"# Orders\n");
    folder.write("docs/b.md", BROKEN.as_bytes());
    let stale = baseline(&folder, &["--check"]);
    assert_eq!(stale.code, Some(1), "{stale:?}");
    assert!(stale.stdout.starts_with("1 finding of the baseline is gone: "), "{stale:?}");
    let elsewhere = baseline(&folder, &["--check", "docs/b.md"]);
    assert_eq!(elsewhere.code, Some(0), "nobody looked at docs/a.md: {elsewhere:?}");
    let pruned = baseline(&folder, &["--prune"]);
    assert_eq!(pruned.stdout, "Took 1 finding out of .groundplan/baseline.toml.\n", "{pruned:?}");
    assert_eq!(baseline(&folder, &["--check"]).code, Some(0));
    assert_eq!(groundplan(folder.path(), &["check"]).code, Some(1), "what is new is not accepted");
}

#[test]
fn what_has_expired_fails_and_takes_a_new_day() {
    let folder = accepted();
    let late = ["--date", "2027-02-01"];
    let run = |arguments: &[&str]| {
        let all: Vec<&str> = ["baseline"].iter().chain(&late).chain(arguments).copied().collect();
        groundplan(folder.path(), &all)
    };
    let expired = run(&["--check"]);
    assert_eq!(expired.code, Some(1), "{expired:?}");
    assert!(
        expired.stdout.contains("1 finding of the baseline is not accepted any more"),
        "{expired:?}"
    );
    let still = run(&["--write"]);
    assert!(still.stdout.contains("give a new day with `--until`"), "{still:?}");
    assert_eq!(run(&["--check"]).code, Some(1));
    let renewed = run(&["--write", "--until", "2027-06-30"]);
    assert!(renewed.stdout.ends_with("Accepted 1 finding anew.\n"), "{renewed:?}");
    assert_eq!(run(&["--check"]).code, Some(0));
    assert!(run(&[]).stdout.contains("    Ann: next week\n"), "the reason stays");
}

#[test]
fn a_baseline_that_grew_since_the_base_fails() {
    let folder = accepted();
    let git = |arguments: &[&str]| {
        let mut git = std::process::Command::new("git");
        git.current_dir(folder.path()).args([
            "-c",
            "user.name=Ann",
            "-c",
            "user.email=ann@example.org",
        ]);
        assert!(
            git.args(arguments).output().expect("git starts").status.success(),
            "{arguments:?}"
        );
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-qm", "begin"]);
    assert_eq!(baseline(&folder, &["--check", "--base", "HEAD"]).code, Some(0));
    folder.write("docs/b.md", BROKEN.as_bytes());
    assert_eq!(baseline(&folder, &["--write"]).code, Some(0));
    let grown = baseline(&folder, &["--check", "--base", "HEAD"]);
    assert_eq!(grown.code, Some(1), "{grown:?}");
    assert!(
        grown.stdout.starts_with("1 finding of the baseline is accepted since then: "),
        "{grown:?}"
    );
    let unknown = groundplan(folder.path(), &["baseline", "--check", "--base", "nowhere"]);
    assert_eq!((unknown.code, unknown.stdout.as_str()), (Some(2), ""), "{unknown:?}");
}

#[test]
fn a_date_that_is_none_is_one_message() {
    let folder = accepted();
    let run = groundplan(folder.path(), &["baseline", "--write", "--until", "soon"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{run:?}");
    assert!(run.stderr.contains("`soon` is no date"), "{run:?}");
    folder.write(
        ".groundplan/baseline.toml",
        b"[[finding]]\npath = \"a\"\nrule = \"r\"\nmessage = \"m\"\nuntil = 5\n",
    );
    let run = groundplan(folder.path(), &["check"]);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.stderr.contains("`until` is a day such as"), "{run:?}");
}
