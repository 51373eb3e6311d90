//! Verdicts in both forms.

use super::*;

fn read(text: &str) -> Vec<(Place, Verdict)> {
    entries(serde_json::from_str(text).expect("a list of verdicts"))
}

#[test]
fn both_forms_of_files_give_the_same_verdicts() {
    let of_rule = r#"{"rule": "a", "judged": [{"document": "d.md", "line": 3, "true": true}]}"#;
    let sample = r#"[{"rule": "a", "document": "d.md", "line": 3, "true": true, "note": "so"}]"#;
    let place = Place { rule: "a".into(), document: "d.md".into(), line: 3 };
    assert_eq!(read(of_rule), [(place, Verdict::True)]);
    assert_eq!(read(of_rule), read(sample));
}

#[test]
fn a_verdict_may_be_left_open() {
    let text = r#"[{"rule": "a", "document": "d.md", "line": 3, "true": null}]"#;
    assert!(matches!(read(text).as_slice(), [(_, Verdict::Open)]));
}
