//! Ids in ranges and in parts.

use groundplan_model::{Outline, lower};
use groundplan_syntax::{Source, parse};

use super::{Citations, form};

fn is_cited(text: &str, id: &str) -> bool {
    let source = Source::new("tasks.md", text);
    let outline = Outline::of(&lower(&source, &parse(&source)));
    Citations::of(std::iter::once(&outline)).contains(id)
}

#[test]
fn ids_of_one_kind_have_one_form() {
    assert_eq!(form("AC-US1-01"), form("AC-US12-114"));
    assert_ne!(form("FR-1.2"), form("FR-1"));
}

#[test]
fn what_lies_in_a_range_is_cited() {
    assert!(is_cited("Covers FR-003 through FR-007.\n", "FR-005"));
    assert!(is_cited("Covers **FR-003**–**FR-007**.\n", "FR-005"));
    assert!(!is_cited("Covers FR-003 and FR-007.\n", "FR-005"));
    assert!(!is_cited("Covers FR-003 through FR-007.\n", "NFR-005"));
    assert!(is_cited("- [ ] 1. Task\n  _Requirements: 2-4_\n", "3"));
    assert!(!is_cited("- [ ] 1. Task\n  _Requirements: 2, 4_\n", "3"));
}

#[test]
fn a_part_cites_the_whole_and_the_whole_its_parts() {
    assert!(is_cited("- [ ] 1. Task\n  _Requirements: 2.1_\n", "2"));
    assert!(is_cited("Covers FR-2.\n", "FR-2.4"));
    assert!(!is_cited("Covers FR-2.\n", "FR-20"));
}
