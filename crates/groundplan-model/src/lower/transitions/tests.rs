//! Changes of state in each form.

use groundplan_syntax::{Source, parse};

use crate::lower;

const TABLE: &str = "# A\n\n```sql\nCREATE TABLE exports (id UUID PRIMARY KEY, status TEXT CHECK \
                     (status IN ('queued', 'running', 'done', 'cancelled')));\n```\n\n";

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let source = Source::new("design.md", text);
    let document = lower(&source, &parse(&source));
    let shown = document.transitions.iter().map(|it| {
        let action = it.action.as_ref().map_or_else(String::new, |it| format!(" by {it}"));
        format!("{} -> {}{action}", it.from.join("|"), it.to)
    });
    assert_eq!(shown.collect::<Vec<_>>(), expected);
}

#[test]
fn a_chain_of_allowed_values_is_read_wherever_it_stands() {
    let text = format!("{TABLE}An export runs `queued` → `running` → `done`.\n");
    check(&text, &["queued -> running", "running -> done"]);
    let text = format!("{TABLE}- queued -> running | cancelled\n");
    check(&text, &["queued -> running", "queued -> cancelled"]);
}

#[test]
fn a_chain_is_read_where_the_text_speaks_of_transitions() {
    check(
        "# A\n\nJobs transition PENDING → RETRYING → PENDING.\n",
        &["pending -> retrying", "retrying -> pending"],
    );
    check(
        "# A\n\n- Status transitions (active→paused, active→completed, etc.)\n",
        &["active -> paused", "active -> completed"],
    );
    check(
        "# A\n\n## Order states\n\n```\ndraft → review → approved\n```\n",
        &["draft -> review", "review -> approved"],
    );
}

#[test]
fn steps_of_work_and_signatures_are_no_states() {
    check("# A\n\n- Full workflow: create → work → close\n\nClient → API → DB\n", &[]);
    check("# A\n\n## States\n\nfn next(state: State) -> State\n", &[]);
    check("# A\n\nThis transition maps user input → parsed command line → result.\n", &[]);
}

#[test]
fn sentences_count_where_the_states_are_known() {
    let text = format!("{TABLE}Only queued or running exports can be cancelled.\n");
    check(&text, &["queued|running -> cancelled"]);
    let text = format!("{TABLE}An export moves from `running` to `done` when its file is there.\n");
    check(&text, &["running -> done"]);
    check("# A\n\nOnly queued exports can be cancelled. You move from beta to stable.\n", &[]);
}

#[test]
fn state_diagrams_name_the_action_behind_the_colon() {
    check(
        "```mermaid\nstateDiagram-v2\n  [*] --> Queued\n  Queued --> Running: start\n  Running --> \
         Done\n```\n",
        &["queued -> running by start", "running -> done"],
    );
}
