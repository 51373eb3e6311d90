//! Rows are drafted once, in the words of the facts, and stand in the table's own form.

use groundplan_model::{Document, lower};
use groundplan_syntax::{Source, apply, parse};

use super::{Entry, Revision, draft, insert, sentence};
use crate::difference::differences;

fn document(text: &str) -> Document {
    let source = Source::new("design.md", text);
    lower(&source, &parse(&source))
}

#[track_caller]
fn check(before: &str, after: &str, expected: &str) {
    let body = |text: &str| document(&format!("# T\n\n{text}"));
    assert_eq!(sentence(&differences(&body(before), &body(after))), expected);
}

#[test]
fn endpoints_that_come_and_go_are_named() {
    let table = "## API\n\n| Method | Path | Purpose |\n|---|---|---|\n| GET | /a | a |\n";
    check(table, &format!("{table}| POST | /b | b |\n"), "endpoint added: POST /b");
    check(
        table,
        &table.replace("| GET | /a | a |", "| POST | /a | a |\n| PUT | /b | b |"),
        "GET /a → POST /a; endpoint added: PUT /b",
    );
    check(
        table,
        &table.replace("| GET | /a | a |", "| PUT | /b | b |"),
        "endpoint added: PUT /b; endpoint removed: GET /a",
    );
}

#[test]
fn a_target_shows_both_numbers_and_one_unit() {
    let table =
        "## Performance\n\n| Metric | Target |\n|---|---|\n| API latency p95 | < 200 ms |\n";
    check(table, &table.replace("200", "150"), "API latency p95 200 → 150 ms");
    check(table, &table.replace("200 ms", "2 s"), "API latency p95 200 ms → 2 s");
}

#[test]
fn columns_are_named_with_their_table_and_not_beside_a_new_table() {
    let sql = |columns: &str| {
        format!("## Data Model\n\n```sql\nCREATE TABLE jobs (\n{columns}\n);\n```\n")
    };
    let before = sql("id UUID PRIMARY KEY, name VARCHAR(50)");
    check(
        &before,
        &sql("id UUID PRIMARY KEY, name VARCHAR(90), state TEXT NOT NULL"),
        "jobs.name VARCHAR(50) → VARCHAR(90); column added: jobs.state",
    );
    check("## Data Model\n", &before, "table added: jobs");
    check(&before, "## Data Model\n", "table removed: jobs");
}

#[test]
fn status_boxes_and_words_are_told() {
    let before = "**Status**: Draft\n\n## Scope\n\nOne.\n\n## Tasks\n\n- [ ] a\n- [ ] b\n";
    let after = before.replace("Draft", "Approved").replace("[ ]", "[x]").replace("One", "Two");
    check(before, &after, "status Draft → Approved; 2 boxes ticked; reworded: \"Scope\"");
    check(before, &format!("{before}\n## Risks\n\nNone.\n"), "section added: \"Risks\"");
}

#[test]
fn long_lists_are_cut() {
    let rows = |range: std::ops::Range<u32>| -> String {
        let rows = range.map(|it| format!("| GET | /r{it} | r |\n"));
        format!(
            "## API\n\n| Method | Path | Purpose |\n|---|---|---|\n{}",
            rows.collect::<String>()
        )
    };
    let expected = "endpoints added: GET /r1, GET /r2, GET /r3, GET /r4, GET /r5, and 4 more";
    check(&rows(0..1), &rows(0..10), expected);
}

const LOG: &str = "# T\n\n**Version**: 1.1\n\n## Scope\n\nOne.\n\n## Change Log\n\n\
    | Date | Version | Author | Changes | Reason |\n|------|---------|--------|---------|--------|\n\
    | 2026-01-01 | 1.0 | Ada | First | New |\n| 2026-02-01 | 1.1 | Ada | Second | More |\n";

fn revision(text: &str, date: &str, author: &str) -> Revision {
    Revision { document: document(text), date: date.to_owned(), author: Some(author.to_owned()) }
}

/// "1.2 2026-03-01 Grace: text", a line a row.
fn drafted(revisions: &[Revision]) -> Vec<String> {
    let line = |it: Entry| {
        format!("{} {} {}: {}", it.version, it.date, it.author.unwrap_or_default(), it.text)
    };
    draft(revisions).into_iter().map(line).collect()
}

#[test]
fn what_followed_the_newest_row_makes_the_next_one() {
    let first = LOG.replace("| 2026-02-01 | 1.1 | Ada | Second | More |\n", "");
    let revisions = [
        revision(&first, "2026-01-01", "Ada"),
        revision(LOG, "2026-02-01", "Ada"),
        revision(&LOG.replace("One", "Two"), "2026-03-01", "Grace"),
        revision(&LOG.replace("One", "Three"), "2026-03-02", "Ada"),
    ];
    assert_eq!(drafted(&revisions), ["1.2 2026-03-02 Grace, Ada: reworded: \"Scope\""]);
    assert!(drafted(&revisions[..2]).is_empty());
}

