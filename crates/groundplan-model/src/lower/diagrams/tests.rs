//! Nodes of each form.

use groundplan_syntax::{Source, parse};

use crate::lower;

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let source = Source::new("design.md", text);
    let document = lower(&source, &parse(&source));
    let shown = document.diagrams.iter().map(|it| format!("{}: {}", it.form, it.nodes.join(", ")));
    assert_eq!(shown.collect::<Vec<_>>(), expected);
}

#[test]
fn flowcharts_name_nodes_by_their_labels() {
    check(
        "```mermaid\ngraph TD\n  %% note\n  A[Web] -->|calls| B(\"Order API\")\n  \
         B -- reads --> C[(Postgres)] & D{Cached?}\n  subgraph Cloud\n  D -.-> Q\n  end\n```\n",
        &["mermaid: Web, Order API, Postgres, Cached?, Q"],
    );
}

#[test]
fn sequences_entities_and_states_name_both_ends() {
    check(
        "```mermaid\nsequenceDiagram\n  participant U as User\n  U->>API: ask\n  API-->>U: answer\n```\n",
        &["mermaid: User, API"],
    );
    check(
        "```mermaid\nerDiagram\n  ORDER ||--o{ ITEM : has\n  ORDER {\n    uuid id\n  }\n```\n",
        &["mermaid: ORDER, ITEM"],
    );
    check(
        "```mermaid\nstateDiagram-v2\n  [*] --> Queued\n  Queued --> Done: run\n```\n",
        &["mermaid: Queued, Done"],
    );
}

#[test]
fn boxes_are_named_by_their_first_words() {
    check(
        "```\n┌────────┐    ┌──────────┐\n│ Client │───▶│  Service │\n│ (web)  │    └──────────┘\n\
         └────────┘\n```\n",
        &["boxes: Client, Service"],
    );
    check(
        "```\n+-------+   +----+\n|  API  |-->| DB |\n+-------+   +----+\n```\n",
        &["boxes: API, DB"],
    );
}

#[test]
fn trees_name_files_without_remarks() {
    check(
        "```text\nsrc/\n├── api/  # routes\n│   └── orders.rs (new)\n└── main.rs\n```\n",
        &["tree: api/, orders.rs, main.rs"],
    );
}

#[test]
fn arrows_between_names_are_a_diagram() {
    check("```\nClient → API (v1) → [Database]\n```\n", &["arrows: Client, API, Database"]);
    check("```text\nWeb -> Gateway\nGateway -> Orders\n```\n", &["arrows: Web, Gateway, Orders"]);
    check(
        "```\nClient\n  ↓\nOrder API\n  ↓\nDatabase\n```\n",
        &["arrows: Client, Order API, Database"],
    );
    check("# A\n\nClient → API → Database\n", &["arrows: Client, API, Database"]);
}

#[test]
fn arrows_in_sentences_and_versions_are_no_diagram() {
    check("# A\n\nThe client asks → the API answers → all is well and everybody is glad.\n", &[]);
    check("```\n1.2.3 -> ^1.2.3 -> >=1.2.3\n```\n", &[]);
    check("```\nmove staging -> final\n```\n", &[]);
}

#[test]
fn code_is_no_diagram() {
    check("```rust\nlet a = 1; // +--+\n```\n\n```\nplain words - and a | b\n```\n", &[]);
}
