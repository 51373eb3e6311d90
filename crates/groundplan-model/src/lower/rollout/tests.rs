//! Steps, phases, and how a change is taken back.

use groundplan_syntax::{Source, parse};

use crate::{Document, lower};

fn document(text: &str) -> Document {
    let source = Source::new("design.md", text);
    lower(&source, &parse(&source))
}

/// `phase > step` for each step of a document.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let document = document(text);
    let shown = document.rollout.iter();
    let shown = shown.map(|it| format!("{} > {}", it.phase.as_deref().unwrap_or("-"), it.text));
    assert_eq!(shown.collect::<Vec<_>>(), expected);
}

/// `trigger; time; steps` of the rollback.
#[track_caller]
fn check_rollback(text: &str, expected: Option<&str>) {
    let shown = document(text).rollback.map(|it| {
        let word = |it: Option<crate::document::Text>| it.map_or("-".to_owned(), |it| it.text);
        let steps: Vec<String> = it.steps.into_iter().map(|it| it.text).collect();
        format!("{}; {}; {}", word(it.trigger), word(it.time), steps.join(", "))
    });
    assert_eq!(shown.as_deref(), expected);
}

#[test]
fn items_of_a_rollout_belong_to_the_phase_above() {
    check(
        "# T\n\n### Rollout Plan\n\n**Phase 1: Pilot** (a week)\n- Ship to staff\n\
         - Success criteria: no alarms\n\n**Phase 2: All**\n- Ship to all\n",
        &["Phase 1: Pilot (a week) > Ship to staff", "Phase 2: All > Ship to all"],
    );
}

#[test]
fn numbered_steps_count_and_boxes_and_other_subsections_do_not() {
    check(
        "# T\n\n## Deployment Plan\n\n### Strategy\n\n- Canary hosts\n\n### Deployment Steps\n\n\
         1. Back up\n2. Deploy\n\n### Checklist\n\n- [ ] Reviewed\n",
        &["- > Back up", "- > Deploy"],
    );
}

#[test]
fn a_rollback_has_trigger_time_and_steps() {
    check_rollback(
        "# T\n\n## Rollback Plan\n\n- Trigger: errors over 5%\n\n1. Turn the flag off\n2. Revert\n\n\
         ## Deployment\n\n- **Rollback Time**: < 5 minutes\n",
        Some("errors over 5%; < 5 minutes; Turn the flag off, Revert"),
    );
    check_rollback("# T\n\nThe transaction may roll back. A rollback is rare.\n", None);
}
