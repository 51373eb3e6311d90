//! One document a form: area, choice and options.

use groundplan_syntax::{Source, parse};

use crate::lower;

/// `area => choice (+taken -rejected ?open)` for each decision of a document.
fn decisions(text: &str) -> Vec<String> {
    let source = Source::new("design.md", text);
    let document = lower(&source, &parse(&source));
    let shown = document.decisions.iter().map(|it| {
        let sign = |chosen: Option<bool>| match chosen {
            Some(true) => '+',
            Some(false) => '-',
            None => '?',
        };
        let options = it.options.iter().map(|it| format!("{}{}", sign(it.chosen), it.name));
        let options: Vec<String> = options.collect();
        let choice = it.choice.as_deref().unwrap_or("?");
        format!("{} => {choice} ({})", it.area, options.join(" "))
    });
    shown.collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(decisions(text), expected);
}

#[test]
fn a_decision_table_marks_the_option_that_was_chosen() {
    check(
        "# T\n\n| Decision | Options Considered | Choice | Rationale |\n|---|---|---|---|\n\
         | Store | Postgres, Mongo (with replicas, sharded) | Postgres | known |\n",
        &["Store => Postgres (+Postgres -Mongo (with replicas, sharded))"],
    );
}

#[test]
fn a_decision_log_has_choices_without_options() {
    check(
        "# T\n\n## Decision Log\n\n| Date | Decision | Rationale |\n|---|---|---|\n\
         | 2026-01-02 | Use queues | spikes |\n",
        &[" => Use queues ()"],
    );
}

#[test]
fn a_table_of_alternatives_is_one_decision() {
    check(
        "# T\n\n### Alternatives Considered\n\n| Approach | Pros | Cons | Decision |\n\
         |---|---|---|---|\n| **Poll** | a | b | ❌ Rejected - slow |\n\
         | **Push** | a | b | ✅ **Chosen** - fast |\n| Wait | a | b | maybe |\n",
        &["Alternatives Considered => Push (-Poll +Push ?Wait)"],
    );
}

#[test]
fn a_record_names_its_options_and_the_outcome() {
    check(
        "# Pick a store\n\n## Considered Options\n\n* Postgres\n* SQLite\n\n\
         ## Decision Outcome\n\nChosen option: \"SQLite\", because it is small.\n",
        &["Pick a store => SQLite (-Postgres +SQLite)"],
    );
    check(
        "# Pick\n\n## Considered Options\n\n### Prisma\n\nx\n\n### Slonik\n\ny\n\n\
         ## Chosen Decision: Use Prisma\n\nWords.\n",
        &["Pick => Use Prisma (+Prisma -Slonik)"],
    );
}

#[test]
fn listed_alternatives_were_not_taken() {
    check(
        "# T\n\n## Alternatives Considered\n\n1. **Cron job**: too coarse\n2. **Do nothing**: no\n",
        &["T => ? (-Cron job -Do nothing)"],
    );
}

#[test]
fn headings_and_labels_state_decisions() {
    check(
        "# T\n\n### Decision 2: Retry queue\n\n**Chosen**: Redis streams\n\n\
         **Alternatives considered**: SQS, Kafka\n",
        &["Retry queue => Redis streams (-SQS -Kafka)"],
    );
    check(
        "# T\n\n### Decision 1: Storage\n\n**Selected:** One file a day\n",
        &["Storage => One file a day ()"],
    );
    check("# T\n\n### Rows\n\n**Selected:** marked by a line\n", &[]);
}

#[test]
fn numbered_headings_below_decisions_are_decisions() {
    check(
        "# T\n\n## Decisions\n\n### 1. Keep one file\n\nWords.\n\n### D2: Read it once\n\n\
         **Alternatives considered**: twice, never\n\n### Notes\n\nx\n\n## 3. Risks\n",
        &["Keep one file => Keep one file ()", "Read it once => Read it once (-twice -never)"],
    );
    check("# T\n\n### Decision: Trunk vs head\n\nWords.\n", &["Trunk vs head => ? ()"]);
}

#[test]
fn without_a_title_the_named_feature_is_decided() {
    check(
        "- Feature Name: quota\n- Start Date: 2026-01-31\n\n# Summary\n\nx\n\n\
         # Alternatives\n\n1. Do nothing\n",
        &["quota => ? (-Do nothing)"],
    );
}

#[test]
fn prose_about_options_is_no_decision() {
    check("# T\n\n## CLI Options\n\n- `--json`: prints JSON\n\nThe decision took long.\n", &[]);
}
