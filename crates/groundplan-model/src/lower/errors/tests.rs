//! Which numbers are error answers, and how sure they are.

use groundplan_syntax::{Source, parse};

use crate::{Certainty, lower};

/// The statuses of a document; those of sentences with `~`.
fn errors(text: &str) -> Vec<String> {
    let source = Source::new("design.md", text);
    let document = lower(&source, &parse(&source));
    let shown = document.error_cases.iter().map(|it| match it.certainty {
        Certainty::Stated => it.status.to_string(),
        _ => format!("~{}", it.status),
    });
    shown.collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(errors(text), expected);
}

#[test]
fn a_row_and_an_item_of_its_own_state_an_error() {
    check("| Status | Meaning |\n|--|--|\n| 404 | No such order |\n", &["404"]);
    check("- 409: the name is taken\n", &["409"]);
    check("| Scenario | Expected |\n|--|--|\n| No token | 401 |\n| Token | 200 |\n", &["401"]);
    check("- [x] 409 `TAKEN` with details\n", &["409"]);
}

#[test]
fn what_an_error_means_does_not_end_with_the_line() {
    let text = "If the same key is sent twice, the second request is rejected with a 409 error and\n\
                the name `KEY_TAKEN`. Others are read.\n";
    let source = Source::new("design.md", text);
    let document = lower(&source, &parse(&source));
    let meanings: Vec<&str> =
        document.error_cases.iter().map(|it| it.meaning.text.as_str()).collect();
    assert!(meanings[0].contains("409 error and the name `KEY_TAKEN`"), "{meanings:?}");
}

#[test]
fn a_sentence_of_an_item_implies_one() {
    check("- Editing a locked row returns **409** until it is unlocked\n", &["~409"]);
    check("- If the key is wrong, the API shall return a 401 error\n", &["~401"]);
    check("- 認証失敗時は401エラー\n", &["~401"]);
    check("- Too many → 422 up front; twice → 409.\n", &["~422", "~409"]);
    check("- `POST /runs` (202; 409 while one runs)\n", &["~409"]);
}

#[test]
fn running_text_that_answers_with_a_status_implies_one() {
    check("Unknown key (401 Unauthorized):\n\n```json\n{}\n```\n", &["~401"]);
    check("Servers MAY refuse by responding with 403 `M_FORBIDDEN`.\n", &["~403"]);
    check("Refused requests result in an HTTP 403 status code.\n", &["~403"]);
    check("> 404\tThere is no such order.\n", &["~404"]);
    check("An answer with a status code of 403 and no body.\n", &["~403"]);
    check("It may be late, or even a 404 `M_NOT_FOUND` response.\n", &["~404"]);
}

#[test]
fn running_text_that_tells_a_story_implies_none() {
    check("When the API returns a 403 the client waits.\n", &[]);
    check("**Given** the API returns 429 at once\n", &[]);
    check("It returns 500 rows and handled 404 cases in 2024.\n", &[]);
}

#[test]
fn a_status_may_be_the_value_of_a_line() {
    check("- When: it is gone\n- Response: 404 generic message\n", &["~404"]);
    check("- **Status:** 409 as the name is taken\n", &["~409"]);
    check("- Rows: 500 at once\n", &[]);
}

#[test]
fn the_name_of_a_status_may_be_set_off() {
    check("* a `404` (Not Found) answer of old servers\n", &["~404"]);
    check("A wrong key gives code 401 - Unauthorized.\n", &["~401"]);
    check("* in 404 (not a few) cases\n", &[]);
}

#[test]
fn an_article_or_an_arrow_may_lead_to_a_status() {
    check("- If denied, the server returns a 403, shown to the user\n", &["~403"]);
    check("- body above 512 KiB→413, shown to the user\n", &["~413"]);
    check("- a wrong branch returns a request-scoped 400 with the reason\n", &["~400"]);
    check("- a wrong branch → request-scoped 400 with the reason\n", &["~400"]);
    check("- a wrong branch → at most 400 rows\n", &[]);
}

#[test]
fn statuses_in_brackets_follow_their_faults() {
    check("- Cases: invalid request (400), service failure (503)\n", &["~400", "~503"]);
    check("- Orders of the last year (500)\n", &[]);
}

#[test]
fn counts_are_no_statuses() {
    check("- Returns 500 rows in 450 ms, at most 599\n", &[]);
    check("- Handles 500 errors a day\n", &[]);
}

#[test]
fn an_answer_of_somebody_else_is_a_condition() {
    check("- When the API returns 403 → Then the tool explains scopes\n", &[]);
}

#[test]
fn a_sentence_is_no_error_row() {
    let source = Source::new("design.md", "- It returns 409 when the name is taken\n");
    let document = lower(&source, &parse(&source));
    assert_eq!((document.error_cases.len(), document.error_rows().count()), (1, 0));
}

#[test]
fn a_second_status_may_say_on_what() {
    check("- It returns 201, 422 on invalid payload\n", &["~422"]);
}

#[test]
fn a_contract_sketched_in_a_block_implies_errors() {
    let text = "```yaml\nPOST /orders\n  Response 201: {id: string}\n  Response 409: {code: \"TAKEN\"}\n\
                ```\n";
    check(text, &["~409"]);
    check("```\nResponse 500 ms\n```\n", &[]);
}

#[test]
fn statuses_may_be_listed_labelled_and_counted_by_kind() {
    check("- Cancel returns 404/409\n", &["~404", "~409"]);
    check("- **Expected:** 422 Validation error\n", &["~422"]);
    check("- 429 responses with a hint\n", &["~429"]);
    check("- 500 responses per second, served from /a/404/500\n", &[]);
    check("- stale writes get a 409\n", &["~409"]);
}
