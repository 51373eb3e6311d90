//! Plans for tests, from documents as people write them.

use groundplan_model::ServicePlan;
use groundplan_model::schema::{Column, ColumnType};
use groundplan_syntax::{Source, Span, parse};

/// The plan of the repository's example.
pub(crate) fn example() -> ServicePlan {
    plan(include_str!("../../../examples/data-export/docs/001_TDD-data-export.md"))
}

/// The plan of a document.
pub(crate) fn plan(markdown: &str) -> ServicePlan {
    let source = Source::new("docs/design.md", markdown);
    let document = groundplan_model::lower(&source, &parse(&source));
    groundplan_model::plan(&document).expect("the document states an endpoint")
}

/// The plan of a document with two endpoints on `/api/v1/items` and this SQL.
pub(crate) fn plan_of_sql(sql: &str) -> ServicePlan {
    plan(&format!(
        "# Items\n\n## API\n\n| Method | Endpoint | Purpose |\n|---|---|---|\n\
         | GET | /api/v1/items | List |\n| POST | /api/v1/items | Add |\n\n\
         ## Data Model\n\n```sql\n{sql}\n```\n"
    ))
}

/// A column of this type that may be NULL and has no bounds.
pub(crate) fn column(ty: ColumnType, declared: &str) -> Column {
    Column { declared: declared.to_owned(), ..Column::plain("value", ty, Span::default()) }
}
