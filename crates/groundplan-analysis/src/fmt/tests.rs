//! A case a behaviour: a text, and what it becomes.

use groundplan_syntax::Source;

use super::{Formatted, format};

/// What `text` becomes; formatting that again must change nothing.
fn formatted(text: &str) -> Formatted {
    let once = format(&Source::new("a.md", text)).unwrap_or_else(|it| panic!("{it:?}\n{text}"));
    let twice = format(&Source::new("a.md", &once.text)).expect("it holds twice");
    assert_eq!((twice.text, twice.changed), (once.text.clone(), vec![]), "not settled:\n{text}");
    once
}

fn becomes(before: &str, after: &str) {
    assert_eq!(formatted(before).text, after);
}

fn stays(text: &str) {
    becomes(text, text);
}

#[test]
fn the_bars_of_a_table_stand_under_one_another() {
    becomes(
        "|a|Name|\n|-|:-:|\n|longer|b|\n| c |\n",
        "| a      | Name |\n| ------ | :--: |\n| longer |  b   |\n| c      |\n",
    );
}

#[test]
fn wide_characters_count_twice_in_a_table() {
    becomes(
        "| a | b |\n|---|---|\n| 設計書 | x |\n| abcd | y |\n",
        "| a      | b   |\n| ------ | --- |\n| 設計書 | x   |\n| abcd   | y   |\n",
    );
}

#[test]
fn numbers_of_a_right_aligned_column_stand_at_the_right() {
    becomes("| n |\n|--:|\n| 1000 |\n| 7 |\n", "|    n |\n| ---: |\n| 1000 |\n|    7 |\n");
}

#[test]
fn an_escaped_bar_is_text_of_its_cell() {
    becomes("| a |\n|---|\n| `x\\|y` |\n", "| a      |\n| ------ |\n| `x\\|y` |\n");
}

#[test]
fn a_table_that_is_too_wide_gets_single_blanks() {
    let wide = "w".repeat(170);
    becomes(
        &format!("| a     | b |\n|-------|:--|\n| {wide} | x    |\n"),
        &format!("| a | b |\n| --- | :-- |\n| {wide} | x |\n"),
    );
}

#[test]
fn a_table_in_an_item_or_a_quote_keeps_what_stands_before_it() {
    becomes(
        "- x\n\n  |a|b|\n  |-|-|\n  |1|2|\n\n> |a|\n> |-|\n> |1|\n",
        "- x\n\n  | a   | b   |\n  | --- | --- |\n  | 1   | 2   |\n\n> | a   |\n> | --- |\n> | 1   |\n",
    );
}

#[test]
fn a_row_with_too_many_cells_keeps_them() {
    becomes("|a|\n|-|\n|1|2|\n", "| a   |\n| --- |\n| 1   | 2 |\n");
}

#[test]
fn windows_line_ends_stay() {
    becomes("# A  \r\n\r\n|a|\r\n|-|\r\n|1|", "# A\r\n\r\n| a   |\r\n| --- |\r\n| 1   |\r\n");
}

#[test]
fn blanks_at_line_ends_go_but_hard_breaks_stay() {
    becomes("one \ntwo  \nthree  \n\n- a\t\n", "one\ntwo  \nthree\n\n- a\n");
    stays("# A\t\n");
    stays("a backslash\\ \nand an empty box\n\n- [ ] \n");
}

#[test]
fn blank_lines_are_two_at_most_and_the_last_line_ends() {
    becomes("a\n\n\n\n\nb\n\n\nc\n\n\n", "a\n\n\nb\n\n\nc\n");
    becomes("a", "a\n");
    stays("");
}

#[test]
fn code_html_and_front_matter_stay_as_they_are() {
    stays(
        "---\na: 1  \n\n\n\n---\n\n```text\na  \n\n\n\n|a|b|\n|-|-|\n```\n\n<!-- a  \n\n\n\n-->\n",
    );
    stays("    indented  \n\n\n\n    code\n");
    stays("```\nnever closed  \n\n\n\n");
}

#[test]
fn what_is_switched_off_stays_as_it_is() {
    becomes(
        "<!-- groundplan-fmt-off -->\n\n|a|\n|-|\n|1|\n\n<!-- groundplan-fmt-on -->\n\n- [X] b \n",
        "<!-- groundplan-fmt-off -->\n\n|a|\n|-|\n|1|\n\n<!-- groundplan-fmt-on -->\n\n- [x] b\n",
    );
    stays("<!-- groundplan-fmt-off -->\n\n- [X] a \n\n\n\n\nb");
    becomes(
        "`<!-- groundplan-fmt-off -->`\n\n- [X] a\n",
        "`<!-- groundplan-fmt-off -->`\n\n- [x] a\n",
    );
}

