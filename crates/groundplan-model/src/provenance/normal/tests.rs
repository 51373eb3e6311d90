//! What two texts may differ in and still say the same.

use super::lines;

#[track_caller]
fn same(one: &str, other: &str) {
    assert_eq!(lines(one).collect::<Vec<_>>(), lines(other).collect::<Vec<_>>());
}

#[track_caller]
fn differ(one: &str, other: &str) {
    assert_ne!(lines(one).collect::<Vec<_>>(), lines(other).collect::<Vec<_>>());
}

#[test]
fn padding_and_outer_bars_of_tables_do_not_count() {
    same("a|b\n-|:-:\n1|2", "| a   | b   |\n| --- | :-: |\n| 1   | 2   |");
    same("> |a|\n> |-|", "> | a   |\n> | --- |");
    same("- |a|b|\n  |-|-|", "- | a | b |\n  | --- | --- |");
    same("|`x\\|y`|", "| `x\\|y` |");
    same("||", "|  |");
}

#[test]
fn cells_and_their_alignment_count() {
    differ("|a|b|", "|a|c|");
    differ("|a|b|", "|a b|");
    differ("|-|-|", "|-|-:|");
    differ("|a||", "|a|");
    differ("|`x\\|y`|", "|`x|y`|");
}

#[test]
fn bullets_numbers_and_the_case_of_a_tick_do_not_count() {
    same("* [X] done\n+ [x] done", "- [x] done\n- [x] done");
    same("1. one\n3. three", "1. one\n2. three");
    differ("- [ ] open", "- [x] open");
    differ("- one", "one");
    differ("2026 is a year", "2027 is a year");
    differ("**bold**", "- bold");
}

#[test]
fn lists_of_contents_do_not_count() {
    same("Contents\n\n- [One](#one)\n  1. [Two](#two)\n", "Contents\n");
    differ("- see [One](#one)", "");
    differ("- [One](one.md)", "");
}
