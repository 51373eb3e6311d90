//! `drift`: documents beside code, what differs, and what is accepted of it.

use super::program::{Run, groundplan};
use crate::folder::Folder;

const DESIGN: &str = "# Orders\n\n**Status:** Implemented\n\n| Method | Path | Purpose |\n|---|---|---|\n\
    | GET | /api/orders | list |\n| PUT | /api/orders/{id} | change |\n| DELETE | /api/orders/{id} | remove |\n\n\
    ```sql\nCREATE TABLE orders (\n  id UUID PRIMARY KEY,\n  total DECIMAL(12,2) NOT NULL\n);\n```\n";

const MAIN: &str = "from fastapi import FastAPI\nfrom app.orders import router\n\napp = FastAPI()\n\
    app.include_router(router, prefix=\"/api\")\n";

const ROUTER: &str = "from fastapi import APIRouter\n\nrouter = APIRouter(prefix=\"/orders\")\n\n\n\
    @router.get(\"\")\ndef all():\n    pass\n\n\n@router.patch(\"/{order_id}\")\ndef change():\n    pass\n\n\n\
    @router.delete(\"/{order_id}\")\ndef remove():\n    pass\n";

const MODELS: &str = "class Order(Base):\n    __tablename__ = \"orders\"\n    \
    id = Column(String(36), primary_key=True)\n    total = Column(Float, nullable=False)\n";

/// A repository with a design and the FastAPI service that is to be it.
fn shop() -> Folder {
    let folder = Folder::empty();
    folder.write("groundplan.toml", b"");
    folder.write("docs/orders.md", DESIGN.as_bytes());
    folder.write("app/main.py", MAIN.as_bytes());
    folder.write("app/orders.py", ROUTER.as_bytes());
    folder.write("app/models.py", MODELS.as_bytes());
    folder
}

/// Runs `groundplan drift` on a day.
fn drift(folder: &Folder, date: &str, arguments: &[&str]) -> Run {
    let all: Vec<&str> = ["drift", "--date", date].iter().chain(arguments).copied().collect();
    let run = groundplan(folder.path(), &all);
    assert_eq!(run.stderr, "", "{run:?}");
    run
}

const TODAY: &str = "2027-01-26";

#[test]
fn a_fastapi_service_is_compared_in_routes_and_columns() {
    let run = drift(&shop(), TODAY, &["--format", "concise"]);
    let expected = "docs/orders.md:8:9: error[drift/method-differs] `PUT /api/orders/{id}` answers to \
        PATCH in the code\n\
        docs/orders.md:14:3: error[drift/column-type-differs] `orders.total` is DECIMAL(12,2) here \
        and Float in the code\n\
        docs/orders.md (implemented): 2 of 3 endpoints are in the code; 1 of 1 table is in the code\n\n\
        Found 2 errors between 1 document and 3 files of code.\n";
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), expected));
}

#[test]
fn both_places_are_shown_with_their_lines() {
    let run = drift(&shop(), TODAY, &["--only", "routes"]);
    for line in [
        "  --> docs/orders.md:8:9\n",
        "  ::: app/orders.py:11:15\n",
        "11 | @router.patch(\"/{order_id}\")\n",
        "`PATCH /api/orders/{order_id}` here",
    ] {
        assert!(run.stdout.contains(line), "{line}: {}", run.stdout);
    }
    assert!(!run.stdout.contains("orders.total"), "{}", run.stdout);
}

