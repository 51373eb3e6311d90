//! Whose rows are their owner's alone.

use groundplan_syntax::{Source, parse};

/// Tables whose rows are scoped by `sentence`.
fn scoped(sentence: &str) -> Vec<String> {
    let text = format!(
        "# Desk\n\n| Method | Path |\n|---|---|\n| GET | /tickets |\n\n## Security\n\nEvery \
         request requires a bearer token. {sentence}\n\n```sql\nCREATE TABLE tickets (id UUID \
         PRIMARY KEY, created_by UUID NOT NULL);\nCREATE TABLE comments (id UUID PRIMARY KEY, \
         ticket_id UUID NOT NULL REFERENCES tickets(id), author_id UUID NOT NULL);\nCREATE TABLE \
         saved_search_data (id UUID PRIMARY KEY, user_id UUID NOT NULL);\n```\n"
    );
    let source = Source::new("design.md", &text);
    let plan = crate::plan(&crate::lower(&source, &parse(&source))).expect("an endpoint");
    let scoped = plan.resources.iter().filter(|it| it.scoped);
    scoped.map(|it| it.table.name.clone()).collect()
}

#[test]
fn own_rows_are_those_of_the_tables_that_the_sentence_names() {
    let with = "Users see and change only their own tickets, with their comments.";
    assert_eq!(scoped(with), ["tickets"]);
    assert_eq!(scoped("Users see only their own tickets and comments."), ["tickets", "comments"]);
    assert_eq!(scoped("Users see only their own saved searches."), ["saved_search_data"]);
}

#[test]
fn a_sentence_that_names_no_table_is_about_all() {
    let all = ["tickets", "comments", "saved_search_data"];
    assert_eq!(scoped("Users see only their own rows."), all);
    assert_eq!(scoped("Users see only their own tickets. Access is limited to own data."), all);
}

#[test]
fn without_a_sentence_there_are_no_own_rows() {
    assert_eq!(scoped("Tickets are kept for ever."), [""; 0]);
}
