//! What a path that begins with a parameter is below.

use groundplan_syntax::{Source, parse};

use crate::lower;

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let source = Source::new("design.md", text);
    let document = lower(&source, &parse(&source));
    let mut all: Vec<_> = document.endpoints.iter().chain(&document.mentions).collect();
    all.sort_by_key(|it| (it.span, it.method));
    let paths: Vec<String> =
        all.iter().map(|it| format!("{} {}", it.method.as_str(), it.full_path())).collect();
    assert_eq!(paths, expected);
}

#[test]
fn a_path_goes_on_with_the_collection_of_its_block() {
    check(
        "# T\n\n## API\n\n- `POST /api/v1/orders` · `DELETE /{id}` ·\n  `POST /{id}/cancel`\n\n\
         - `GET /{id}`\n",
        &[
            "POST /api/v1/orders",
            "DELETE /api/v1/orders/{id}",
            "POST /api/v1/orders/{id}/cancel",
            "GET /{id}",
        ],
    );
    check(
        "# T\n\nIt has `POST /preview` and `DELETE /{id}`.\n",
        &["POST /preview", "DELETE /{id}"],
    );
    check(
        "# T\n\nIt has `GET /orders/{id}` and `POST /{id}/cancel`.\n",
        &["GET /orders/{id}", "POST /orders/{id}/cancel"],
    );
}
