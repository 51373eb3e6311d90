//! Comments beside names to what they were called before.

use groundplan_syntax::{Source, parse};

use crate::service::ServicePlan;

fn planned(sql: &str) -> ServicePlan {
    let text = format!(
        "# Things\n\n## Data model\n\n```sql\n{sql}\n```\n\n## API\n\n| Method | Endpoint \
         |\n|---|---|\n| GET | /things |\n"
    );
    let source = Source::new("design.md", &text);
    crate::plan(&crate::lower(&source, &parse(&source))).expect("an endpoint is stated")
}

fn renamed(sql: &str) -> Vec<(String, Option<String>, String)> {
    let renames = planned(sql).renames.into_iter();
    renames.map(|it| (it.table, it.column, it.from)).collect()
}

#[test]
fn a_comment_behind_a_name_or_above_it_says_what_it_was() {
    let found = renamed(
        "-- @renamed from=objects\nCREATE TABLE things (\n  id UUID PRIMARY KEY,\n  title TEXT NOT \
         NULL, -- atlas:renamed_from name\n  -- @renamed from=text\n  -- What it is.\n  note \
         TEXT\n);",
    );
    let column = |name: &str| Some(name.to_owned());
    let things = || "things".to_owned();
    assert_eq!(
        found,
        [
            (things(), None, "objects".to_owned()),
            (things(), column("title"), "name".to_owned()),
            (things(), column("note"), "text".to_owned()),
        ]
    );
}

#[test]
fn a_comment_beside_nothing_is_noted() {
    let plan = planned("CREATE TABLE things (id UUID PRIMARY KEY);\n-- @renamed from=objects");
    assert!(plan.renames.is_empty());
    assert!(plan.notes.iter().any(|it| it.rule == "D5" && it.message.contains("`objects`")));
}
