//! Tables, headings and lists of risks with their properties.

use groundplan_syntax::{Source, parse};

use crate::lower;

/// `text (impact, probability) mitigation` for each risk of a document.
fn risks(text: &str) -> Vec<String> {
    let source = Source::new("design.md", text);
    let document = lower(&source, &parse(&source));
    let word = |it: &Option<String>| it.clone().unwrap_or_else(|| "-".to_owned());
    let shown = document.risks.iter().map(|it| {
        let (impact, probability) = (word(&it.impact), word(&it.probability));
        format!("{} ({impact}, {probability}) {}", it.text, word(&it.mitigation))
    });
    shown.collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(risks(text), expected);
}

#[test]
fn rows_of_risk_tables_are_risks() {
    check(
        "# T\n\n| Risk | Impact | Probability | Mitigation |\n|---|---|---|---|\n\
         | Disk full | High | Low | Alert |\n",
        &["Disk full (High, Low) Alert"],
    );
    check("# T\n\n| Phase | Duration | Risk |\n|---|---|---|\n| 1 | 2 days | Low |\n", &[]);
}

#[test]
fn an_arrow_or_a_label_ends_the_risk() {
    check(
        "# T\n\n## Risks / Trade-offs\n\n- **[Risk] Slow start** → Mitigation: warm up\n\
         - **Risk**: Lost rows. **Mitigation**: backups\n- **Trade-off**: more disk\n",
        &["Slow start (-, -) warm up", "Lost rows. (-, -) backups"],
    );
}

#[test]
fn headings_of_risks_take_the_labels_below() {
    check(
        "# T\n\n## Risks & Mitigations\n\n### Risk 1: Price changes\n\n**Probability**: Medium\n\
         **Impact**: High\n\n**Mitigation**:\n- Watch prices\n- Cache\n\n### R2 - Late\n\n\
         - Impact: Low\n",
        &["Price changes (High, Medium) Watch prices", "Late (Low, -) -"],
    );
}

#[test]
fn items_with_nested_properties_are_one_risk() {
    check(
        "# T\n\n## Risks\n\n- Queue grows\n  - Impact: High\n  - Mitigation: drop old jobs\n- None\n",
        &["Queue grows (High, -) drop old jobs"],
    );
}

#[test]
fn lists_under_other_headings_are_no_risks() {
    check(
        "# T\n\n## Risks and Mitigations\n\n- Slow\n\n### Test coverage\n\n- All paths\n\n\
         ### Risk Mitigation\n\n- Existing tests\n\n### Technical Risks\n\n- Late\n",
        &["Slow (-, -) -", "Late (-, -) -"],
    );
}

#[test]
fn a_label_may_stand_behind_a_dash() {
    check(
        "# T\n\n## Risks\n\n1. **Network fails** - Mitigation: Retry it\n",
        &["Network fails (-, -) Retry it"],
    );
}
