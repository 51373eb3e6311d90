//! Sentences and rows that ask for a record of every write.

use groundplan_syntax::{Source, parse};

/// The days of the plan's audit log, where it has one.
fn kept(body: &str) -> Option<Option<u32>> {
    let text = format!(
        "# Notes\n\n## API\n\n| Method | Path |\n|---|---|\n| GET | /notes |\n\n## Security\n\n\
         {body}\n"
    );
    let source = Source::new("design.md", &text);
    let plan = crate::plan(&crate::lower(&source, &parse(&source))).expect("an endpoint");
    plan.audit.map(|it| it.days)
}

#[test]
fn a_sentence_asks_for_it_and_says_for_how_long() {
    assert_eq!(kept("Every change is in an audit log that is kept for 365 days."), Some(Some(365)));
    assert_eq!(
        kept("- **Audit Logging**: each create and removal is logged and kept for 10 years."),
        Some(Some(3650))
    );
    assert_eq!(kept("No change of a row is committed without an audit entry."), Some(None));
}

#[test]
fn a_row_of_the_retention_table_asks_for_it() {
    let table = "### Data Retention\n\n| Data Type | Retention Period |\n|---|---|\n";
    assert_eq!(kept(&format!("{table}| Audit log | 365 days |")), Some(Some(365)));
    assert_eq!(kept(&format!("{table}| Backups | 30 days |")), None);
    let both = format!("All writes go to the audit trail.\n\n{table}| Audit trail | 2 years |");
    assert_eq!(kept(&both), Some(Some(730)));
}

#[test]
fn audits_of_people_and_plans_for_later_ask_for_nothing() {
    assert_eq!(kept("The yearly audit reviews all changes."), None);
    assert_eq!(kept("An audit log of all changes is planned."), None);
    assert_eq!(kept("Changes are not written to an audit log, all of them are small."), None);
}
