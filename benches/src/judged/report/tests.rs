//! The table by rule.

use super::*;

fn finding(rule: &str, line: usize) -> Finding {
    let text = serde_json::json!({
        "rule": rule, "severity": "info", "path": "d.md", "line": line, "message": "so", "help": null
    });
    serde_json::from_value(text).expect("a finding")
}

fn place(rule: &str, line: usize) -> Place {
    Place { rule: rule.into(), document: "d.md".into(), line }
}

#[test]
fn verdicts_left_open_count_on_neither_side() {
    let findings = [finding("a", 1), finding("a", 2), finding("b", 3), finding("b", 4)];
    let verdicts = Verdicts::from([
        (place("a", 1), Verdict::True),
        (place("a", 2), Verdict::False),
        (place("b", 3), Verdict::Open),
    ]);
    let report = Report::new(&findings, &verdicts);
    assert_eq!(report.precision(), Some(50.0));
    assert_eq!(report.rules.get("b").and_then(Tally::precision), None);
}

#[test]
fn verdicts_without_a_finding_are_named() {
    let verdicts = Verdicts::from([
        (place("a", 1), Verdict::True),
        (place("a", 2), Verdict::False),
        (place("a", 3), Verdict::True),
    ]);
    let findings = [finding("a", 3)];
    let text = Report::new(&findings, &verdicts).to_string();
    assert!(text.contains("judged true and no longer found: a d.md:1\n"), "{text}");
    assert!(text.contains("judged false and gone: a d.md:2\n"), "{text}");
    assert!(!text.contains("d.md:3"), "{text}");
}
