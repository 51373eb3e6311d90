//! Periods of tables, labels and sentences, in days.

use groundplan_syntax::{Source, parse};

use crate::lower;

/// `data = period (days)` for each statement of a document.
fn retention(text: &str) -> Vec<String> {
    let source = Source::new("design.md", text);
    let document = lower(&source, &parse(&source));
    let days = |days: Option<u32>| days.map_or("-".to_owned(), |it| it.to_string());
    let shown = document.retention.iter();
    shown.map(|it| format!("{} = {} ({})", it.data, it.period, days(it.days))).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(retention(text), expected);
}

#[test]
fn rows_give_days_of_every_unit() {
    check(
        "# T\n\n| Log Type | Retention | Format |\n|---|---|---|\n| Access | 90 days | x |\n\
         | Audit | 1 year | x |\n| Debug | 48 hours | x |\n| Trace | 2 weeks | x |\n\
         | Error | 6 months | x |\n| Job | as needed | x |\n",
        &[
            "Access = 90 days (90)",
            "Audit = 1 year (365)",
            "Debug = 48 hours (2)",
            "Trace = 2 weeks (14)",
            "Error = 6 months (180)",
            "Job = as needed (-)",
        ],
    );
}

#[test]
fn labels_name_the_data_or_their_section_does() {
    check(
        "# T\n\n## Logs\n\n- Retention: 30 days\n- Backup retention: 7d\n\
         - Retention policy: we will see what the lawyers say about it\n",
        &["Logs = 30 days (30)", "Backup = 7d (7)"],
    );
}

#[test]
fn sentences_say_what_is_kept() {
    check(
        "# T\n\nFinished exports are deleted after 7 days, then the row goes.\n\n\
         Is a job kept for 2 days?\n\nThe lock is kept for a moment.\n",
        &["Finished exports = 7 days (7)"],
    );
}
