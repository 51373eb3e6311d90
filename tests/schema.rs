//! `docs/inspect.schema.json` and `docs/check.schema.json` against what `inspect` and `check` print.

use groundplan_syntax::{Kind, Source, parse};
use groundplan_tests::{files, read, root};
use serde_json::{Value, json};

use crate::folder::Folder;

fn schema() -> Value {
    serde_json::from_str(&read("docs/inspect.schema.json")).expect("the schema is JSON")
}

fn inspected(path: &str) -> Value {
    let output = groundplan::capture(["groundplan", "inspect", "--format", "json", path]);
    assert_eq!((output.code, output.stderr.as_str()), (0, ""), "{path}");
    serde_json::from_str(&output.stdout).expect("JSON and nothing else")
}

#[track_caller]
fn is_valid(value: &Value) {
    let mut faults = Vec::new();
    check(&schema(), value, "", &mut faults);
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn the_example_is_as_the_schema_says() {
    let example = inspected(&root().join("examples/data-export").display().to_string());
    assert!(example["documents"].as_array().is_some_and(|it| it.len() > 1));
    is_valid(&example);
}

#[test]
fn every_document_of_every_case_is_as_the_schema_says() {
    let folder = Folder::empty();
    let mut count = 0;
    for case in files("tests/cases").into_iter().filter(|it| it.is(".md")) {
        let source = Source::new(&case.path, case.text());
        let tree = parse(&source);
        for id in tree.descendants(tree.root()) {
            if let Kind::Fence { info, content, .. } = tree.kind(id)
                && source.slice(info).starts_with("md")
            {
                count += 1;
                folder.write(&format!("{count}.md"), source.slice(content).as_bytes());
            }
        }
    }
    assert!(count > 50, "only {count} documents in the cases");
    is_valid(&inspected(&folder.full("")));
}

#[test]
fn every_kind_of_fact_is_in_the_output() {
    let mut open = vec!["status", "rollback"];
    let schema = schema();
    let document = &schema["properties"]["documents"]["items"]["properties"];
    let lists = document.as_object().expect("members").iter();
    open.extend(lists.filter(|it| it.1["type"] == "array").map(|it| it.0.as_str()));
    let folder = Folder::empty();
    folder.write("all.md", read("tests/schema/every_fact.md").as_bytes());
    let value = inspected(&folder.full("all.md"));
    is_valid(&value);
    let all = &value["documents"][0];
    let is_missing =
        |name: &&str| all[*name].is_null() || all[*name].as_array().is_some_and(Vec::is_empty);
    open.retain(is_missing);
    assert_eq!(open, [""; 0], "no such fact in tests/schema/every_fact.md");
}

#[test]
fn the_order_of_members_is_fixed_and_runs_repeat() {
    let path = root().join("examples/data-export").display().to_string();
    let first = inspected(&path);
    let names: Vec<&String> = first["documents"][0].as_object().expect("members").keys().collect();
    let promised = [
        "path",
        "kind",
        "profile",
        "title",
        "status",
        "header",
        "endpoints",
        "tables",
        "tasks",
        "requirements",
        "requirement_refs",
        "targets",
        "errors",
        "env_vars",
        "components",
        "questions",
        "placeholders",
        "links",
        "source_paths",
    ];
    assert_eq!(names[..promised.len()], promised);
    assert_eq!(first.to_string(), inspected(&path).to_string());
}

#[test]
fn values_that_are_not_as_the_schema_says_are_found() {
    let good = inspected(&root().join("examples/data-export").display().to_string());
    for (at, wrong) in [
        ("/schema_version", json!(0)),
        ("/documents/0/path", Value::Null),
        ("/documents/0/kind", json!("novel")),
        ("/documents/0/header", json!({ "Version": 4 })),
        ("/documents/0/links", json!([{ "target": "a.md" }])),
        ("/documents/0/sections/0/line", json!(0)),
        ("/documents/0/status", json!({})),
        ("/documents/0", json!({ "path": "a.md" })),
    ] {
        let mut value = good.clone();
        *value.pointer_mut(at).expect(at) = wrong;
        let mut faults = Vec::new();
        check(&schema(), &value, "", &mut faults);
        assert!(!faults.is_empty(), "{at} passed");
        assert!(faults.iter().all(|it| it.starts_with(at)), "{at}: {faults:?}");
    }
}

#[test]
fn findings_of_every_page_of_the_rules_are_as_their_schema_says() {
    let folder = Folder::empty();
    for page in files("crates/groundplan-analysis/src/rules").iter().filter(|it| it.is(".md")) {
        let source = Source::new(&page.path, page.text());
        let tree = parse(&source);
        let first = tree.descendants(tree.root()).find_map(|id| match tree.kind(id) {
            Kind::Fence { info, content, .. } if source.slice(info).starts_with("md") => {
                Some(content)
            }
            _ => None,
        });
        let name = page.path.rsplit('/').next().expect("a name");
        folder.write(name, source.slice(first.expect("an example")).as_bytes());
    }
    let arguments = ["groundplan", "check", "--preview", "--output-format", "json"];
    let output = groundplan::capture(arguments.into_iter().chain([folder.full("").as_str()]));
    let value: Value = serde_json::from_str(&output.stdout).expect("JSON and nothing else");
    let findings = value["findings"].as_array().expect("findings");
    assert!(findings.len() > 30, "only {} findings", findings.len());
    for member in ["related", "fix", "help"] {
        let is_there = |it: &&Value| !it[member].is_null() && it[member] != json!([]);
        assert!(findings.iter().any(|it| is_there(&it)), "no finding with `{member}`");
    }
    assert_eq!(value["suppressed"].as_array().map(Vec::is_empty), Some(false), "{value}");
    let schema: Value = serde_json::from_str(&groundplan::check_schema()).expect("JSON");
    let mut faults = Vec::new();
    check(&schema, &value, "", &mut faults);
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// The keywords of JSON Schema that ours uses; any other is a fault, so that none is passed over.
fn check(schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
    for (keyword, wanted) in schema.as_object().expect("a schema is an object") {
        let holds = match keyword.as_str() {
            "$schema" | "title" | "description" => true,
            "const" => value == wanted,
            "enum" => wanted.as_array().is_some_and(|it| it.contains(value)),
            "type" => is_type(wanted, value),
            "minimum" => value.as_f64().is_none_or(|it| it >= wanted.as_f64().unwrap_or(f64::MAX)),
            "maximum" => value.as_f64().is_none_or(|it| it <= wanted.as_f64().unwrap_or(f64::MIN)),
            "required" => has_all(wanted, value),
            "items" => each(
                value,
                |at_index, it, faults| {
                    check(wanted, it, &format!("{at}/{at_index}"), faults);
                },
                faults,
            ),
            "properties" => members(
                value,
                |name, it, faults| {
                    if let Some(schema) = wanted.get(name) {
                        check(schema, it, &format!("{at}/{name}"), faults);
                    }
                },
                faults,
            ),
            "additionalProperties" => members(
                value,
                |name, it, faults| {
                    check(wanted, it, &format!("{at}/{name}"), faults);
                },
                faults,
            ),
            _ => false,
        };
        if !holds {
            faults.push(format!("{at}: {keyword} {wanted} does not hold for {value:.200}"));
        }
    }
}

fn is_type(wanted: &Value, value: &Value) -> bool {
    let is = |name: &Value| match name.as_str() {
        Some("null") => value.is_null(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("number") => value.is_number(),
        Some("string") => value.is_string(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        _ => false,
    };
    wanted.as_array().map_or_else(|| is(wanted), |names| names.iter().any(is))
}

fn has_all(names: &Value, value: &Value) -> bool {
    let Some(object) = value.as_object() else { return true };
    let mut names = names.as_array().into_iter().flatten().filter_map(Value::as_str);
    names.all(|name| object.contains_key(name))
}

fn each(
    value: &Value,
    check: impl Fn(usize, &Value, &mut Vec<String>),
    faults: &mut Vec<String>,
) -> bool {
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        check(index, item, faults);
    }
    true
}

fn members(
    value: &Value,
    check: impl Fn(&str, &Value, &mut Vec<String>),
    faults: &mut Vec<String>,
) -> bool {
    for (name, item) in value.as_object().into_iter().flatten() {
        check(name, item, faults);
    }
    true
}
