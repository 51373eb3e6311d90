//! Names at the top level.

use crate::code::read_code;

#[track_caller]
fn check(path: &str, text: &str, expected: &[&str]) {
    let file = read_code(path, text).expect("a file of code");
    let found = file.symbols.iter().map(|it| {
        assert_eq!(text.get(it.place.span.range()), Some(it.name.as_str()));
        format!("{}:{}", it.place.line, it.name)
    });
    assert_eq!(found.collect::<Vec<_>>(), expected);
}

#[test]
fn definitions_at_the_top_are_symbols() {
    check(
        "a.rs",
        "pub(crate) async fn list() {}\nstruct Cart<T>(T);\nimpl Cart {\n    fn total() {}\n}\n",
        &["1:list", "2:Cart"],
    );
    check(
        "a.py",
        "class Cart:\n    def total(self): ...\n\nasync def list(): ...\n",
        &["1:Cart", "4:list"],
    );
    check(
        "a.ts",
        "export default class Cart {}\nexport const list = async (a) => a;\nconst LIMIT = 3;\nexport type Id = string;\n",
        &["1:Cart", "2:list", "4:Id"],
    );
    check(
        "a.go",
        "package a\n\ntype Cart struct {}\n\nfunc (c *Cart) Total() {}\nfunc New() {}\n",
        &["3:Cart", "6:New"],
    );
    check(
        "A.java",
        "package a;\npublic final class Cart {}\nrecord Item(int a) {}\n",
        &["2:Cart", "3:Item"],
    );
}
