//! Verdicts, one small pair of documents each.

use groundplan_model::{Document, lower};
use groundplan_syntax::{Source, parse};

use super::{Change, Verdict, changes, differences};

fn document(path: &str, text: &str) -> Document {
    let source = Source::new(path, text);
    lower(&source, &parse(&source))
}

/// "breaking endpoint removed: GET /a", a line a difference, without status and sections.
fn told(before: &str, after: &str) -> Vec<String> {
    let body = |text: &str| document("docs/a.md", &format!("# T\n\n{text}"));
    let found = differences(&body(before), &body(after));
    let facts = found.iter().filter(|it| !matches!(it.noun, "status" | "section"));
    let line = |it: &super::Difference| {
        let (verdict, verb) = (it.judgement.verdict.as_str(), it.verb.as_str());
        format!("{verdict} {} {verb}: {}", it.noun, it.what)
    };
    facts.map(line).collect()
}

#[track_caller]
fn check(before: &str, after: &str, expected: &[&str]) {
    assert_eq!(told(before, after), expected);
}

/// The same both ways: what breaks in one direction is harmless in the other, or not.
#[track_caller]
fn both(one: &str, other: &str, there: &str, back: &str) {
    check(one, other, &[there]);
    check(other, one, &[back]);
}

fn api(rows: &str) -> String {
    format!("## API\n\n| Method | Path | Purpose |\n|---|---|---|\n{rows}")
}

fn sql(columns: &str) -> String {
    format!("## Data Model\n\n```sql\nCREATE TABLE jobs (id UUID PRIMARY KEY, {columns});\n```\n")
}

#[test]
fn an_endpoint_that_goes_breaks_and_one_that_comes_does_not() {
    let one = api("| GET | /a | reads |\n");
    let two = api("| GET | /a | reads |\n| POST | /a/{id}/runs | starts |\n");
    both(
        &one,
        &two,
        "compatible endpoint added: POST /a/{id}/runs",
        "breaking endpoint removed: POST /a/{id}/runs",
    );
}

#[test]
fn a_name_of_a_parameter_is_no_difference() {
    check(&api("| GET | /a/{id} | reads |\n"), &api("| GET | /a/{key} | reads |\n"), &[]);
}

#[test]
fn another_method_or_base_is_one_change() {
    check(
        &api("| PUT | /v1/a/{id} | sets |\n"),
        &api("| PATCH | /v1/a/{id} | sets some |\n"),
        &["breaking endpoint changed: PUT /v1/a/{id} → PATCH /v1/a/{id}"],
    );
    check(
        &api("| GET | /v1/a | lists |\n"),
        &api("| GET | /v2/a | lists all |\n"),
        &["breaking endpoint changed: GET /v1/a → GET /v2/a"],
    );
}

fn example(request: &str, response: &str) -> String {
    format!(
        "## API\n\n### POST /orders\n\nRequest:\n\n```json\n{request}\n```\n\n\
         Response (201):\n\n```json\n{response}\n```\n"
    )
}

#[test]
fn fields_of_requests_and_answers_break_opposite_ways() {
    let one = example("{\"sku\": \"a\"}", "{\"id\": \"1\", \"total\": 5}");
    let request = example("{\"sku\": \"a\", \"count\": 2}", "{\"id\": \"1\", \"total\": 5}");
    let response = example("{\"sku\": \"a\"}", "{\"id\": \"1\"}");
    both(
        &one,
        &request,
        "breaking request field added: count of POST /orders",
        "compatible request field removed: count of POST /orders",
    );
    both(
        &one,
        &response,
        "breaking response field removed: total of POST /orders",
        "compatible response field added: total of POST /orders",
    );
    let typed = example("{\"sku\": \"a\"}", "{\"id\": \"1\", \"total\": \"5\"}");
    check(
        &one,
        &typed,
        &["breaking response field changed: total of POST /orders number → string"],
    );
}

