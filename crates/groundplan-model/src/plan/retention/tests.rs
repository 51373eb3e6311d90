//! Rows of a retention table to rows of the schema.

use groundplan_syntax::{Source, parse};

use crate::service::ServicePlan;

fn planned(rows: &str) -> ServicePlan {
    let text = format!(
        "# Tickets\n\n## Data model\n\n```sql\nCREATE TABLE tickets (id UUID PRIMARY KEY, status \
         TEXT NOT NULL CHECK (status IN ('open', 'closed')), closed_at TIMESTAMPTZ, created_at \
         TIMESTAMPTZ NOT NULL, updated_at TIMESTAMPTZ NOT NULL);\nCREATE TABLE audit_entries (id \
         UUID PRIMARY KEY, created_at TIMESTAMPTZ NOT NULL);\n```\n\n### Data Retention\n\n| Data \
         Type | Retention Period |\n|---|---|\n{rows}\n\n## API\n\n| Method | Endpoint \
         |\n|---|---|\n| GET | /tickets |\n"
    );
    let source = Source::new("design.md", &text);
    crate::plan(&crate::lower(&source, &parse(&source))).expect("an endpoint is stated")
}

fn kept(rows: &str) -> Vec<(String, u32, String, Vec<String>)> {
    let plan = planned(rows);
    let keep = plan.retention.iter().map(|keep| {
        let resource = &plan.resources[keep.resource];
        let since = resource.table.columns[keep.since].name.clone();
        (resource.table.name.clone(), keep.days, since, keep.states.clone())
    });
    keep.collect()
}

#[test]
fn a_state_and_a_table_name_rows_and_the_moment_that_the_text_names_their_age() {
    let found = kept("| Closed tickets with comments | 730 days after they were closed |");
    let closed = vec!["closed".to_owned()];
    assert_eq!(found, [("tickets".into(), 730, "closed_at".into(), closed)]);
}

#[test]
fn rows_without_a_state_are_as_old_as_their_making() {
    let found = kept("| Audit entries | 3 years |");
    assert_eq!(found, [("audit_entries".into(), 1095, "created_at".into(), vec![])]);
}

#[test]
fn the_last_change_is_a_column_of_its_own() {
    let found = kept("| `tickets` | 10 days after the last change |");
    assert_eq!(found, [("tickets".into(), 10, "updated_at".into(), vec![])]);
}

#[test]
fn what_is_not_understood_deletes_nothing_and_is_noted() {
    let plan = planned("| Stale tickets | 10 days |\n| Backups | 35 days |");
    assert!(plan.retention.is_empty());
    let notes: Vec<&str> = plan.notes.iter().map(|note| note.rule).collect();
    assert_eq!(notes.iter().filter(|rule| **rule == "D11").count(), 1);
}