#[test]
fn an_axum_service_under_another_base_path_is_told_once() {
    let folder = Folder::empty();
    folder.write("groundplan.toml", b"");
    folder.write("docs/orders.md", DESIGN.as_bytes());
    let code = "fn app() -> Router {\n    Router::new()\n        .route(\"/orders\", get(all))\n        \
        .route(\"/orders/{id}\", put(change).delete(remove))\n}\n";
    folder.write("src/main.rs", code.as_bytes());
    let run = drift(&folder, TODAY, &["--format", "concise", "--only", "routes"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let told = "info[drift/base-path-differs] 3 endpoints stand without `/api` in the code\n";
    assert_eq!(run.stdout.matches("drift/").count(), 1, "{}", run.stdout);
    assert!(run.stdout.contains(told), "{}", run.stdout);
    assert!(run.stdout.contains("3 of 3 endpoints are in the code\n"), "{}", run.stdout);
}

#[test]
fn an_openapi_file_that_says_patch_contradicts_the_document() {
    let folder = Folder::empty();
    folder.write("groundplan.toml", b"");
    folder.write("docs/orders.md", DESIGN.as_bytes());
    let contract = "openapi: 3.0.0\nservers:\n  - url: https://shop.example/api\npaths:\n  /orders:\n    \
        get:\n      responses: {'200': {description: all}}\n  /orders/{id}:\n    patch:\n      \
        responses: {'200': {description: one}}\n    delete:\n      responses: {'204': {description: gone}}\n";
    folder.write("api/openapi.yaml", contract.as_bytes());
    let run = drift(&folder, TODAY, &["--format", "json", "--only", "openapi"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    let value: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let findings = value["findings"].as_array().expect("findings");
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!(findings[0]["rule"], "drift/contract-method-differs");
    assert_eq!(findings[0]["related"][0]["path"], "api/openapi.yaml");
    assert_eq!(findings[0]["related"][0]["line"], 9);
    let compared = &value["documents"][0]["compared"][0];
    assert_eq!((compared["stated"].as_u64(), compared["found"].as_u64()), (Some(3), Some(2)));
}

#[test]
fn accepted_drift_is_silent_until_its_day_and_is_pruned_when_it_is_gone() {
    let folder = shop();
    let why = ["--accept", "--reason", "with v2", "--author", "Ann", "--until", "2027-02-28"];
    let run = drift(&folder, TODAY, &why);
    assert_eq!(run.stdout, "Accepted 2 differences in .groundplan/drift.toml.\n", "{run:?}");
    let file = std::fs::read_to_string(folder.path().join(".groundplan/drift.toml")).expect("it");
    for line in
        ["reason = \"with v2\"", "author = \"Ann\"", "date = 2027-01-26", "until = 2027-02-28"]
    {
        assert!(file.contains(line), "{line}: {file}");
    }
    let silent = drift(&folder, "2027-02-28", &[]);
    assert_eq!(silent.code, Some(0), "{silent:?}");
    assert!(silent.stdout.contains("2 findings of the accepted drift are left out"), "{silent:?}");
    let over = drift(&folder, "2027-03-01", &[]);
    assert_eq!(over.code, Some(1), "{over:?}");
    assert!(over.stdout.contains("`drift.toml` accepted this until 2027-02-28"), "{over:?}");
    folder.write("app/orders.py", ROUTER.replace("patch", "put").as_bytes());
    let pruned = drift(&folder, TODAY, &["--prune"]);
    assert_eq!(pruned.stdout, "Took 1 difference out of .groundplan/drift.toml.\n", "{pruned:?}");
}

#[test]
fn a_draft_only_plans() {
    let folder = shop();
    folder.write("docs/orders.md", DESIGN.replace("Implemented", "Draft").as_bytes());
    folder.write("app/orders.py", ROUTER.replace("patch", "get").as_bytes());
    let run = drift(&folder, TODAY, &["--only", "routes", "--format", "concise"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(
        run.stdout.contains("`PUT /api/orders/{id}` is planned and not in the code yet"),
        "{run:?}"
    );
}

#[test]
fn one_document_is_asked_about_and_the_others_still_count() {
    let folder = shop();
    let other = "# Export\n\n**Status:** Implemented\n\n* `GET /api/orders/export` gives a file\n";
    folder.write("docs/export.md", other.as_bytes());
    let code = format!("{ROUTER}\n\n@router.get(\"/export\")\ndef export():\n    pass\n");
    folder.write("app/orders.py", code.as_bytes());
    let run = drift(&folder, TODAY, &["docs/orders.md", "--only", "routes", "--format", "concise"]);
    assert!(!run.stdout.contains("export"), "{}", run.stdout);
}

#[test]
fn a_folder_of_code_that_is_not_there_is_an_error() {
    let run = groundplan(shop().path(), &["drift", "--code", "service"]);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.stderr.contains("there is no folder `service`"), "{run:?}");
}

#[test]
fn the_code_is_read_where_the_configuration_says_that_it_lies() {
    let folder = shop();
    folder.write("plans/groundplan.toml", b"root = true\n\n[code]\nroot = \"../app\"\n");
    folder.write("plans/orders.md", DESIGN.as_bytes());
    let run = drift(&folder, TODAY, &["plans", "--only", "routes", "--format", "concise"]);
    assert!(run.stdout.starts_with("plans/orders.md:8:9: error[drift/method-differs]"), "{run:?}");
    folder.write("plans/groundplan.toml", b"root = true\n\n[code]\nroot = \"../away\"\n");
    let run = groundplan(folder.path(), &["drift", "plans"]);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.stderr.contains("`root` under `[code]` names"), "{run:?}");
}

#[test]
fn comments_in_a_document_suppress_drift_and_check_knows_their_names() {
    let folder = shop();
    let comment = "<!-- groundplan-disable-file drift/method-differs -- the gateway does it -->";
    folder.write("docs/orders.md", format!("{DESIGN}\n{comment}\n").as_bytes());
    let run = drift(&folder, TODAY, &["--format", "concise", "--only", "routes"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.stdout.ends_with("1 finding is suppressed by a comment.\n"), "{run:?}");
    let comments = ["check", "-q", "--output-format", "concise", "--select", "suppressions"];
    let run = groundplan(folder.path(), &comments);
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""), "{run:?}");
    let wrong = comment.replace("method-differs", "method-differ");
    folder.write("docs/orders.md", format!("{DESIGN}\n{wrong}\n").as_bytes());
    let run = groundplan(folder.path(), &comments);
    assert!(run.stdout.contains("`drift/method-differ` is neither"), "{run:?}");
}

#[test]
fn a_name_of_drift_is_explained() {
    let folder = Folder::empty();
    let run = groundplan(folder.path(), &["explain", "drift/column-type-differs"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.stdout.contains("a column has another type in the code"), "{run:?}");
    let run = groundplan(folder.path(), &["explain", "drift/column-type-differ"]);
    assert!(run.stderr.contains("did you mean `drift/column-type-differs`?"), "{run:?}");
}
