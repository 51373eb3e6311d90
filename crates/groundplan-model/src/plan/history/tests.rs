//! Which endpoints are a row's history, and what its entries are called.

use groundplan_syntax::{Source, parse};

use crate::service::{EntryPart, History, Operation, ServicePlan};

fn planned(row: &str, more: &str) -> ServicePlan {
    let text = format!(
        "# Orders\n\n| Method | Path |\n|---|---|\n{row}\n\n```sql\nCREATE TABLE orders (id UUID \
         PRIMARY KEY, note TEXT);\n```\n\n{more}\n"
    );
    let source = Source::new("design.md", &text);
    crate::plan(&crate::lower(&source, &parse(&source))).expect("an endpoint is stated")
}

fn history(plan: &ServicePlan) -> Option<&History> {
    match plan.routes.first().map(|it| &it.operation) {
        Some(Operation::History(history)) => Some(history),
        _ => None,
    }
}

#[test]
fn a_word_for_history_behind_a_key_is_the_log_of_the_row() {
    for word in ["history", "audit", "audit-log", "changes"] {
        let plan = planned(&format!("| GET | /orders/{{id}}/{word} |"), "");
        assert_eq!(history(&plan), Some(&History::default()), "{word}");
        assert!(plan.audit.is_some(), "writes are recorded for it");
    }
    assert_eq!(history(&planned("| POST | /orders/{id}/history |", "")), None);
    assert_eq!(history(&planned("| GET | /orders/{id}/weather |", "")), None);
}

#[test]
fn a_table_of_the_document_is_its_history() {
    let table = "```sql\nCREATE TABLE order_history (id UUID PRIMARY KEY, order_id UUID NOT NULL \
                 REFERENCES orders(id));\n```";
    let plan = planned("| GET | /orders/{id}/history |", table);
    assert_eq!(plan.routes.first().map(|it| &it.operation), Some(&Operation::List));
    assert_eq!(plan.audit, None);
}

#[test]
fn entries_are_called_as_the_example_calls_them() {
    let example = "#### GET /orders/{id}/history\n\n**Response** (200):\n\n```json\n{\"entries\": \
                   [{\"changedBy\": \"ann\", \"timestamp\": \"t\", \"action\": \"update\", \"mood\": 1}]}\n```";
    let plan = planned("| GET | /orders/{id}/history |", example);
    let mut members = history(&plan).expect("a history").members.clone();
    members.sort_by(|one, other| one.0.cmp(&other.0));
    let wanted = [
        ("action", EntryPart::Action),
        ("changedBy", EntryPart::Subject),
        ("timestamp", EntryPart::At),
    ];
    assert_eq!(members, wanted.map(|(name, part)| (name.to_owned(), part)));
    assert!(plan.notes.iter().any(|it| it.message.contains("`mood`")), "{:?}", plan.notes);
}
