//! Half-written documents are the normal case in an editor: every rule has to bear them.

use groundplan_syntax::Source;

use super::page::parts;
use super::pages::check;
use crate::apply_fixes;
use crate::rules::ALL;

/// The inputs of all examples.
fn inputs() -> Vec<Source> {
    let parts = ALL.iter().flat_map(|rule| parts(rule.page));
    parts.flat_map(|part| part.inputs()).collect()
}

/// Every finding's places are text of its document, and its fixes can be applied.
fn is_sound(source: &Source) {
    let found = check(std::slice::from_ref(source));
    for it in &found {
        let text = source.text();
        assert!(text.get(it.span.range()).is_some(), "{}: {:?} in {text:?}", it.rule, it.span);
        assert!(
            it.related.iter().all(|label| text.get(label.span.range()).is_some()),
            "{}",
            it.rule
        );
        assert!(!it.message.contains('\n'), "{}", it.rule);
        if it.fix.is_some() {
            let fixed = apply_fixes(source, std::slice::from_ref(it), true);
            assert_eq!(fixed.count, 1, "{}: {text:?}", it.rule);
            assert_ne!(fixed.text, text, "{}", it.rule);
        }
    }
}

#[test]
fn documents_cut_anywhere_are_checked() {
    for source in inputs() {
        let text = source.text();
        for (at, _) in text.char_indices().step_by(5) {
            is_sound(&Source::new(source.path(), text.get(..at).expect("a boundary")));
            is_sound(&Source::new(source.path(), text.get(at..).expect("a boundary")));
        }
    }
}

#[test]
fn documents_without_one_of_their_lines_are_checked() {
    for source in inputs() {
        let lines: Vec<&str> = source.text().split_inclusive('\n').collect();
        for at in 0..lines.len() {
            let rest = lines.iter().enumerate().filter(|(index, _)| *index != at);
            is_sound(&Source::new(source.path(), &rest.map(|(_, line)| *line).collect::<String>()));
        }
    }
}

#[test]
fn documents_with_windows_line_ends_give_the_same_findings() {
    for source in inputs().into_iter().filter(|it| it.invalid_utf8().is_none()) {
        let windows = Source::new(source.path(), &source.text().replace('\n', "\r\n"));
        let messages = |source: &Source| {
            let found = check(std::slice::from_ref(source));
            found.into_iter().map(|it| (it.rule, it.message)).collect::<Vec<_>>()
        };
        assert_eq!(messages(&windows), messages(&source), "{}", source.text());
    }
}