#[test]
fn boxes_that_follow_one_another_have_one_bullet() {
    becomes("* [ ] a\n- [X] b\n+ [ ] c\n", "* [ ] a\n* [x] b\n* [ ] c\n");
    stays("* [ ] a\n\n- [ ] b\n");
    stays("* a\n- b\n");
}

#[test]
fn a_list_counts_where_its_numbers_are_out_of_order() {
    becomes("1. a\n2. b\n2. c\n4. d\n", "1. a\n2. b\n3. c\n4. d\n");
    becomes("3) a\n3) b\n5) c\n", "3) a\n4) b\n5) c\n");
    stays("1. a\n1. b\n1. c\n");
    stays("3. a\n2. b\n1. c\n");
}

#[test]
fn a_number_that_the_text_refers_to_stays() {
    stays("1. a\n2. b\n4. c\n\nSee step 4.\n");
}

#[test]
fn numbers_of_tasks_and_headings_stay() {
    stays("1. [ ] a\n2. [ ] b\n2. [ ] c\n");
    stays("## 1. A\n\n## 3. B\n");
}

#[test]
fn a_number_that_grows_wider_than_what_belongs_to_it_stays() {
    let items: String = (1..=9).map(|it| format!("{it}. a\n")).collect();
    stays(&format!("{items}9. b\n\n   more\n"));
}

#[test]
fn a_list_of_contents_follows_the_headings() {
    becomes(
        "# T\n\n## Contents\n\n- [One](#one)\n- [Gone](#gone)\n- [Zwei](#two)\n\n## One\n\n## New `x`\n\n## Two\n",
        "# T\n\n## Contents\n\n- [One](#one)\n- [New `x`](#new-x)\n- [Zwei](#two)\n\n## One\n\n## New `x`\n\n## Two\n",
    );
}

#[test]
fn a_list_of_contents_keeps_its_depth_and_its_numbers() {
    becomes(
        "## Table of Contents\n\n1. [A](#a)\n   - [B](#b)\n2. [D](#d)\n3. [F](#f)\n\n## A\n\n### B\n\n### C\n\n#### deep\n\n## D\n\n## E\n\n## F\n",
        "## Table of Contents\n\n1. [A](#a)\n   - [B](#b)\n   - [C](#c)\n2. [D](#d)\n3. [E](#e)\n4. [F](#f)\n\n## A\n\n### B\n\n### C\n\n#### deep\n\n## D\n\n## E\n\n## F\n",
    );
}

#[test]
fn a_list_of_contents_keeps_its_indents_where_levels_are_skipped() {
    let list = "- [A](#a)\n  - [B](#b)\n    - [C](#c)\n  - [E](#e)\n      - [F](#f)\n";
    let heads = "## A\n\n### B\n\n#### C\n\n### E\n\n##### F\n";
    becomes(
        &format!("## Contents\n\n{list}\n{heads}\n## G\n"),
        &format!("## Contents\n\n{list}- [G](#g)\n\n{heads}\n## G\n"),
    );
}

#[test]
fn a_list_of_some_headings_or_of_other_things_is_no_list_of_contents() {
    let heads = "## A\n\n## B\n\n## C\n\n## D\n\n## E\n";
    stays(&format!("## Contents\n\n- [A](#a)\n- [C](#c)\n\n{heads}"));
    stays(&format!("## See\n\n- [A](#a)\n- [B](#b)\n- [C](#c)\n- [D](#d)\n\n{heads}"));
    stays(&format!("## Contents\n\n- [A](#a)\n- [C](#c)\n- [D](#d)\n- [X](x.md)\n\n{heads}"));
}

#[test]
fn a_change_log_is_sorted_in_its_own_direction() {
    let log = |rows: &[&str]| {
        let head = "## Change Log\n\n| Date       | Version |\n| ---------- | ------- |\n";
        format!("{head}{}", rows.concat())
    };
    let [one, two, three, four] = [
        "| 2026-01-01 | 1.0     |\n",
        "| 2026-01-02 | 1.1     |\n",
        "| 2026-01-03 | 1.2     |\n",
        "| 2026-01-04 | 1.3     |\n",
    ];
    becomes(&log(&[one, two, four, three, four]), &log(&[one, two, three, four, four]));
    becomes(&log(&[four, three, one, two, one]), &log(&[four, three, two, one, one]));
    let unclear = log(&[one, three, two]);
    becomes(&unclear, &unclear);
}

#[test]
fn a_change_log_whose_versions_disagree_with_its_dates_stays() {
    stays(
        "## Change Log\n\n| Date       | Version |\n| ---------- | ------- |\n| 2026-01-01 | 1.0     |\n| 2026-01-02 | 1.1     |\n| 2026-01-09 | 1.2     |\n| 2026-01-03 | 1.3     |\n| 2026-01-10 | 1.4     |\n",
    );
}
