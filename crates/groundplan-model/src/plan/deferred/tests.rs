//! Which endpoints do their work later, and what they answer meanwhile.

use groundplan_syntax::{Source, parse};
use serde_json::json;

use crate::service::{JobSlot, ServicePlan};

fn planned(row: &str, more: &str) -> ServicePlan {
    let text = format!(
        "# Orders\n\n## Data model\n\n```sql\nCREATE TABLE orders (id UUID PRIMARY KEY, note TEXT, \
         total INTEGER NOT NULL, status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', \
         'cancelled')));\n```\n\n## API\n\n| Method | Endpoint | Response |\n|---|---|---|\n\
         {row}\n\n{more}\n"
    );
    let source = Source::new("design.md", &text);
    crate::plan(&crate::lower(&source, &parse(&source))).expect("an endpoint is stated")
}

fn answer(row: &str, more: &str) -> Option<Vec<(String, JobSlot)>> {
    let plan = planned(row, more);
    plan.routes.first().and_then(|it| it.deferral.clone()).map(|it| it.answer)
}

fn usual() -> Vec<(String, JobSlot)> {
    vec![
        ("id".to_owned(), JobSlot::Id),
        ("status".to_owned(), JobSlot::Status("queued".to_owned())),
    ]
}

#[test]
fn what_changes_rows_and_is_answered_with_202_is_done_later() {
    for row in [
        "| POST | /orders/{id}/cancel | 202 |",
        "| DELETE | /orders/{id} | 202: accepted |",
        "| POST | /orders/bulk | 202 |",
        "| PATCH | /orders/{id} | 202 |",
    ] {
        assert_eq!(answer(row, ""), Some(usual()), "{row}");
    }
    assert_eq!(answer("| POST | /orders/{id}/cancel | 200 |", ""), None);
}

#[test]
fn a_new_row_is_its_own_record_and_a_read_has_nothing_to_wait_for() {
    assert_eq!(answer("| POST | /orders | 202 |", ""), None);
    let plan = planned("| GET | /orders | 202 |", "");
    assert!(!plan.defers());
    assert!(plan.notes.iter().any(|it| it.rule == "D13"), "{:?}", plan.notes);
}

#[test]
fn the_answer_is_called_as_the_example_calls_it() {
    let example = "#### POST /orders/{id}/cancel\n\n**Response** (202):\n\n```json\n\
                   {\"jobId\": \"j1\", \"state\": \"PENDING\", \"message\": \"We work on it\"}\n```";
    let found = answer("| POST | /orders/{id}/cancel | 202 |", example);
    let wanted = vec![
        ("jobId".to_owned(), JobSlot::Id),
        ("state".to_owned(), JobSlot::Status("PENDING".to_owned())),
        ("message".to_owned(), JobSlot::Constant(json!("We work on it"))),
    ];
    let sorted = |mut it: Vec<(String, JobSlot)>| {
        it.sort_by(|a, b| a.0.cmp(&b.0));
        it
    };
    assert_eq!(found.map(sorted), Some(sorted(wanted)));
}

#[test]
fn a_row_that_has_not_changed_yet_is_no_answer() {
    let example = "#### POST /orders/{id}/cancel\n\n**Response** (202):\n\n```json\n\
                   {\"id\": \"o1\", \"note\": \"x\", \"total\": 3, \"status\": \"cancelled\"}\n```";
    let found = answer("| POST | /orders/{id}/cancel | 202 |", example);
    assert_eq!(found, Some(usual()));
}

fn attempts(rows: &str, more: &str) -> Vec<(u32, Vec<u32>, Option<u32>)> {
    let plan = planned(rows, more);
    let of = |it: &crate::service::Route| {
        let attempts = it.deferral.as_ref().map(|it| it.attempts.clone()).expect("a job");
        (attempts.most, attempts.pauses_ms, attempts.limit_ms)
    };
    plan.routes.iter().map(of).collect()
}

const BOTH: &str = "| POST | /orders/{id}/cancel | 202 |\n| DELETE | /orders/{id} | 202 |";

#[test]
fn jobs_are_tried_as_the_document_says_of_all_or_of_one() {
    let usual = || (3, vec![1000, 4000], None);
    assert_eq!(attempts(BOTH, ""), [usual(), usual()]);
    let all = "## Background work\n\nJobs are retried 5 times with 10 s between them. A job may take \
               2 minutes.";
    let stated = || (6, vec![10_000], Some(120_000));
    assert_eq!(attempts(BOTH, all), [stated(), stated()]);
    let one = format!("{all} Cancellation jobs are retried twice. The queue is durable.");
    assert_eq!(attempts(BOTH, &one), [(3, vec![10_000], Some(120_000)), stated()]);
}

#[test]
fn rows_of_a_table_of_jobs_are_about_the_endpoints_that_they_name() {
    let table = "## Jobs\n\n| Job | Attempts | Timeout |\n|---|---|---|\n\
                 | Cancel order | 2 | 30 s |\n| Send mail | 9 | 5 s |";
    let found = attempts(BOTH, table);
    assert_eq!(found[0], (2, vec![1000, 4000], Some(30_000)));
    assert_eq!(found[1].0, 3, "a row that names another job says nothing of this one");
}
