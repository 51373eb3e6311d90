//! Blocks of code in several languages, and what is found in them.

use groundplan_model::lower;
use groundplan_syntax::{Source, parse};

use super::{Code, What, read};

fn code(language: &str, text: &str) -> Code {
    let source = Source::new("design.md", &format!("```{language}\n{text}\n```\n"));
    let tree = parse(&source);
    read(&tree, &lower(&source, &tree))
}

fn names(code: &Code, what: What) -> Vec<&str> {
    let found = code.definitions.iter().filter(|it| it.what == what);
    found.map(|it| it.name.as_str()).collect()
}

#[test]
fn python_classes_have_methods_and_name_types_that_nothing_defines() {
    let code = code(
        "python",
        "from uuid import UUID\nclass JobService:\n    def __init__(self, jobs: JobRepository):\n        \
         pass\n    async def start(\n        self,\n        id: UUID,\n    ) -> Job:\n        ...\n\n\
         def run(job: Job) -> None: ...",
    );
    assert_eq!(names(&code, What::Type), ["JobService"]);
    assert_eq!(names(&code, What::Function), ["__init__", "start", "run"]);
    let methods: Vec<_> = code.methods("JobService").map(|it| it.signature.as_str()).collect();
    assert_eq!(methods, ["async def start(self, id: UUID) -> Job"]);
    let wanted: Vec<_> = code.wanted().into_iter().map(|it| it.0).collect();
    assert_eq!(wanted, ["JobRepository", "Job"]);
    assert_eq!(code.functions().len(), 1);
}

#[test]
fn interfaces_of_typescript_have_methods_without_a_word_for_them() {
    let code = code(
        "typescript",
        "export interface Store {\n  find(id: string): Promise<Item>;\n  size: number;\n}\n\
         type Id = string;\nexport function open(path: string): Store {\n  return x;\n}",
    );
    assert_eq!(names(&code, What::Type), ["Store", "Id"]);
    assert_eq!(names(&code, What::Function), ["find", "open"]);
    assert_eq!(code.wanted()[0].0, "Item");
}

#[test]
fn methods_of_go_belong_to_their_receiver() {
    let code = code("go", "type Store struct {\n}\nfunc (s *Store) Get(id string) (Item, error) {");
    assert_eq!(code.methods("Store").next().map(|it| it.name.as_str()), Some("Get"));
}

#[test]
fn blocks_that_are_no_code_define_nothing() {
    assert!(code("text", "class of service").definitions.is_empty());
    assert!(code("yaml", "type: object").definitions.is_empty());
}
