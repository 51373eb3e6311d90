//! Words that must not be in the text. Code is somebody else's text, and not looked into.

use groundplan_syntax::{Kind, Span};

use super::Page;

pub(super) fn check(page: &mut Page<'_>, words: &[String]) {
    let (tree, source) = (page.tree, page.document.source.text());
    let words: Vec<(&String, String)> = words.iter().map(|it| (it, it.to_lowercase())).collect();
    for id in tree.descendants(tree.root()) {
        if tree.kind(id) != Kind::Text {
            continue;
        }
        let span = tree.span(id);
        let text = source.get(span.range()).unwrap_or("");
        for (word, lower) in &words {
            for at in places(text, lower) {
                let start = span.start as usize + at;
                let place = Span::new(start, start + lower.len());
                let wrong = format!("the text says `{word}`");
                page.report(place, &wrong, "say what is meant, or take it out");
            }
        }
    }
}

/// Where a word stands by itself in a text, in capitals or not.
fn places(text: &str, word: &str) -> Vec<usize> {
    // Lower case may be longer than what it was made from: then places would be wrong.
    let lower = text.to_ascii_lowercase();
    let ends = |it: Option<char>| !it.is_some_and(|it| it.is_alphanumeric() || it == '_');
    let found = lower.match_indices(word).map(|it| it.0);
    let alone = |at: &usize| {
        let before = lower.get(..*at).and_then(|it| it.chars().next_back());
        let after = lower.get(at + word.len()..).and_then(|it| it.chars().next());
        ends(before) && ends(after)
    };
    found.filter(alone).collect()
}
