//! Files of drawn trees.

use super::files::paths_of_tree;

#[test]
fn a_tree_of_folders_gives_full_paths() {
    let tree = "shop/\n├── src/api/\n│   ├── orders.py   # orders\n│   └── notes.py\n└── tests/\n    └── test_orders.py\n";
    let paths = paths_of_tree(tree, &[]);
    let files: Vec<&str> = paths.iter().map(String::as_str).filter(|it| it.contains('.')).collect();
    assert_eq!(files, ["src/api/orders.py", "src/api/notes.py", "tests/test_orders.py"]);
}

#[test]
fn the_folder_on_top_counts_where_paths_begin_with_it() {
    let named = ["backend/main.py".to_owned()];
    let paths = paths_of_tree("backend/\n└── api/\n    └── orders.py\n", &named);
    assert!(paths.contains(&"backend/api/orders.py".to_owned()), "{paths:?}");
}
