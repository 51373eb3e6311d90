//! Numbers of headings.

use super::number_of;

#[test]
fn a_dotted_number_is_one() {
    assert_eq!(number_of("3.2 Storage"), Some(vec![3, 2]));
    assert_eq!(number_of("§3.2: Storage"), Some(vec![3, 2]));
    assert_eq!(number_of("4. Rollout"), Some(vec![4]));
    assert_eq!(number_of("4) Rollout"), Some(vec![4]));
}

#[test]
fn a_count_and_a_version_are_none() {
    assert_eq!(number_of("3 replicas"), None);
    assert_eq!(number_of("2026.01 release"), None);
    assert_eq!(number_of("1.2.x"), None);
    assert_eq!(number_of("Storage"), None);
}
