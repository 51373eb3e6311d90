//! Documents derived from documents: how much of a hand-written one is reproduced, and that what is
//! derived can be read again.

mod items;

use groundplan_analysis::derive::{Derived, Options, tid};
use groundplan_analysis::{Selection, check_workspace};
use groundplan_model::{Document, FileSet, Workspace, lower};
use groundplan_syntax::{Source, parse};
use groundplan_tests::{files, read, root};
use items::{Item, of_document};

const DESIGN: &str = "examples/data-export/docs/001_TDD-data-export.md";
const WRITTEN: &str = "examples/data-export/docs/001_TID-data-export.md";
const PLACE: &str = "examples/data-export/docs/001_TID-derived.md";

/// What the derived document does not have of the hand-written one, by kind.
const MISSING: &str = "tests/derive/missing.txt";

/// Every file is there: links are judged elsewhere.
struct Everything;

impl FileSet for Everything {
    fn exists(&self, _: &str) -> bool {
        true
    }
}

fn document(path: &str, text: &str) -> Document {
    let source = Source::new(path, text);
    lower(&source, &parse(&source))
}

/// The implementation document of a design that stands alone with `others`.
fn derived(path: &str, text: &str, others: &[&str], place: &str) -> Derived {
    let mut documents = vec![document(path, text)];
    documents.extend(others.iter().map(|it| document(it, &read(it))));
    let workspace = Workspace::new(documents, &Everything);
    let design = workspace.document(path).expect("the design is in the workspace");
    tid(&workspace, design, &Options { path: place, date: "2026-11-21", author: Some("the team") })
}

fn example() -> Derived {
    let record = "examples/data-export/docs/adr/0001-store-export-jobs-in-one-table.md";
    let prd = "examples/data-export/docs/001_PRD-data-export.md";
    derived(DESIGN, &read(DESIGN), &[record, prd], PLACE)
}

#[test]
fn most_items_of_the_hand_written_document_are_derived_and_the_rest_is_listed() {
    let text = example().text;
    let items = of_document(&read(WRITTEN));
    let (found, missing): (Vec<&Item>, Vec<&Item>) = items.iter().partition(|it| it.is_in(&text));
    let mut lines: Vec<String> =
        items::KINDS.iter().map(|kind| share(&items, &found, kind)).collect();
    lines.extend(missing.iter().map(|it| format!("missing {}: {}", it.kind, it.name)));
    let list = lines.join("\n") + "\n";
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(root().join(MISSING), &list).expect("the list can be written");
    }
    assert_eq!(list, read(MISSING), "UPDATE=1 writes the list anew");
    assert!(items.len() > 120, "{} items", items.len());
    assert!(found.len() * 100 >= items.len() * 80, "{} of {}\n{list}", found.len(), items.len());
}

fn share(items: &[Item], found: &[&Item], kind: &str) -> String {
    let all = items.iter().filter(|it| it.kind == kind).count();
    let own = found.iter().filter(|it| it.kind == kind).count();
    format!("{kind}: {own} of {all}")
}

#[test]
fn every_link_of_the_derived_document_leads_to_a_section_of_the_design() {
    let derived = document(PLACE, &example().text);
    let design = document(DESIGN, &read(DESIGN));
    let mut cited = 0;
    for link in &derived.links {
        let Some((path, anchor)) = link.target.split_once('#') else { continue };
        assert_eq!(path, "001_TDD-data-export.md");
        assert!(design.sections.iter().any(|it| it.anchor == anchor), "{}", link.target);
        cited += 1;
    }
    assert!(cited > 100, "{cited} citations");
}

#[test]
fn sources_name_the_sections_that_are_cited() {
    let derived = example();
    let [source] = derived.sources.as_slice() else { panic!("one source") };
    assert_eq!(source.path, "001_TDD-data-export.md");
    let used = |anchor: &str| {
        let digest = source.sections.iter().find(|it| it.0 == anchor).map(|it| it.1);
        digest.is_some_and(|it| it != groundplan_model::Digest::UNUSED)
    };
    assert!(used("database-schema") && used("error-handling"));
    assert!(!used("change-log") && !used("future-enhancements"));
}

