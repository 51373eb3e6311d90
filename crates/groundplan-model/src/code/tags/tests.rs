//! Tags, and the items that they belong to.

use crate::code::{TagForm, read_code};

#[track_caller]
fn check(path: &str, text: &str, expected: &[&str]) {
    let file = read_code(path, text).expect("a file of code");
    let shown = |it: &crate::code::Tag| {
        let revision = it.revision.map(|it| format!("+{it}")).unwrap_or_default();
        let item = it.item.as_deref().unwrap_or("-");
        let form = if it.form == TagForm::Plain { "?" } else { "" };
        assert!(text.get(it.place.span.range()).is_some_and(|at| at.starts_with(&it.id)));
        format!("{}:{} {}{revision}{form} {item}", it.place.line, it.kind, it.id)
    };
    assert_eq!(file.tags.iter().map(shown).collect::<Vec<_>>(), expected);
}

#[test]
fn a_tag_belongs_to_the_item_below_it_or_around_it() {
    let text = "// [impl shop.file]\n\nuse a::b;\n\n/// Limits. [impl billing.retry-limit+2]\n\
                #[inline]\npub fn limit() {\n    // [impl shop.inner, shop.other+3]\n}\n\
                impl Cart {\n    // [verify shop.cart]\n    fn total(&self) {}\n}\n\
                const X: &str = \"[impl shop.text]\";\n";
    check(
        "a.rs",
        text,
        &[
            "1:impl shop.file -",
            "5:impl billing.retry-limit+2 limit",
            "8:impl shop.inner limit",
            "8:impl shop.other+3 limit",
            "11:verify shop.cart Cart.total",
        ],
    );
}

#[test]
fn forms_of_other_tools_are_read() {
    let java = "class A {\n  // [impl->dsn~login~1]\n  void login() {}\n\
                \x20 // [impl~x~2->dsn~a~1, dsn~b~4>>utest]\n  void other() {}\n}\n";
    check(
        "A.java",
        java,
        &["2:impl dsn~login+1 A.login", "4:impl dsn~a+1 A.other", "4:impl dsn~b+4 A.other"],
    );
    let python = "# r[impl auth.login+2]\n@cached\ndef login():\n    pass\n\n\
                  # @relation(REQ-1, REQ-2, scope=function, role=Test)\ndef check():\n    pass\n\n\
                  # lobster-trace: shop.login\nclass Cart:\n    pass\n";
    check(
        "a.py",
        python,
        &[
            "1:impl auth.login+2 login",
            "6:test REQ-1 check",
            "6:test REQ-2 check",
            "10:trace shop.login Cart",
        ],
    );
}

#[test]
fn plain_ids_are_guessed() {
    check(
        "a.go",
        "package a\n\n// Covers FR-001, not UTF-8.\nfunc A() {}\n",
        &["3:mention FR-001? A"],
    );
    check(
        "m.sql",
        "-- [impl shop.orders]\nCREATE TABLE orders (id INT); -- FR-2\n",
        &["1:impl shop.orders -", "2:mention FR-2? -"],
    );
}

#[test]
fn a_part_of_a_function_is_that_function() {
    let text =
        "fn total() {\n    let sum = |a| {\n        // [impl shop.sum]\n        a\n    };\n}\n";
    check("a.rs", text, &["3:impl shop.sum total"]);
}

#[test]
fn a_tag_in_marks_of_code_is_an_example() {
    check(
        "a.rs",
        "/// `[impl a.b+2]`, `r[impl a.b]`, `@relation(A-1, scope=file)`\nfn f() {}\n",
        &[],
    );
}

#[test]
fn brackets_of_other_kinds_are_no_tags() {
    check("a.ts", "// [impl]\n// [test ]\n// a[i->b]\n// [test the login]\nf();\n", &[]);
}

#[test]
fn a_tag_may_name_the_document_of_its_requirement() {
    check(
        "a.rs",
        "// [impl docs/001_PRD.md#FR-1+2]\nfn a() {}\n",
        &["1:impl docs/001_PRD.md#FR-1+2 a"],
    );
}
