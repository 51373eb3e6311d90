//! Rows, columns, headings and labels that name environments.

use groundplan_syntax::{Source, parse};

use crate::lower;

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let source = Source::new("design.md", text);
    let document = lower(&source, &parse(&source));
    let names: Vec<&str> = document.environments.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, expected);
}

#[test]
fn a_first_column_names_environments() {
    check(
        "# T\n\n| Environment | Access |\n|---|---|\n| Staging | all |\n| EU-West | few |\n",
        &["Staging", "EU-West"],
    );
}

#[test]
fn variables_are_no_environments() {
    check("# T\n\n| Env | Default |\n|---|---|\n| DB_HOST | x |\n| LOG_LEVEL=info | y |\n", &[]);
}

#[test]
fn two_usual_names_make_a_row_of_columns() {
    check(
        "# T\n\n| Resource | Development | Production |\n|---|---|---|\n| CPU | 1 | 4 |\n",
        &["Development", "Production"],
    );
    check("# T\n\n| Step | Test |\n|---|---|\n| 1 | a |\n", &[]);
}

#[test]
fn labels_count_once_and_only_under_their_heading() {
    check(
        "# T\n\n### Environment Configuration\n\n**Development:**\n\nx\n\n**Production:**\n\ny\n\n\
         - **production**: again\n- **Caching**: no\n\n## Tests\n\n**Staging:** no\n",
        &["Development", "Production"],
    );
}
