//! What comments cover, and which of them nothing needs.

use groundplan_model::{Diagnostic, Severity, lower};
use groundplan_syntax::{Source, Span, parse};

use super::{Applied, Suppressions};
use crate::{Selection, apply_fixes};

/// A finding of `rule` at every place where the text says `(x)`.
fn applied(text: &str, rules: &[&'static str], ran: &Selection) -> Applied {
    let source = Source::new("a.md", text);
    let document = lower(&source, &parse(&source));
    let places = text.match_indices("(x)").map(|(at, _)| at);
    let all = places.flat_map(|at| rules.iter().map(move |rule| (at, *rule)));
    let found = all.map(|(at, rule)| {
        Diagnostic::new(rule, Severity::Warning, "a.md", Span::new(at, at + 3), "x")
    });
    Suppressions::of(&document).apply("a.md", found.collect(), ran)
}

/// The lines of the findings that stay.
fn kept(text: &str) -> Vec<usize> {
    let source = Source::new("a.md", text);
    let kept = applied(text, &["broken-link"], &Selection::default()).kept;
    kept.iter().map(|it| source.line(it.span.start as usize)).collect()
}

/// What is said about comments that nothing needs, and the text without them.
fn unused(text: &str) -> (Vec<String>, String) {
    let found = applied(text, &["broken-link"], &Selection::default()).unused;
    let fixed = apply_fixes(&Source::new("a.md", text), &found, false).text;
    (found.into_iter().map(|it| it.message).collect(), fixed)
}

#[test]
fn a_document_without_comments_keeps_everything() {
    assert_eq!(kept("# A\n\n(x)\n\n<!-- groundplan\ntemplate: tid 1 00\n-->\n"), [3]);
}

#[test]
fn the_next_line_is_the_next_one_with_words() {
    let comment = "<!-- groundplan-disable-next-line broken-link -- r -->";
    assert_eq!(kept(&format!("{comment}\n(x)\n(x)\n")), [3]);
    assert_eq!(kept(&format!("{comment}\n\n(x)\n\n(x)\n")), [5]);
    assert_eq!(kept(&format!("{comment}\r\n\r\n(x)\r\n\r\n(x)\r\n")), [5]);
    let other = "<!-- groundplan-disable-next-line mojibake -- r -->";
    assert_eq!(kept(&format!("{comment}\n{other}\n(x)\n(x)\n")), [4]);
    assert_eq!(kept(comment), [0; 0]);
}

#[test]
fn before_code_or_a_table_the_next_line_is_all_of_it() {
    let comment = "<!-- groundplan-disable-next-line -- r -->";
    assert_eq!(kept(&format!("{comment}\n```sql\nSELECT\n(x)\n```\n\n(x)\n")), [7]);
    assert_eq!(kept(&format!("{comment}\n\n| a |\n|---|\n| (x) |\n\n(x)\n")), [7]);
}

#[test]
fn a_comment_in_any_code_is_neither_needed_nor_idle() {
    let comment = "<!-- groundplan-disable-file broken-link -- r -->";
    for text in [
        format!("(x)\n\n```md\n{comment}\n```\n"),
        format!("(x)\n\n````md\n```html\n{comment}\n```\n````\n"),
        format!("(x)\n\n- item\n\n  ```\n  {comment}\n  ```\n"),
        format!("(x)\n\n    {comment}\n"),
        format!("(x)\n\nWrite `{comment}` to leave it.\n"),
    ] {
        assert_eq!(kept(&text), [1], "{text}");
        assert_eq!(unused(&text).0, [""; 0], "{text}");
    }
}

#[test]
fn a_line_may_carry_its_own_comment_even_in_a_table() {
    let comment = "<!-- groundplan-disable-line broken-link -- r -->";
    assert_eq!(kept(&format!("(x) {comment}\n(x)\n")), [2]);
    assert_eq!(kept(&format!("| a |\n|---|\n| (x) {comment} |\n| (x) |\n")), [4]);
}

#[test]
fn a_part_ends_where_it_is_ended_for_the_same_rule() {
    let text = |begin: &str, end: &str| {
        format!(
            "(x)\n\n<!-- groundplan-disable {begin} -->\n\n(x)\n\n<!-- groundplan-enable {end} -->\n\n(x)\n"
        )
    };
    assert_eq!(kept(&text("broken-link", "broken-link")), [1, 9]);
    assert_eq!(kept(&text("documents", "")), [1, 9]);
    assert_eq!(kept(&text("", "broken-link")), [1, 9]);
    assert_eq!(kept(&text("broken-link", "mojibake")), [1]);
    assert_eq!(kept(&text("mojibake", "")), [1, 5, 9]);
}

#[test]
fn a_file_may_be_left_alone_from_anywhere_in_it() {
    assert_eq!(kept("(x)\n\n<!-- groundplan-disable-file broken-link -- r -->\n"), [0; 0]);
    assert_eq!(kept("(x)\n\n<!-- groundplan-disable-file mojibake -- r -->\n"), [1]);
}

#[test]
fn comments_in_code_are_examples() {
    let comment = "<!-- groundplan-disable-file broken-link -->";
    assert_eq!(kept(&format!("(x)\n\n```html\n{comment}\n```\n")), [1]);
    assert_eq!(kept(&format!("(x) and `{comment}`\n")), [1]);
    assert_eq!(kept("(x)\n\n<!-- groundplan-disable-file broken-link\n"), [1]);
}

#[test]
fn a_reason_is_kept_with_what_it_suppresses() {
    for (words, reason) in [
        ("broken-link -- next\nweek", Some("next week")),
        ("broken-link — next week", Some("next week")),
        ("broken-link, mojibake -- next week", Some("next week")),
        ("documents", None),
        ("--", None),
    ] {
        let text = format!("(x)\n\n<!-- groundplan-disable-file {words} -->\n");
        let found = applied(&text, &["broken-link"], &Selection::default());
        assert_eq!(found.suppressed.len(), 1, "{words}");
        assert_eq!(found.suppressed[0].reason.as_deref(), reason, "{words}");
    }
}

#[test]
fn a_comment_that_nothing_needs_is_reported_and_taken_out() {
    let (messages, fixed) =
        unused("# A\n\n<!-- groundplan-disable-file documents -- r -->\n\ntext\n");
    assert_eq!(messages, ["no finding of `documents` is here to suppress"]);
    assert_eq!(fixed, "# A\n\n\ntext\n");
    let (messages, fixed) = unused("(x)\n\nb <!-- groundplan-disable-line --> c\n");
    assert_eq!(messages, ["this comment suppresses nothing"]);
    assert_eq!(fixed, "(x)\n\nb c\n");
    let (_, fixed) = unused("a\n<!-- groundplan-disable-line -->\nb\n");
    assert_eq!(fixed, "a\n\nb\n", "two paragraphs stay two");
}

#[test]
fn of_two_comments_about_one_finding_the_wider_one_is_not_needed() {
    let text = "<!-- groundplan-disable-file documents -- r -->\n\n(x) <!-- groundplan-disable-line documents -- r -->\n";
    let (messages, fixed) = unused(text);
    assert_eq!(messages.len(), 1);
    assert_eq!(fixed, "\n(x) <!-- groundplan-disable-line documents -- r -->\n");
}

#[test]
fn one_name_of_several_is_taken_out_alone() {
    let with = |names: &str| format!("(x) <!-- groundplan-disable-line {names} -- r -->\n");
    for names in ["broken-link, mojibake", "mojibake, broken-link", "mojibake broken-link"] {
        let (messages, fixed) = unused(&with(names));
        assert_eq!(messages, ["no finding of `mojibake` is here to suppress"]);
        assert_eq!(fixed, with("broken-link"), "{names}");
    }
}

#[test]
fn a_part_that_nothing_needs_goes_with_its_end() {
    let text = "<!-- groundplan-disable documents -->\n\na\n\n<!-- groundplan-enable documents -->\n\n(x)\n";
    let (messages, fixed) = unused(text);
    assert_eq!((messages.len(), fixed.as_str()), (1, "\na\n\n\n(x)\n"));
    let (messages, fixed) = unused("(x)\n\n<!-- groundplan-enable -->\n");
    assert_eq!(messages, ["this comment ends what no comment before it began"]);
    assert_eq!(fixed, "(x)\n\n");
}

#[test]
fn comments_about_rules_that_were_not_run_are_not_judged() {
    let text = "a\n\n<!-- groundplan-disable-file mojibake -- r -->\n\n<!-- groundplan-disable-file -- r -->\n";
    let own = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect();
    let ignoring = Selection { ignore: own(&["mojibake"]), ..Selection::default() };
    assert_eq!(applied(text, &[], &ignoring).unused, []);
    let only = Selection { select: own(&["documents", "suppressions"]), ..Selection::default() };
    assert_eq!(applied(text, &[], &only).unused, []);
    let without = Selection { ignore: own(&["suppression-unused"]), ..Selection::default() };
    assert_eq!(applied(text, &[], &without).unused, []);
    assert_eq!(applied(text, &[], &Selection::default()).unused.len(), 2);
}

#[test]
fn a_comment_without_names_does_not_hide_what_is_said_about_comments() {
    let text = "(x) <!-- groundplan-disable-line -->\n";
    let rules = ["suppression-without-reason", "broken-link"];
    let found = applied(text, &rules, &Selection::default());
    assert_eq!((found.kept.len(), found.suppressed.len()), (1, 1));
    assert_eq!(found.kept[0].rule, "suppression-without-reason");
}

#[test]
fn comments_survive_being_kept_in_a_file() {
    let text =
        "<!-- groundplan-disable-file documents, mojibake -- r -->\n\n<!-- groundplan-enable -->\n";
    let source = Source::new("a.md", text);
    let comments = Suppressions::of(&lower(&source, &parse(&source)));
    let kept = serde_json::to_string(&comments).expect("it can be written");
    assert_eq!(serde_json::from_str::<Suppressions>(&kept).expect("it can be read"), comments);
}
