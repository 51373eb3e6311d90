//! Acceptance: a new document is accepted but for its places, each reported at its line; filled in
//! it is clean.

use super::{findings, new, read, repository, templates};

/// What no script can know about a first document.
const KNOWN: [&str; 6] = [
    "prd=the requirements of May",
    "design=the design of May",
    "tid=the implementation document of May",
    "project_prd=the requirements of the project",
    "test_results=the results of May",
    "req_id=FR-1",
];

/// Lines with a place, once for each place; told apart by another reading than the program's.
pub(super) fn places(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let brackets = line.match_indices('[').filter(|(at, _)| {
            let rest = &line[at + 1..];
            let end = rest.find(']');
            rest.starts_with(char::is_uppercase)
                && end.is_some_and(|end| !rest[end + 1..].starts_with('('))
        });
        let count = brackets.count() + line.matches("{{").count() + line.matches("TBD").count();
        found.extend(std::iter::repeat_n(index + 1, count));
    }
    found
}

/// The document with plausible content in every place, and its own examples in the fences.
pub(super) fn filled(text: &str) -> String {
    let mut result = String::new();
    let mut fence: Option<String> = None;
    for (index, line) in text.lines().enumerate() {
        let info = line.trim_start().strip_prefix("```");
        match (&fence, info) {
            (None, Some(info)) => {
                result.push_str(&format!("{line}\n{}\n", example(info)));
                fence = Some(info.to_owned());
            }
            (Some(_), Some(_)) => {
                result.push_str("```\n");
                fence = None;
            }
            (Some(_), None) => {}
            (None, None) => result.push_str(&format!("{}\n", line_filled(line, index))),
        }
    }
    result
}

fn example(language: &str) -> &'static str {
    match language {
        "sql" => "CREATE TABLE exports (id UUID PRIMARY KEY, label TEXT NOT NULL);",
        "json" => "{\"id\": \"5f0c8a52-7d1e-4c6b-9a43-2b8f1e6d7c90\", \"label\": \"May\"}",
        "yaml" => "openapi: 3.1.0",
        "python" => "def export(rows):\n    return list(rows)",
        "go" => "func Export(rows []Row) error",
        "dockerfile" => "FROM scratch",
        "env" => "EXPORT_LIMIT=20",
        _ => "caller -> exporter -> file",
    }
}

fn line_filled(line: &str, index: usize) -> String {
    let mut rest = line;
    let mut result = String::new();
    while let Some(at) = rest.find('[') {
        let (before, after) = rest.split_at(at);
        result.push_str(before);
        let end = after.find(']').unwrap_or(0);
        let inner = after.get(1..end).unwrap_or("");
        let is_place = inner.starts_with(char::is_uppercase) && !after[end + 1..].starts_with('(');
        match is_place {
            true => result.push_str(&value(inner, index)),
            false => result.push_str(&after[..=end]),
        }
        rest = &after[end + 1..];
    }
    result.push_str(rest);
    result.replace("TBD", "Yes, since part 4")
}

fn value(inner: &str, index: usize) -> String {
    match inner {
        "Method" => "GET".to_owned(),
        "Status" => "404".to_owned(),
        "Path of the resource" => "`/api/v1/exports/{id}`".to_owned(),
        _ if inner.contains('/') && !inner.contains(' ') => {
            inner.split('/').next().unwrap_or("").to_owned()
        }
        _ => format!("part {index} of the export"),
    }
}

#[test]
fn a_new_document_is_accepted_but_for_its_places_each_reported_at_its_line() {
    for name in templates() {
        let folder = repository();
        let path = new(&folder, &[&name, "Data export"]);
        let (run, found) = findings(&folder, &path);
        assert_eq!(run.code, Some(0), "{name}: {run:?}");
        let other = |it: &&(usize, String)| {
            !matches!(it.1.as_str(), "placeholder-left" | "template-example-left")
        };
        assert_eq!(found.iter().find(other), None, "{name}");
        let lines = found.iter().filter(|it| it.1 == "placeholder-left").map(|it| it.0);
        let text = read(&folder, &path);
        assert_eq!(lines.collect::<Vec<_>>(), places(&text), "{name}:\n{text}");
        let fences = text.lines().filter(|line| line.starts_with("```")).count() / 2;
        assert_eq!(found.len(), places(&text).len() + fences, "{name}: {found:?}");
    }
}

#[test]
fn filling_the_places_of_a_new_document_makes_it_clean() {
    for name in templates() {
        let folder = repository();
        let keys = keys(&name);
        let known = KNOWN
            .iter()
            .filter(|it| keys.contains(&it.split('=').next().unwrap_or("").to_uppercase()));
        let set: Vec<&str> = known.flat_map(|it| ["--set", it]).collect();
        let path = new(&folder, &[&[name.as_str(), "Data export"], set.as_slice()].concat());
        folder.write(&path, filled(&read(&folder, &path)).as_bytes());
        let (run, found) = findings(&folder, &path);
        assert_eq!(found, [], "{name}: {run:?}\n{}", read(&folder, &path));
    }
}

/// Places and header fields of a template.
fn keys(name: &str) -> Vec<String> {
    let folder = crate::folder::Folder::empty();
    let run =
        crate::sessions::program::groundplan(folder.path(), &["new", "--list", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let list = value["templates"].as_array().expect("a list");
    let template = list.iter().find(|it| it["name"] == *name).expect("it is listed");
    let keys = template["keys"].as_array().expect("a list").iter();
    keys.map(|it| it.as_str().expect("a key").to_owned()).collect()
}
