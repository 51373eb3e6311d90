//! One block a form: names, fields and types.

use groundplan_syntax::{Source, parse};

use super::{Block, Grammar, go, parsed, python, typescript};
use crate::document::Entity;
use crate::lower;

/// `Name(field:type, field?:type)` for each entity of a document.
fn entities(text: &str) -> Vec<String> {
    let source = Source::new("design.md", text);
    let document = lower(&source, &parse(&source));
    let shown = document.entities.iter().map(|entity| {
        let fields: Vec<String> = entity
            .fields
            .iter()
            .map(|it| format!("{}{}:{}", it.name, if it.optional { "?" } else { "" }, it.ty))
            .collect();
        format!("{} {}({})", entity.form, entity.name.text, fields.join(", "))
    });
    shown.collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(entities(text), expected);
}

#[test]
fn typescript_interfaces_and_object_types_have_their_properties() {
    check(
        "```ts\nexport interface Order {\n  id: string;\n  note?: string | null;\n  \
         total(): number;\n}\ntype Point = { x: number };\ntype Kind = 'a' | 'b';\n```\n",
        &["typescript Order(id:string, note?:string | null)", "typescript Point(x:number)"],
    );
}

#[test]
fn a_class_is_read_for_fields_among_its_methods() {
    let methods = "  // Places an order.\n  async place(id: string): Promise<Order> {\n    return { id };\n  }\n";
    check(&format!("```ts\nclass Orders {{\n{methods}}}\n```\n"), &[]);
    for field in ["total: number;", "total: number = 0", "@Input() total: number", "total?: number"]
    {
        let text = format!("```ts\nclass Orders {{\n{methods}\n  {field}\n{methods}}}\n```\n");
        let optional = if field.contains('?') { "?" } else { "" };
        check(&text, &[&format!("typescript Orders(total{optional}:number)")]);
    }
    check("```ts\nclass Orders { total: number }\n```\n", &["typescript Orders(total:number)"]);
}

#[test]
fn a_handler_is_a_property_and_an_action_is_not() {
    check(
        "```ts\ninterface Props {\n  onPick: (id: string) => void;\n  load: () => void;\n}\n```\n",
        &["typescript Props(onPick:(id: string) => void)"],
    );
}

#[test]
fn python_classes_have_annotated_fields_and_columns() {
    check(
        "```python\nclass Order(BaseModel):\n    id: UUID\n    note: Optional[str] = None\n\n    \
         def total(self): ...\n\nclass Row(Base):\n    __tablename__ = 'rows'\n    \
         id = Column(Integer)\n    items = relationship('Item')\n\nclass Color(Enum):\n    \
         RED: str = 'r'\n```\n",
        &["python Order(id:UUID, note?:Optional[str])", "python Row(id:)"],
    );
}

#[test]
fn a_python_class_with_another_inside_keeps_its_fields() {
    check(
        "```python\nclass Fault(BaseModel):\n    code: str\n\n    class Config:\n        \
         schema_extra = {\"example\": 1}\n\nclass Envelope(BaseModel):\n    error: Fault\n```\n",
        &["python Fault(code:str)", "python Envelope(error:Fault)"],
    );
}

#[test]
fn go_structs_have_every_declared_name() {
    check(
        "```go\ntype Order struct {\n\tID string `json:\"id\"`\n\tX, Y int\n\tNext *Order\n}\n```\n",
        &["go Order(ID:string, X:int, Y:int, Next?:*Order)"],
    );
}

#[test]
fn rust_structs_have_named_fields() {
    check(
        "```rust\npub struct Order { pub id: Uuid, note: Option<String> }\nstruct Unit;\n```\n",
        &["rust Order(id:Uuid, note?:Option<String>)"],
    );
}

#[test]
fn prisma_models_and_mermaid_entities_are_read_by_line() {
    check(
        "```prisma\nmodel Order {\n  id String @id\n  note String?\n  @@map(\"orders\")\n}\n```\n\n\
         ```mermaid\nerDiagram\n  ORDER ||--o{ ITEM : has\n  ORDER {\n    uuid id PK\n  }\n```\n",
        &["prisma Order(id:String, note?:String)", "mermaid ORDER(id:uuid)"],
    );
}

#[test]
fn a_table_of_fields_is_named_by_its_heading() {
    check(
        "# T\n\n## Data Model\n\n### Table: `orders`\n\n| Field | Type | Required |\n|---|---|---|\n\
         | `id` | UUID | yes |\n| note | TEXT | no |\n",
        &["field-table orders(id:UUID, note?:TEXT)"],
    );
}

#[test]
fn code_that_does_not_parse_gives_what_can_be_read() {
    check("```ts\ninterface A { id: string\n```\n", &["typescript A(id:string)"]);
    check("```ts\ninterface A { id: string; } }}} <<\n```\n", &["typescript A(id:string)"]);
}

