//! Stated paths, drawn trees, and what they tell of the rest.

use groundplan_model::{Document, FileSet, Workspace, lower};
use groundplan_syntax::{Source, parse};

use super::stated::read_tree;
use super::{Layout, Role};
use crate::derive::design::Design;

struct Nothing;

impl FileSet for Nothing {
    fn exists(&self, _: &str) -> bool {
        false
    }
}

fn document(path: &str, text: &str) -> Document {
    let source = Source::new(path, text);
    lower(&source, &parse(&source))
}

/// Language, root, and the path of the settings.
fn layout(text: &str, others: Vec<Document>) -> (String, String, String) {
    let design = document("design.md", text);
    let workspace = Workspace::new(others, &Nothing);
    let layout = Layout::of(&Design::new(&design), &workspace);
    (layout.language.name.to_owned(), layout.root.clone(), layout.single(Role::Settings))
}

#[test]
fn a_drawn_tree_gives_its_files_with_what_they_hold() {
    let text = "shop/\n├── src/\n│   ├── main.py   # starts it\n│   └── api/\n│       └── orders.py\n└── README\n";
    let files: Vec<_> = read_tree(text).into_iter().map(|it| (it.0, it.1)).collect();
    let held = |words: &str| Some(words.to_owned());
    let expected = [
        ("src/main.py".to_owned(), held("starts it")),
        ("src/api/orders.py".to_owned(), None),
        ("README".to_owned(), None),
    ];
    assert_eq!(files, expected);
}

#[test]
fn the_root_is_the_folder_above_the_layers_and_stated_files_keep_their_place() {
    let text = "# Shop\n\n- `backend/shop/services/cart.py`\n- `backend/shop/models/cart.py`\n\
                - `backend/shop/config.py`\n- `frontend/app/cart.tsx`\n";
    let expected = ("Python", "backend/shop", "backend/shop/config.py");
    let (language, root, settings) = layout(text, Vec::new());
    assert_eq!((&*language, &*root, &*settings), expected);
}

#[test]
fn frameworks_tell_the_language_before_sketches_in_another_one() {
    let text =
        "# Shop\n\nFastAPI with Pydantic.\n\n```typescript\ninterface A { a: string }\n```\n";
    assert_eq!(layout(text, Vec::new()).0, "Python");
    let text = "# Shop\n\nIt lets users go and rust in peace.\n\n```typescript\ninterface A { a: string }\n```\n";
    assert_eq!(layout(text, Vec::new()).0, "TypeScript");
}

#[test]
fn the_decisions_of_the_workspace_tell_the_language_where_the_design_does_not() {
    let record =
        "# 1. Language\n\n## Status\n\nAccepted\n\n## Decision\n\nWe use Python with FastAPI.\n";
    let record = document("docs/adr/0001-language.md", record);
    let is_read = record.decisions.iter().any(|it| it.choice.is_some());
    let (language, root, _) = layout("# Shop\n\nWords.\n", vec![record]);
    assert!(is_read);
    assert_eq!((&*language, &*root), ("Python", "src/shop"));
    assert_eq!(layout("# Shop\n\nWords.\n", Vec::new()).0, "");
}
