//! Terms of tables and lists.

use groundplan_syntax::{Source, parse};

use crate::lower;

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let source = Source::new("design.md", text);
    let document = lower(&source, &parse(&source));
    let shown = document.glossary.iter().map(|it| format!("{} = {}", it.term, it.meaning));
    assert_eq!(shown.collect::<Vec<_>>(), expected);
}

#[test]
fn rows_of_terms_are_read_anywhere() {
    check("# T\n\n| Term | Definition |\n|---|---|\n| Job | A run |\n", &["Job = A run"]);
    check("# T\n\n| Term | Months |\n|---|---|\n| Lease | 12 |\n", &[]);
}

#[test]
fn items_and_bold_paragraphs_under_a_glossary_are_terms() {
    check(
        "# T\n\n## 12. Glossary\n\n- **Job:** A run.\n- `row` — one record\n- alone\n\n\
         **Owner** - who made it\n\nPlain words: no term.\n\n## Type Definitions\n\n- **Id**: text\n",
        &["Job = A run.", "row = one record", "Owner = who made it"],
    );
}
