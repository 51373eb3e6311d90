//! What is read of code.

use groundplan_model::lower;
use groundplan_syntax::{Source, parse};

use super::{Code, Folders};

fn with_code(text: &str, see: impl Fn(&Code<'_>)) {
    let source = Source::new("a.md", text);
    see(&Code::of(&lower(&source, &parse(&source))));
}

#[test]
fn a_method_knows_its_class_its_parameters_and_its_answer() {
    let text = "```python\nclass Orders(Base):\n    async def place(\n        self, order: dict[str, int]\n    ) -> list[Order]:\n        pass\n\ndef total(): return 1\n```\n";
    with_code(text, |code| {
        let [orders, place, total] = code.definitions.as_slice() else { panic!("three") };
        assert_eq!((orders.name, orders.params), ("Orders", "Base"));
        assert_eq!(
            (place.name, place.owner, place.result),
            ("place", Some("Orders"), "list[Order]")
        );
        assert!(place.is_async && place.params.contains("order: dict[str, int]"));
        assert_eq!((total.name, total.owner), ("total", None));
    });
}

#[test]
fn functions_of_go_and_typescript_are_read_at_the_margin() {
    let text = "```go\nfunc (s *Store) Place(o Order) (Receipt, error) {\n}\n```\n\n```ts\nexport async function place(order: Order): Promise<Receipt> {\n}\n```\n";
    with_code(text, |code| {
        let [go, script] = code.definitions.as_slice() else { panic!("two") };
        assert_eq!((go.name, go.owner, go.result), ("Place", Some("Store"), "(Receipt, error)"));
        assert_eq!((script.name, script.result), ("place", "Promise<Receipt>"));
    });
}

#[test]
fn strings_and_comments_define_nothing() {
    let text = "```python\ntext = '''\ndef one(): pass\n'''\n# def two(): pass\ns = \"def three()\"\n```\n";
    with_code(text, |code| assert!(code.definitions.is_empty()));
}

#[test]
fn modules_are_read_from_imports() {
    let text = "```python\nfrom src.orders import (\n    Order,\n)\nimport json\n```\n\n```ts\nimport { a } from './a';\n```\n";
    with_code(text, |code| {
        let modules: Vec<&str> = code.imports.iter().map(|it| it.module).collect();
        assert_eq!(modules, ["src.orders", "json", "./a"]);
    });
}

#[test]
fn a_tree_gives_paths_below_its_root() {
    let text = "```\nsrc/orders/\n├── api/\n│   └── routes.py   # routes\n└── main.py\n```\n";
    with_code(text, |code| {
        let trees = Folders::of(code);
        let [tree] = trees.as_slice() else { panic!("one") };
        assert_eq!(tree.root, "src/orders/");
        let paths: Vec<&str> = tree.entries.iter().map(|it| it.path.as_str()).collect();
        assert_eq!(paths, ["api", "api/routes.py", "main.py"]);
        assert!(!tree.is_partial);
    });
}

#[test]
fn fences_inside_a_template_are_code_too() {
    let text = "```markdown\n# A\n\n```python\ndef one(): pass\n```\n\n```python\ndef two(): pass\n```\n```\n";
    with_code(text, |code| {
        let names: Vec<&str> = code.definitions.iter().map(|it| it.name).collect();
        assert_eq!(names, ["one", "two"]);
    });
}
