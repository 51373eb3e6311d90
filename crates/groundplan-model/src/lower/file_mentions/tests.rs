//! Names of Markdown files in running text.

use groundplan_syntax::{Source, parse};

use crate::lower;

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let source = Source::new("design.md", text);
    let document = lower(&source, &parse(&source));
    let mentions = &document.file_mentions;
    let shown: Vec<&str> = mentions.iter().map(|it| it.target.as_str()).collect();
    assert_eq!(shown, expected);
    let spans = mentions.iter().map(|it| source.slice(it.span).replace("\\|", "|"));
    assert_eq!(spans.collect::<Vec<_>>(), expected);
}

#[test]
fn names_in_prose_code_and_brackets_are_mentions() {
    check(
        "# T\n\nSee 001_FPRD|Orders.md, `docs/a.md` and [ORDERS_PRD.md]. Also .kiro/specs/b.md.\n",
        &["001_FPRD|Orders.md", "docs/a.md", "ORDERS_PRD.md", ".kiro/specs/b.md"],
    );
}

#[test]
fn an_escaped_pipe_in_a_cell_is_part_of_the_name() {
    check("# T\n\n| File |\n|---|\n| 001_FTDD\\|A.md |\n", &["001_FTDD|A.md"]);
}

#[test]
fn links_code_blocks_templates_and_addresses_are_no_mentions() {
    check(
        "# T\n\n[a](b.md) and [c.md](d.md), *.md, {id}.md, NNN_[name].md, https://e.org/x.md, a.mdx\n\n\
         ```\nREADME.md\n```\n",
        &[],
    );
}