#[test]
fn a_list_of_attributes_under_an_entitys_heading_is_one() {
    check(
        "# S\n\n### Entity 1: Order (extended)\n\n**Attributes:**\n- order_id: unique id\n\
         - `note` (text): what was said\n- and more\n\n**Relationships:**\n- Has many: items\n",
        &["attribute-list Order(order_id:, note:text)"],
    );
    check("# S\n\n### Entity 1: Order\n\n- order_id: unique id\n", &[]);
}

#[test]
fn a_tree_of_typed_names_is_an_entity() {
    check(
        "```\nTable: orders\n├── id: UUID (PK)\n├── state: ENUM('a', 'b') -- now\n└── at: TIMESTAMP\n```\n",
        &["tree orders(id:UUID (PK), state:ENUM('a', 'b'), at:TIMESTAMP)"],
    );
    check("```\nsrc/\n├── table: of parts\n└── main.rs\n```\n", &[]);
}

/// Blocks in their plainest form, all that it may hold.
const PLAIN: [(&Grammar, &str); 6] = [
    (
        &typescript::GRAMMAR,
        "export interface Order extends Base, Other.Kind {\n  // The key.\n  id: string;\n\
         \n  /** A note\n   * of two lines. */\n  readonly note?: string | null,\n  \
         lines: Line[]; // all\n  state: 'open'; kind: 'a'\n    | \"b\"\n    | 3;\n  \
         by: Map<string, Array<Line>>;\n  inner: { a: { b: string } }[];\n  \
         onSubmit: (order: Order, at?: Date) => Promise<void>;\n  done: () => void;\n  \
         either: (() => void) | null;\n  total(): number;\n  last: boolean\n  index: string\n}",
    ),
    (&typescript::GRAMMAR, "type Order = { id: string, total: (number | string)[] }"),
    (
        &typescript::GRAMMAR,
        "class Orders extends Base implements Store {\n  private readonly db: Db;\n  \
         static count: number = 0;\n  public names: string[] = [];\n  cache: Map<string, Order> = new \
         Map<string, Order>();\n\n  constructor(private db: Db, ...rest: string[]) {\n    this.db = \
         db;\n  }\n\n  async find(id: string): Promise<Order | null> {\n    return { id };\n  }\n}",
    ),
    (
        &go::GRAMMAR,
        "  type Order struct {\n\t// The key.\n\tID string `json:\"id\"`\n\n\tAt   *time.Time // \
         when\n\tTags map[string][]*Tag\n\tAny  interface{} `x:\"y\"` // more\n\tBase\n\tmodels.Base \
         `json:\",inline\"`\n}",
    ),
    (
        &python::GRAMMAR,
        "class Order(Base, models.Other):\n    \"\"\"An order.\n\n  Of two: lines.\n    \"\"\"\n\n    # \
         The key.\n    id: int\n    note: Optional[str] = None  # free\n    state: Literal[\"a\", 'b'] = \
         \"a\"\n    by: dict[str, list[Line]] | None = Field(default=None, ge=0)\n    lines: List[Line] = \
         []\n    key = Column(String(30), primary_key=True)\n    LIMIT = 3\n    shop = \
         relationship(\"Shop\")\n\n",
    ),
    (&python::GRAMMAR, "class Order:\n  id: models.Key = ...\n  at: \"Date\" = now()"),
];

fn block<'a>(grammar: &Grammar, text: &'a str) -> Block<'a> {
    Block { text, base: 7, form: grammar.form }
}

#[test]
fn what_is_plain_is_read_as_its_grammar_reads_it() {
    for (grammar, text) in PLAIN {
        let block = block(grammar, text);
        let found = parsed(grammar, &block, &mut None).unwrap_or_default();
        assert!(found.iter().any(|it| it.fields.len() > 1), "{text}");
        let plain: Vec<Entity> = (grammar.plain)(&block).into_iter().collect();
        assert_eq!(plain, found, "{text}");
    }
}

/// With every byte left out in turn.
#[test]
fn what_is_broken_is_plain_only_where_its_grammar_reads_the_same() {
    for (grammar, text) in PLAIN {
        for at in 0..text.len() {
            let cut = format!("{}{}", &text[..at], &text[at + 1..]);
            let block = block(grammar, &cut);
            let Some(plain) = (grammar.plain)(&block) else { continue };
            let found = parsed(grammar, &block, &mut None).unwrap_or_default();
            assert_eq!([plain], *found, "{cut}");
        }
    }
}

/// Three kilobytes of such took the parser minutes and gigabytes; found by fuzzing.
#[test]
fn a_block_that_is_no_code_is_given_up() {
    let link = "- [ADR-0053: Pages by Key of Lists](../../docs/main/design/adr/0053-pages-by-key-of-lists.md)\n";
    let text = format!(
        "```typescript\nexport interface {{-[0o{{'one 'several' | 'by-hand' | 'all-of-them';\n  \
         first Limit)](../../docs/main/design/adr/0051-pages-by-cursor.md)\n{}\
         - [ADR-0058: Colours in Terminals](../../docs/main/design** | Styles | 5.x | \
         Already there, for terminals |\n    }}\n```\n\n```ts\ninterface A {{ b: string }}\n```\n",
        link.repeat(10),
    );
    check(&text, &["typescript A(b:string)"]);
}
