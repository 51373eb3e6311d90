//! What a policy asks for, and whom it lets off.

use super::{Level, Policy};
use crate::profile::Pattern;

fn policy() -> Policy {
    Policy {
        kind: "requirement".to_owned(),
        ids: Pattern::parse("FR-*".to_owned()).expect("a pattern"),
        requires: vec![vec![Level::Design], vec![Level::Task, Level::Test]],
        waived: [("FR-7".to_owned(), "bought".to_owned())].into(),
        until: Some("2026-06-30".to_owned()),
    }
}

#[test]
fn each_list_is_met_by_one_of_its_levels() {
    let policy = policy();
    assert!(policy.concerns("FR-12") && !policy.concerns("NFR-1"));
    assert_eq!(policy.lacking(&[Level::Design, Level::Test]), [[Level::Design; 0]; 0]);
    assert_eq!(policy.lacking(&[Level::Code]).len(), 2);
    assert_eq!(policy.lacking(&[Level::Design]), [[Level::Task, Level::Test]]);
}

#[test]
fn a_waiver_counts_to_the_end_of_its_last_day() {
    let policy = policy();
    assert_eq!(policy.waiver("FR-7", "2026-06-30"), Some("bought"));
    assert_eq!(policy.waiver("FR-7", "2026-07-01"), None);
    assert_eq!(policy.waiver("FR-8", "2026-01-01"), None);
}
