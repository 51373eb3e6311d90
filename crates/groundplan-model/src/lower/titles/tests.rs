//! Which titles hold a word.

use super::{Titles, Words};

#[test]
fn titles_are_told_by_their_places() {
    let mut titles = Titles::default();
    let all = ["goals", "", "cache and cache keys", "ttl", "キャッシュ", "gods"];
    all.iter().for_each(|it| _ = titles.add(it));
    assert!(titles.iter().eq(all));
    assert_eq!(titles.with(&Words::new(&["ttl", "cache"])), [2, 3]);
    assert_eq!(titles.with(&Words::new(&["キャッシュ"])), [4]);
    assert_eq!(titles.with(&Words::new(&["go"])), [0, 5]);
    assert!(titles.with(&Words::new(&["x", "sc"])).is_empty());
    assert_eq!((titles.get(1), titles.get(5), titles.get(6)), (Some(""), Some("gods"), None));
    assert!(Titles::default().with(&Words::new(&["a"])).is_empty());
}

#[test]
fn titles_are_kept_in_lower_case() {
    let mut titles = Titles::default();
    assert_eq!(titles.add("API Design"), "api design");
    assert_eq!(titles.add("Évolution"), "évolution");
    assert!(titles.iter().eq(["api design", "évolution"]));
}
