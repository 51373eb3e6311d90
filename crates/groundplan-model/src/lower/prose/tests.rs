//! Parts of sentences are found where a searcher finds them.

use super::{find, has_part, lines, split_once, trim};

#[test]
fn lines_are_cut_behind_their_ends() {
    let found = |text| lines(text, 10).collect::<Vec<_>>();
    assert_eq!(found(""), []);
    assert_eq!(found("a\r\n\nb"), [(10, "a\r\n"), (13, "\n"), (14, "b")]);
}

#[test]
fn a_part_is_found_where_a_searcher_finds_it() {
    let texts =
        ["", " ", "a b", "an endpoint is public", "  is  is public ", "é → 日本 → é", "is", "s"];
    let parts =
        ["", " ", "is", " is", " is public", "  is", "→", " → ", "日本", "x", "ndpoint", "public "];
    for (text, part) in texts.iter().flat_map(|text| parts.map(|part| (text, part))) {
        assert_eq!(find(text, part), text.find(part), "{part:?} in {text:?}");
        assert_eq!(split_once(text, part), text.split_once(part), "{part:?} in {text:?}");
        assert_eq!(has_part(text, &["ζ", part]), text.contains(part), "{part:?} in {text:?}");
    }
}

#[test]
fn a_text_is_trimmed_as_the_library_does() {
    let ends =
        ["", " ", "a", "~", "!", "\t", "\r\n", "\u{7f}", "\u{b}", "\u{1c}", "\u{85}", "\u{a0}"];
    let more = ["\u{3000}", "\u{2028}", "\u{200b}", "é", "字", "x y"];
    let ends: Vec<&str> = ends.into_iter().chain(more).collect();
    for (before, after) in ends.iter().flat_map(|it| ends.iter().map(move |other| (it, other))) {
        for middle in ["", "a", " ", "日 本"] {
            let text = format!("{before}{middle}{after}");
            assert_eq!(trim(&text), text.trim(), "{text:?}");
        }
    }
}
