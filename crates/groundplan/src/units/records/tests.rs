//! Findings, kept and read again.

use groundplan_model::{Certainty, Diagnostic, Fix, Severity};
use groundplan_syntax::{Edit, Span};

use super::{decoded, encoded};

fn findings() -> Vec<Diagnostic> {
    let span = Span::new(3, 7);
    let mut first = Diagnostic::new("broken-link", Severity::Error, "a.md", span, "é is gone");
    first.help("write it").related("b.md", span, "here").fix(Fix {
        title: "take it away".to_owned(),
        edits: vec![Edit::replace(span, "x")],
        certainty: Certainty::Guessed,
    });
    let team = "the-teams-own".to_owned();
    vec![first, Diagnostic::new(team, Severity::Info, "b.md", span, "")]
}

#[test]
fn findings_are_the_same_after_they_were_kept() {
    let findings = findings();
    let bytes = encoded(&findings.iter().collect::<Vec<_>>()).expect("they can be kept");
    assert_eq!(decoded(&bytes).expect("they can be read"), findings);
}

#[test]
fn broken_bytes_give_nothing_or_findings_but_never_a_panic() {
    let bytes = encoded(&findings().iter().collect::<Vec<_>>()).expect("they can be kept");
    for at in 0..bytes.len() {
        assert_eq!(decoded(&bytes[..at]), None, "cut at {at}");
        for value in [0, 1, 127, 255] {
            let mut broken = bytes.clone();
            broken[at] = value;
            let _ = decoded(&broken);
        }
    }
}