#[test]
fn a_version_of_the_header_makes_a_row_of_its_own() {
    let at = |version: &str, word: &str| {
        LOG.replace("1.1\n\n##", &format!("{version}\n\n##")).replace("One", word)
    };
    let revisions = [
        revision(LOG, "2026-02-01", "Ada"),
        revision(&at("2.0", "Two"), "2026-03-01", "Ada"),
        revision(&at("2.1", "Three"), "2026-04-01", "Ada"),
    ];
    let expected =
        ["2.0 2026-03-01 Ada: reworded: \"Scope\"", "2.1 2026-04-01 Ada: reworded: \"Scope\""];
    assert_eq!(drafted(&revisions), expected);
}

#[test]
fn versions_go_on_by_their_own_scheme() {
    let next = |known: &str| {
        let log = LOG.replace("1.1", known);
        let after = log.replace("## Scope", "## API\n\n`x`\n\n- `GET /a`: reads\n\n## Scope");
        draft(&[revision(&log, "2026-02-01", "Ada"), revision(&after, "2026-03-01", "Ada")])[0]
            .version
            .clone()
    };
    assert_eq!(["1.9", "v1.2.3", "4"].map(next), ["1.10", "v1.3.0", "5"]);
}

#[test]
fn rows_stand_in_the_table_s_own_form_and_make_the_next_draft_empty() {
    let after = LOG.replace("One", "Two");
    let revisions = [revision(LOG, "2026-02-01", "Ada"), revision(&after, "2026-03-01", "Grace")];
    let edits = insert(&revisions[1].document, &draft(&revisions)).unwrap();
    let written = apply(&after, &edits).unwrap();
    assert!(
        written.ends_with("| 2026-03-01 | 1.2 | Grace | reworded: \"Scope\" | - |\n"),
        "{written}"
    );
    assert!(written.contains("**Version**: 1.2\n"), "{written}");
    let [one, two] = revisions;
    assert!(draft(&[one, two, revision(&written, "2026-03-02", "Grace")]).is_empty());
}

#[test]
fn a_table_with_the_newest_row_first_gets_the_new_one_there() {
    let rows: Vec<&str> = LOG.lines().rev().take(2).collect();
    let (head, _) = LOG.split_once("| 2026-01-01").unwrap();
    let log = format!("{head}{}\n", rows.join("\n")).replace('\n', "\r\n");
    let after = log.replace("One", "Two");
    let revisions = [revision(&log, "2026-02-01", "Ada"), revision(&after, "2026-03-01", "Ada")];
    let edits = insert(&revisions[1].document, &draft(&revisions)).unwrap();
    let written = apply(&after, &edits).unwrap();
    let lines: Vec<&str> = written.lines().rev().take(3).collect();
    assert!(lines[2].starts_with("| 2026-03-01 | 1.2 |"), "{written}");
    assert!(!written.replace("\r\n", "").contains('\n'), "{written:?}");
}

#[test]
fn a_padded_table_stays_padded() {
    let log = "# T\n\n## Scope\n\nOne.\n\n## Change Log\n\n\
        | Version | Date       | Description                    |\n\
        | ------- | ---------- | ------------------------------ |\n\
        | 1.0     | 2026-01-01 | First                          |\n";
    let after = log.replace("One", "Two");
    let revisions = [revision(log, "2026-02-01", "Ada"), revision(&after, "2026-03-01", "Ada")];
    let edits = insert(&revisions[1].document, &draft(&revisions)).unwrap();
    let written = apply(&after, &edits).unwrap();
    assert!(
        written.ends_with("| 1.1     | 2026-03-01 | reworded: \"Scope\"              |\n"),
        "{written}"
    );
}

#[test]
fn a_document_without_a_change_log_gets_one_before_its_provenance() {
    let text =
        "# T\n\n## Scope\n\nOne.\n\n<!-- groundplan\ntemplate: tid 1 3f2a9c01d4e5b6a7\n-->\n";
    let revisions = [
        revision(text, "2026-01-01", "Ada"),
        revision(&text.replace("One", "Two"), "2026-02-01", "Ada"),
    ];
    let edits = insert(&revisions[1].document, &draft(&revisions)).unwrap();
    let written = apply(revisions[1].document.source.text(), &edits).unwrap();
    let log = "Two.\n\n## Change Log\n\n| Date | Version | Author | Changes |\n|---|---|---|---|\n\
        | 2026-01-01 | 1.0 | Ada | First version |\n\
        | 2026-02-01 | 1.1 | Ada | reworded: \"Scope\" |\n\n<!-- groundplan\n";
    assert!(written.contains(log), "{written}");
    assert_eq!(document(&written).changes.len(), 2);
}

#[test]
fn a_change_log_of_sentences_is_left_alone() {
    let text = "# T\n\n## Change Log\n\nIn March we began.\n";
    let entry =
        Entry { version: "1.0".into(), date: "2026-01-01".into(), author: None, text: "x".into() };
    let document = document(text);
    let fault = insert(&document, &[entry]).unwrap_err();
    assert!(text[fault.heading.range()].starts_with("## Change Log"));
}
