//! What may stand in a file, and what may not.

use groundplan_tests::{File, files};

use super::code::code_only;
use super::none_of;

/// Files that are the bytes they are.
static BINARY: &[&str] = &[".png", ".ico", ".woff2", ".gz"];

#[test]
fn every_rust_file_says_first_what_lives_in_it() {
    none_of(faults(".rs", |file| {
        let missing = !file.text().starts_with("//! ");
        missing.then(|| "begins without `//!`".to_owned()).into_iter().collect()
    }));
}

#[test]
fn no_rust_file_holds_unfinished_work_or_silenced_lints() {
    let refused =
        ["todo!", "unimplemented!", "dbg!", "#[allow(", "#![allow(", "#[ignore", "should_panic"];
    none_of(faults(".rs", |file| {
        let code = code_only(file.text());
        let found = refused.iter().filter(|it| code.contains(*it));
        found.map(|it| format!("holds `{it}`")).collect()
    }));
}

#[test]
fn every_text_file_is_clean_utf8() {
    none_of(faults("", |file| {
        if BINARY.iter().any(|ending| file.is(ending)) {
            return Vec::new();
        }
        let Ok(text) = std::str::from_utf8(&file.bytes) else { return vec!["no UTF-8".to_owned()] };
        untidy_lines(text, file.is(".md"))
    }));
}

/// In Markdown two blanks behind text are a line break.
fn untidy_lines(text: &str, is_markdown: bool) -> Vec<String> {
    let mut found = Vec::new();
    for (index, line) in text.split('\n').enumerate() {
        let kept =
            line.strip_suffix("  ").filter(|it| is_markdown && !it.is_empty()).unwrap_or(line);
        if kept.ends_with([' ', '\t', '\r']) {
            found.push(format!("line {} ends with a blank", index + 1));
        }
    }
    if !text.is_empty() && !text.ends_with('\n') {
        found.push("ends without a line break".to_owned());
    }
    found
}

#[test]
fn no_file_names_a_place_on_somebodys_machine() {
    let places = ["work", "root", "home"].map(|it| format!("/{it}/"));
    none_of(faults("", |file| {
        let found = places.iter().filter(|it| names_place(file.text(), it));
        found.map(|it| format!("holds `{it}`")).collect()
    }));
}

/// Whether `place` stands at the begin of a path: `docs/work/x` and `https://host/work/` are none.
fn names_place(text: &str, place: &str) -> bool {
    text.match_indices(place).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        !before.is_some_and(|it| it.is_alphanumeric() || "._-}>]".contains(it))
    })
}

#[test]
fn a_place_is_named_at_the_begin_of_a_path_only() {
    let place = format!("/{}/", "work");
    for (text, expected) in [("`@x`", true), ("docs@x", false), ("(@x", true), ("~/a.b@", false)] {
        assert_eq!(names_place(&text.replace('@', &place), &place), expected, "{text}");
    }
}

#[test]
fn every_shell_script_stops_at_the_first_fault() {
    none_of(faults("", |file| {
        let is_shell = file.is(".sh")
            || file
                .text()
                .lines()
                .next()
                .is_some_and(|it| it.starts_with("#!") && it.ends_with("sh"));
        let is_strict = file.text().lines().any(|line| line == "set -euo pipefail");
        (is_shell && !is_strict)
            .then(|| "has no `set -euo pipefail`".to_owned())
            .into_iter()
            .collect()
    }));
}

#[test]
fn no_file_is_named_after_nothing() {
    let empty = ["utils", "util", "helpers", "helper", "common", "misc", "manager", "types"];
    none_of(faults(".rs", |file| {
        let named =
            |it: &&&str| file.is(&format!("/{it}.rs")) || file.path.contains(&format!("/{it}/"));
        empty.iter().filter(named).map(|it| format!("`{it}` says nothing")).collect()
    }));
}

fn faults(ending: &str, of: impl Fn(&File) -> Vec<String>) -> Vec<String> {
    let all = files("");
    let of = |file: &File| {
        let lines = of(file).into_iter().map(|it| format!("{}: {it}", file.path));
        lines.collect::<Vec<_>>()
    };
    all.iter().filter(|file| file.is(ending)).flat_map(of).collect()
}
