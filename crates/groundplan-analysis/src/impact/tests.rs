//! What rests on facts of small workspaces.

use groundplan_model::code::read_code;
use groundplan_model::{FileSet, Linked, Outline, lower};
use groundplan_syntax::{Source, parse};

use super::{Subject, impact, of_differences, of_name, of_section};
use crate::difference::changes;

struct Disk;

impl FileSet for Disk {
    fn exists(&self, _: &str) -> bool {
        true
    }
}

const PRD: &str = "# Orders: Requirements\n\n## Requirements\n\n- **FR-001**: Orders are listed.\n";

const DESIGN: &str = "# Orders: Technical Design\n\n## API\n\nFor FR-001.\n\n\
    | Method | Path |\n|---|---|\n| GET | /orders |\n\n## Data Model\n\n```sql\n\
    CREATE TABLE orders (id UUID PRIMARY KEY, total INT);\n```\n\n## Queries\n\n```sql\n\
    SELECT total FROM orders;\n```\n\n## Configuration\n\n| Variable | Default |\n|---|---|\n\
    | `ORDERS_LIMIT` | 10 |\n";

const TASKS: &str = "# Orders: Tasks\n\n## Tasks\n\n- [ ] 1.1 Build GET /orders for FR-001\n\
    - [ ] 1.2 Write the page of POST /orders\n- [x] 1.3 Migrate table orders\n\n\
    See [the API](001_TDD-orders.md#api).\n";

const APP: &str = "import os\nfrom fastapi import FastAPI\napp = FastAPI()\n\
    LIMIT = os.environ[\"ORDERS_LIMIT\"]\n\n@app.get(\"/orders\")\ndef list_orders():\n    pass\n";

const TESTS: &str = "# [test FR-001]\ndef test_orders_are_listed():\n    pass\n";

fn outline(path: &str, text: &str) -> Outline {
    let source = Source::new(path, text);
    Outline::of(&lower(&source, &parse(&source)))
}

fn outlines() -> Vec<Outline> {
    let files =
        [("001_PRD-orders.md", PRD), ("001_TDD-orders.md", DESIGN), ("001_TASKS-orders.md", TASKS)];
    files.map(|(path, text)| outline(path, text)).into()
}

/// "document 001_PRD-orders.md: cites FR-001", the nearest first.
fn told(subjects: Vec<Subject>) -> Vec<String> {
    let linked = Linked::new(outlines(), &Disk);
    let files = [("app/main.py", APP), ("tests/test_orders.py", TESTS)];
    let code: Vec<_> = files.iter().filter_map(|it| read_code(it.0, it.1)).collect();
    let found = impact(subjects, &linked, &code);
    let lines = found.iter().flat_map(|it| &it.touched);
    lines.map(|it| format!("{} {}: {}", it.kind.as_str(), it.path, it.reason)).collect()
}

#[track_caller]
fn has(told: &[String], expected: &[&str]) {
    for line in expected {
        assert!(told.iter().any(|it| it == line), "no `{line}` in {told:#?}");
    }
}

#[test]
fn a_requirement_touches_who_cites_covers_and_proves_it() {
    let told = told(of_name(&outlines(), "fr-001"));
    has(
        &told,
        &[
            "document 001_TDD-orders.md: cites FR-001",
            "task 001_TASKS-orders.md: task 1.1 names it and is open",
            "test tests/test_orders.py: carries its tag on test_orders_are_listed",
        ],
    );
    assert!(!told.iter().any(|it| it.contains("1.2")), "{told:#?}");
}

#[test]
fn an_endpoint_touches_its_route_and_the_task_of_its_method() {
    let told = told(of_name(&outlines(), "GET /orders"));
    has(
        &told,
        &[
            "code app/main.py: answers the endpoint: list_orders",
            "task 001_TASKS-orders.md: task 1.1 names it and is open",
        ],
    );
    assert!(!told.iter().any(|it| it.contains("task 1.2")), "{told:#?}");
}

#[test]
fn a_section_touches_what_links_to_it_and_what_its_facts_touch() {
    let all = outlines();
    let design = all.iter().find(|it| it.path.contains("TDD")).unwrap();
    let told = told(of_section(design, Some("API")).unwrap());
    has(
        &told,
        &[
            "document 001_TASKS-orders.md: links to this section",
            "code app/main.py: answers the endpoint: list_orders",
        ],
    );
    assert!(!told.iter().any(|it| it.contains("Migrate")), "{told:#?}");
    assert!(of_section(design, Some("nowhere")).is_none());
}

#[test]
fn what_differs_touches_what_rests_on_it() {
    let document = |text: &str| {
        let source = Source::new("001_TDD-orders.md", text);
        lower(&source, &parse(&source))
    };
    let before = [document(DESIGN)];
    let after = [document(
        &DESIGN.replace("total INT", "sum INT").replace("`ORDERS_LIMIT`", "`ORDERS_MOST`"),
    )];
    let told = told(of_differences(&changes(&before, &after)));
    has(
        &told,
        &[
            "document 001_TDD-orders.md: names the table of the column in: query",
            "code app/main.py: reads or sets it",
        ],
    );
    assert!(!told.iter().any(|it| it.contains("answers")), "{told:#?}");
}

#[test]
fn the_nearest_comes_first() {
    let linked = Linked::new(outlines(), &Disk);
    let found = impact(of_name(&outlines(), "orders"), &linked, &[]);
    let distances: Vec<u8> = found[0].touched.iter().map(|it| it.distance).collect();
    assert!(distances.len() > 1 && distances.is_sorted(), "{distances:?}");
}