#[test]
fn every_question_is_reported_as_a_placeholder_at_its_line_and_nothing_else_is() {
    let text = example().text;
    let document = document(PLACE, &text);
    let reported: Vec<usize> = document
        .placeholders
        .iter()
        .map(|it| document.source.line(it.text.span.start as usize))
        .collect();
    let asked: Vec<usize> = text
        .lines()
        .enumerate()
        .flat_map(|(at, line)| line.matches("[TBD: ").map(move |_| at + 1))
        .collect();
    assert_eq!(reported, asked);
    assert!(!asked.is_empty());
}

#[test]
fn the_derived_document_has_no_finding_but_its_questions() {
    let derived = document(PLACE, &example().text);
    let documents = vec![derived, document(DESIGN, &read(DESIGN))];
    let workspace = Workspace::new(documents, &Everything);
    let mut findings = check_workspace(&workspace, &Selection::default());
    findings.retain(|it| &*it.path == PLACE);
    let others: Vec<String> = findings
        .iter()
        .filter(|it| it.rule != "placeholder-left")
        .map(|it| format!("{}: {}", it.rule, it.message))
        .collect();
    assert_eq!(others, [""; 0]);
}

#[test]
fn the_same_design_gives_the_same_bytes() {
    assert_eq!(example().text, example().text);
}

#[test]
fn a_question_goes_when_the_design_answers_it() {
    let asked = "# A\n\n## API\n\n| Method | Endpoint | Purpose |\n|---|---|---|\n| GET | /api/items | List items |\n\n\
                 ### Error Handling\n\n| Error Code | Meaning |\n|---|---|\n| 429 | Too many |\n";
    let question = "error row 429 (Too many): which limit, in which time, per user or per key?";
    let text = derived("a.md", asked, &[], "b.md").text;
    assert!(text.contains(question), "{text}");
    let answered =
        format!("{asked}\n## Security\n\n- **Rate Limiting**: 100 requests per minute per user.\n");
    let text = derived("a.md", &answered, &[], "b.md").text;
    assert!(!text.contains(question), "{text}");
    assert!(text.contains("100 requests in 60 s"), "{text}");
}

#[test]
fn a_design_without_a_language_gets_a_neutral_layout_and_a_question() {
    let design = "# Orders Technical Design\n\n## Data Model\n\n```sql\nCREATE TABLE orders (\n  id UUID PRIMARY \
                  KEY,\n  note TEXT\n);\n```\n\n## API\n\n| Method | Endpoint | Purpose |\n|---|---|---|\n\
                  | POST | /api/orders | Create an order |\n";
    let text = derived("design.md", design, &[], "tid.md").text;
    assert!(text.contains("[TBD: which language and which layout"), "{text}");
    assert!(text.contains("order_service\n") || text.contains("order_service "), "{text}");
    assert!(!text.contains(".py") && !text.contains(".ts"), "{text}");
}

#[test]
fn stated_paths_are_the_pattern_of_the_others() {
    let design = "# Shop\n\n## Data Model\n\n```sql\nCREATE TABLE orders (id UUID PRIMARY KEY);\n\
                  CREATE TABLE items (id UUID PRIMARY KEY);\n```\n\n## API\n\n| Method | Endpoint | Purpose |\n\
                  |---|---|---|\n| GET | /orders | List |\n| GET | /items | List |\n\n## Implementation Plan\n\n\
                  - `server/web/routes/orders.route.ts`\n- `server/web/stores/order.store.ts`\n";
    let text = derived("design.md", design, &[], "tid.md").text;
    assert!(text.contains("`server/web/routes/items.route.ts`"), "{text}");
    assert!(text.contains("`server/web/stores/item.store.ts`"), "{text}");
}

#[test]
fn any_document_can_be_derived_from_without_harm() {
    for file in files("tests/cases").into_iter().filter(|it| it.is(".md")) {
        let text = derived(&file.path, file.text(), &[], "derived.md").text;
        let document = document("derived.md", &text);
        assert!(document.sections.len() > 30, "{}", file.path);
        assert_eq!(document.problems, [], "{}", file.path);
    }
}
