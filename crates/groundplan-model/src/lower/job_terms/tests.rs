//! What is read of how jobs are tried, and what is about something else.

use groundplan_syntax::{Source, parse};

fn read(text: &str) -> Vec<String> {
    let source = Source::new("design.md", &format!("# Exports\n\n{text}\n"));
    let document = crate::lower(&source, &parse(&source));
    document.job_terms.into_iter().map(|it| it.text).collect()
}

#[test]
fn sentences_about_jobs_are_read() {
    let text = "Jobs are retried 5 times, starting at 2 s. A worker has a time limit of 10 min. \
                Failed jobs are retried twice.";
    let limit = "A worker has a time limit of 10 min";
    let retried = "Jobs are retried 5 times, starting at 2 s";
    assert_eq!(read(text), [retried, limit, "Failed jobs are retried twice"]);
}

#[test]
fn calls_and_questions_and_plans_say_nothing_of_jobs() {
    assert!(read("The job's calls are retried 3 times.").is_empty());
    assert!(read("How often is a job retried?").is_empty());
    assert!(read("Requests are retried 3 times.").is_empty());
    assert!(read("Jobs are not retried 3 times.").is_empty());
    assert!(read("Handle job failures and retries.").is_empty());
    assert!(read("The queue changes the backoff of Pods (see v2).").is_empty());
    assert!(read("## Risks\n\nA job that is retried 9 times fills the queue.").is_empty());
}

#[test]
fn rows_of_tables_about_jobs_are_read_with_their_columns() {
    let table = "| Job | Trigger | Max retries | Timeout |\n|---|---|---|---|\n\
                 | Build export | POST | 4 | 10 min |\n| Clean up | cron | - | - |";
    assert_eq!(read(table), ["Build export: max retries 4, timeout 10 min"]);
    assert!(read("| Feature | Retries |\n|---|---|\n| Build export | 4 |").is_empty());
}

#[test]
fn settings_of_jobs_are_read_with_their_unit() {
    let fence = "```env\nJOB_MAX_ATTEMPTS=5\nexport JOB_TIMEOUT_SECONDS=300 # five minutes\n\
                 DB_TIMEOUT_SECONDS=3\nJOB_TIMEOUT_MODE=hard\n```";
    assert_eq!(read(fence), ["job max attempts 5", "job timeout 300 seconds"]);
    let table = "| Variable | Default |\n|---|---|\n| `QUEUE_RETRY_BACKOFF_MS` | 250 |";
    assert_eq!(read(table), ["queue retry backoff 250 ms"]);
}
