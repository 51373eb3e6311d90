//! Which titles hold a word.

use super::{Titles, Words};

#[test]
fn titles_are_told_by_their_places() {
    let titles =
        ["goals", "", "cache and cache keys", "ttl", "キャッシュ", "gods"].map(str::to_owned);
    let titles = Titles::of(&titles);
    assert_eq!(titles.with(&Words::new(&["ttl", "cache"])), [2, 3]);
    assert_eq!(titles.with(&Words::new(&["キャッシュ"])), [4]);
    assert_eq!(titles.with(&Words::new(&["go"])), [0, 5]);
    assert!(titles.with(&Words::new(&["x", "sc"])).is_empty());
    assert!(Titles::default().with(&Words::new(&["a"])).is_empty());
}
