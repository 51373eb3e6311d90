//! OpenAPI files.

use crate::code::{is_contract, link_operations, read_code};

#[track_caller]
fn check(path: &str, text: &str, expected: &[&str]) {
    let file = [read_code(path, text).expect("a file of code")];
    let linked = link_operations(&file);
    let shown = linked.iter().map(|it| {
        let operation = it.operation;
        let method = operation.method.as_str();
        format!("{}: {method} {} {:?}", operation.place.line, it.shape, operation.statuses)
    });
    assert_eq!(shown.collect::<Vec<_>>(), expected);
}

#[test]
fn operations_stand_behind_the_path_of_the_server() {
    let yaml = "openapi: 3.1.0\nservers:\n  - url: https://shop.example/api\npaths:\n  /items/{id}:\n\
                \x20   get:\n      responses:\n        '200': {}\n        '404': {}\n";
    check("docs/api.yaml", yaml, &["6: GET /api/items/{} [200, 404]"]);
    let json = "{\"swagger\": \"2.0\", \"basePath\": \"/v1\",\n\"paths\": {\"/x\": {\n\"post\": {\"responses\": {\"201\": {}}}}}}";
    check("swagger.json", json, &["3: POST /v1/x [201]"]);
}

#[test]
fn other_yaml_has_no_operations() {
    check("ci.yml", "paths:\n  /x:\n    get:\n      responses: {}\n", &[]);
    let bomb = format!("openapi: 3\npaths: &a\n  /x: {{}}\nb: [{}]\n", "*a, ".repeat(40));
    check("bomb.yaml", &bomb, &[]);
}

#[test]
fn contracts_are_told_by_their_names_and_folders() {
    for path in
        ["openapi.yaml", "api/OpenAPI-v2.yml", "docs/swagger.json", "specs/1/contracts/a.yaml"]
    {
        assert!(is_contract(path), "{path}");
    }
    for path in ["openapi.md", "src/openapi.rs", "contracts/deep/a.yaml", "package.json"] {
        assert!(!is_contract(path), "{path}");
    }
}