#[test]
fn a_field_that_a_column_lets_out_may_be_left_out() {
    let table = |null: &str| {
        format!(
            "\n## Data Model\n\n```sql\nCREATE TABLE orders (id UUID PRIMARY KEY, note TEXT{null});\n```\n"
        )
    };
    let text = |request: &str, null: &str| example(request, "{\"id\": \"1\"}") + &table(null);
    let (bare, noted) = ("{\"sku\": \"a\"}", "{\"sku\": \"a\", \"note\": \"x\"}");
    check(
        &text(bare, ""),
        &text(noted, ""),
        &["compatible request field added: note of POST /orders"],
    );
    let needed = text(noted, " NOT NULL");
    check(
        &text(bare, " NOT NULL"),
        &needed,
        &["breaking request field added: note of POST /orders"],
    );
}

#[test]
fn an_example_that_is_the_first_one_breaks_nothing() {
    let bare = "## API\n\n### POST /orders\n\nMakes one.\n";
    check(
        bare,
        &example("{\"sku\": \"a\"}", "{\"id\": \"1\"}"),
        &[
            "neutral example added: request of POST /orders",
            "neutral example added: response of POST /orders",
        ],
    );
}

#[test]
fn columns_break_by_null_default_type_length_and_values() {
    let name = |definition: &str| sql(&format!("name {definition}"));
    let cases = [
        ("TEXT", "TEXT NOT NULL", "breaking", "compatible"),
        ("VARCHAR(50)", "VARCHAR(20)", "breaking", "compatible"),
        ("INTEGER", "BIGINT", "compatible", "breaking"),
        ("NUMERIC(10, 2)", "NUMERIC(12, 2)", "compatible", "breaking"),
        ("INTEGER", "TEXT", "breaking", "breaking"),
        ("TEXT DEFAULT 'a'", "TEXT DEFAULT 'b'", "neutral", "neutral"),
        ("TEXT NOT NULL DEFAULT 'a'", "TEXT NOT NULL", "breaking", "neutral"),
        ("TEXT CHECK (name IN ('a', 'b'))", "TEXT CHECK (name IN ('a'))", "breaking", "compatible"),
        ("INTEGER CHECK (name >= 1)", "INTEGER CHECK (name >= 5)", "breaking", "compatible"),
    ];
    for (one, other, there, back) in cases {
        for (before, after, expected) in [(one, other, there), (other, one, back)] {
            let told = told(&name(before), &name(after));
            let verdict = told.first().and_then(|it| it.split(' ').next());
            assert_eq!(verdict, Some(expected), "{before} to {after}: {told:?}");
            assert_eq!(told.len(), 1, "{told:?}");
        }
    }
}

#[test]
fn a_new_column_breaks_only_where_rows_would_lack_it() {
    let one = sql("name TEXT");
    for (column, verdict) in [
        ("note TEXT", "compatible"),
        ("note TEXT NOT NULL DEFAULT ''", "compatible"),
        ("note TEXT NOT NULL", "breaking"),
    ] {
        let two = sql(&format!("name TEXT, {column}"));
        both(
            &one,
            &two,
            &format!("{verdict} column added: jobs.note"),
            "breaking column removed: jobs.note",
        );
    }
}

#[test]
fn constraints_that_come_refuse_rows_and_a_new_table_is_told_alone() {
    let one = sql("owner UUID, name TEXT");
    check(
        &one,
        &sql("owner UUID, name TEXT, UNIQUE (owner, name)"),
        &["breaking unique constraint added: jobs(owner, name)"],
    );
    check(
        &one,
        &sql("owner UUID REFERENCES users(id), name TEXT"),
        &["breaking foreign key added: jobs(owner) to users"],
    );
    both(
        "## Data Model\n",
        &sql("name TEXT NOT NULL UNIQUE"),
        "compatible table added: jobs",
        "breaking table removed: jobs",
    );
}

