//! Which titles hold a word.

use super::Titles;

#[test]
fn titles_are_told_by_their_places() {
    let titles =
        ["goals", "", "cache and cache keys", "ttl", "キャッシュ", "gods"].map(str::to_owned);
    let titles = Titles::of(&titles);
    assert_eq!(titles.with(&["ttl", "cache"]), [2, 3]);
    assert_eq!(titles.with(&["キャッシュ"]), [4]);
    assert_eq!(titles.with(&["go"]), [0, 5]);
    assert!(titles.with(&["x", "sc"]).is_empty());
    assert!(Titles::default().with(&["a"]).is_empty());
}
