//! Merges: what both sides changed, and that nothing is lost.

use super::*;

const LABELS: Labels<'_> = Labels { ours: "yours", theirs: "new" };

const BASE: &str = "# A\n\none\n\ntwo\n\nthree\n";

fn merged(ours: &str, theirs: &str) -> Merged {
    merge(BASE, ours, theirs, LABELS)
}

#[test]
fn changes_at_two_places_are_both_kept() {
    let result = merged("# A\n\none!\n\ntwo\n\nthree\n", "# A\n\none\n\ntwo\n\nthree\n\nfour\n");
    assert_eq!(result.text, "# A\n\none!\n\ntwo\n\nthree\n\nfour\n");
    assert_eq!((result.conflicts, result.lines), (0, vec![]));
}

#[test]
fn the_same_change_on_both_sides_is_made_once() {
    let both = "# A\n\none\n\n2\n\nthree\n";
    assert_eq!(merged(both, both).text, both);
}

#[test]
fn two_changes_of_one_line_stand_between_labelled_markers() {
    let result = merged("# A\n\none\n\n2\n\nthree\n", "# A\n\none\n\nII\n\nthree\n");
    let expected = "# A\n\none\n\n<<<<<<< yours\n2\n=======\nII\n>>>>>>> new\n\nthree\n";
    assert_eq!(result.text, expected);
    assert_eq!((result.conflicts, result.lines), (1, vec![5]));
}

#[test]
fn an_underlined_heading_is_no_marker() {
    let base = "Title\n=======\n\none\n";
    let result = merge(base, "Title\n=======\n\n1\n", "Title\n=======\n\nI\n", LABELS);
    assert!(result.text.starts_with("Title\n=======\n\n<<<<<<<< yours\n1\n========\n"));
    assert!(result.text.ends_with("I\n>>>>>>>> new\n"), "{}", result.text);
    assert_eq!(result.lines, [4]);
}

#[test]
fn a_text_with_carriage_returns_keeps_them() {
    let ours = BASE.replace("one", "1").replace('\n', "\r\n");
    let result = merged(&ours, &BASE.replace("three", "3"));
    assert_eq!(result.text, "# A\r\n\r\n1\r\n\r\ntwo\r\n\r\n3\r\n");
    assert_eq!(result.conflicts, 0);
}

#[test]
fn a_missing_last_line_break_is_no_change() {
    let result = merged(BASE.trim_end(), &format!("{BASE}\nfour\n"));
    assert_eq!(result.text, format!("{BASE}\nfour"));
    assert_eq!(result.conflicts, 0);
}

#[test]
fn an_unchanged_side_gives_the_other_one() {
    assert_eq!(merged(BASE, "else\n").text, "else\n");
    assert_eq!(merged("else\n", BASE).text, "else\n");
    assert_eq!(merge("", "", "new\n", LABELS).text, "new\n");
}

/// Words of three texts that share some lines, by a counter.
fn text(seed: &mut u64) -> String {
    let mut next = || {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        *seed >> 33
    };
    let lines = next() % 12;
    (0..lines)
        .map(|_| format!("{}\n", ["", "a", "b", "c", "=", "# d"][next() as usize % 6]))
        .collect()
}

#[test]
fn whatever_one_side_adds_stands_in_the_result() {
    let count = |text: &str, line: &str| text.lines().filter(|it| *it == line).count();
    let mut seed = 1;
    for _ in 0..20_000 {
        let [base, ours, theirs] = [text(&mut seed), text(&mut seed), text(&mut seed)];
        let result = merge(&base, &ours, &theirs, LABELS);
        for line in ["a", "b", "c", "# d"] {
            let [base_has, ours_has, theirs_has, has] =
                [&base, &ours, &theirs, &result.text].map(|it| count(it, line));
            assert!(
                has + base_has >= ours_has.max(theirs_has),
                "`{line}` is lost:\n{base}---\n{ours}---\n{theirs}---\n{}",
                result.text
            );
        }
    }
}