#[test]
fn a_target_is_stricter_or_looser_whatever_way_it_points() {
    let table =
        |target: &str| format!("## Performance\n\n| Metric | Target |\n|---|---|\n| {target} |\n");
    let direction = |before: &str, after: &str| {
        let body = |text: &str| document("a.md", &format!("# T\n\n{}", table(text)));
        let found = differences(&body(before), &body(after));
        found.iter().find_map(|it| it.judgement.direction).map(|it| it.as_str())
    };
    let latency = ["API latency p95 | < 200 ms", "API latency p95 | < 150 ms"];
    assert_eq!(direction(latency[0], latency[1]), Some("stricter"));
    assert_eq!(direction(latency[1], latency[0]), Some("looser"));
    let share = ["Availability | ≥ 99.5%", "Availability | ≥ 99.9%"];
    assert_eq!(direction(share[0], share[1]), Some("stricter"));
    assert_eq!(direction(share[1], share[0]), Some("looser"));
}

#[test]
fn requirements_are_told_by_id_and_by_their_words() {
    let list = |second: &str| {
        format!("## Requirements\n\n- **FR-001**: It exports.\n- **FR-002**: It {second}.\n")
    };
    check(&list("imports"), &list("deletes"), &["neutral requirement reworded: FR-002"]);
}

#[test]
fn tasks_are_done_and_opened_again_whatever_their_numbers() {
    let list = |one: &str| format!("## Tasks\n\n- [{one}] 1.1 Write it\n- [ ] 1.2 Test it\n");
    check(&list(" "), &list("x"), &["neutral task changed: 1.1 Write it open → done"]);
    let told = told(&list("x"), &list(" ").replace("1.1", "1.0"));
    assert_eq!(told, ["neutral task changed: 1.0 Write it done → open"]);
}

fn repository(before: &[(&str, &str)], after: &[(&str, &str)]) -> (Vec<Document>, Vec<Document>) {
    let all = |files: &[(&str, &str)]| files.iter().map(|it| document(it.0, it.1)).collect();
    (all(before), all(after))
}

fn is_breaking(change: &Change<'_>) -> bool {
    change.differences.iter().any(|it| it.judgement.verdict == Verdict::Breaking)
}

#[test]
fn a_renamed_document_is_one_change() {
    let text = format!("# T\n\n{}\n## Scope\n\nOne.\n", api("| GET | /a | reads |\n"));
    let (before, after) = repository(&[("docs/a.md", &text)], &[("docs/b.md", &text)]);
    let found = changes(&before, &after);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].verb(), found[0].path()), ("renamed", "docs/b.md"));
    assert!(found[0].differences.is_empty());
}

#[test]
fn what_moved_to_another_document_is_lost_to_nobody() {
    let (one, two) = (api("| GET | /a | reads |\n"), api("| GET | /b | reads |\n"));
    let (one, two) = (format!("# One\n\n{one}"), format!("# Two\n\n{two}"));
    let both = format!("{two}| GET | /a | reads |\n");
    let (before, after) = repository(
        &[("one.md", &one), ("two.md", &two)],
        &[("one.md", "# One\n"), ("two.md", &both)],
    );
    assert!(!changes(&before, &after).iter().any(is_breaking));
    let (before, after) = repository(&[("one.md", &one)], &[("one.md", "# One\n")]);
    assert!(changes(&before, &after).iter().any(is_breaking));
}

#[test]
fn a_raised_major_version_says_that_something_breaks() {
    let text = |version: &str, path: &str| {
        format!("# T\n\n**Version**: {version}\n\n{}", api(&format!("| GET | {path} | reads |\n")))
    };
    let breaks = |before: &str, after: &str| {
        let (before, after) = repository(&[("a.md", before)], &[("a.md", after)]);
        changes(&before, &after)[0].breaks_promise()
    };
    assert!(breaks(&text("1.0", "/a"), &text("1.1", "/b")));
    assert!(!breaks(&text("1.9", "/a"), &text("2.0", "/b")));
    assert!(!breaks(&text("0.1", "/a"), &text("0.2", "/b")));
    assert!(!breaks(&text("1.0", "/v1/a"), &text("1.0", "/v2/a")));
}

#[test]
fn a_superseded_document_takes_nothing_along() {
    let text = format!("# T\n\n**Status**: Superseded\n\n{}", api("| GET | /a | reads |\n"));
    let (before, after) = repository(&[("a.md", &text)], &[]);
    let found = changes(&before, &after);
    assert_eq!(found[0].verb(), "removed");
    assert!(!found[0].breaks_promise());
}
