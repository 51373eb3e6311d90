//! Outlines of small documents.

use groundplan_syntax::{Source, parse};

use super::Outline;
use crate::lower;

fn outline(text: &str) -> Outline {
    let source = Source::new("docs/001_TDD-orders.md", text);
    Outline::of(&lower(&source, &parse(&source)))
}

const TEXT: &str = "# Orders\n\n**Status**: Approved\n\n<a id=\"Top-Level\"></a>\n\n## Data\n\n\
    ```sql\nCREATE TABLE orders (id UUID PRIMARY KEY, total INT NOT NULL);\n```\n\n## API\n\n\
    | Method | Path |\n|---|---|\n| GET | /orders |\n\nSee [the PRD](../prds/a%20b.md#Scope).\n";

#[test]
fn it_holds_what_a_document_defines_and_refers_to() {
    let outline = outline(TEXT);
    assert_eq!(outline.tables[0].name, "orders");
    assert!(outline.tables[0].columns[1].not_null);
    assert_eq!(outline.endpoints[0].path, "/orders");
    assert_eq!(outline.anchors, ["top-level"]);
    let link = &outline.links[0];
    assert_eq!((link.path.as_str(), link.anchor.as_deref()), ("../prds/a b.md", Some("Scope")));
    let path = link.path_span.expect("the path's place");
    assert_eq!(&TEXT[path.range()], "../prds/a%20b.md");
    assert_eq!(&TEXT[link.anchor_span.expect("the fragment's place").range()], "Scope");
}

#[test]
fn it_is_the_same_after_it_was_kept() {
    let outline = outline(TEXT);
    let kept = serde_json::to_string(&outline).expect("it can be written");
    assert_eq!(serde_json::from_str::<Outline>(&kept).expect("it can be read"), outline);
}
