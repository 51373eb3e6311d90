//! The forms of error bodies.

use groundplan_model::service::{ErrorShape, Slot};
use serde_json::{Value, json};

use super::Problem;
use crate::refused::FieldFault;

fn body(shape: &ErrorShape, faults: &[FieldFault], retry_after_s: Option<u64>) -> Value {
    let problem = Problem::new(422, "validation_failed", "`name` is required");
    Problem { faults, retry_after_s, ..problem }.body(shape)
}

fn fault() -> Vec<FieldFault> {
    vec![FieldFault::new("name", "is required")]
}

#[test]
fn without_a_documented_form_errors_are_problem_details() {
    let expected = json!({
        "type": "about:blank", "title": "Unprocessable Entity", "status": 422,
        "detail": "`name` is required", "code": "validation_failed",
        "errors": [{ "field": "name", "message": "is required" }],
    });
    assert_eq!(body(&ErrorShape::Problem, &fault(), None), expected);
}

#[test]
fn the_documents_members_are_filled_and_optional_ones_left_out() {
    let inner = vec![
        ("message".to_owned(), Slot::Message),
        ("code".to_owned(), Slot::Code),
        ("status".to_owned(), Slot::Status),
        ("details".to_owned(), Slot::Faults),
    ];
    let shape = ErrorShape::Documented(vec![
        ("error".to_owned(), Slot::Object(inner)),
        ("retry_after".to_owned(), Slot::RetryAfter),
    ]);
    let error = json!({
        "message": "`name` is required", "code": "validation_failed", "status": 422,
    });
    assert_eq!(body(&shape, &[], None), json!({ "error": error }));
    let waiting = body(&shape, &fault(), Some(7));
    assert_eq!(waiting["retry_after"], 7);
    assert_eq!(waiting["error"]["details"], json!([{ "field": "name", "message": "is required" }]));
}
