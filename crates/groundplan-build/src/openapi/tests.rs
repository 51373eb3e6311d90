//! What the description says of documents, and that it says no more than the service does.

mod columns;
mod decimals;
mod headers;

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::openapi;
use crate::fixture;

fn at<'a>(document: &'a Value, pointer: &str) -> &'a Value {
    document.pointer(pointer).unwrap_or_else(|| panic!("nothing at {pointer}"))
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

/// Every operation.
fn operations(document: &Value) -> Vec<&Value> {
    let paths = at(document, "/paths").as_object().expect("paths");
    paths.values().flat_map(|item| item.as_object().expect("a path item").values()).collect()
}

/// Every `$ref` below `value`.
fn references(value: &Value) -> Vec<&str> {
    match value {
        Value::Object(members) => {
            let own = members.get("$ref").and_then(Value::as_str);
            own.into_iter().chain(members.values().flat_map(references)).collect()
        }
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn keys_stand_in_a_fixed_order() {
    let document = openapi(&fixture::example());
    let expected = ["openapi", "info", "servers", "security", "tags", "paths", "components"];
    assert_eq!(keys(&document), expected);
    assert_eq!(document.to_string(), openapi(&fixture::example()).to_string());
}

#[test]
fn paths_and_operation_ids_are_those_of_the_document() {
    let document = openapi(&fixture::example());
    let ids: Vec<&str> =
        operations(&document).iter().map(|it| at(it, "/operationId").as_str().unwrap()).collect();
    let expected = [
        "listDatasets",
        "createDataset",
        "getDataset",
        "updateDataset",
        "deleteDataset",
        "listExports",
        "createExport",
        "getExport",
        "updateExport",
        "deleteExport",
        "startExport",
        "completeExport",
        "failExport",
        "cancelExport",
        "listExportFilters",
        "createExportFilter",
        "deleteExportFilter",
        "getExportDownload",
        "putExportDownload",
    ];
    assert_eq!(ids, expected);
    assert!(document.pointer("/paths/~1api~1v1~1exports~1{export_id}~1cancel/post").is_some());
}

#[test]
fn operation_ids_are_unique_where_names_collide() {
    let plan = fixture::plan(
        "# Odd\n\n## API\n\n| Method | Endpoint | Purpose |\n|---|---|---|\n\
         | POST | /a-b/refund | one |\n| POST | /a/b/refund | two |\n",
    );
    let document = openapi(&plan);
    let operations = operations(&document);
    let ids: BTreeSet<&str> =
        operations.iter().map(|it| at(it, "/operationId").as_str().unwrap()).collect();
    assert_eq!(ids.len(), 2);
}

#[test]
fn every_reference_leads_somewhere() {
    let document = openapi(&fixture::example());
    let references = references(&document);
    assert!(!references.is_empty());
    for reference in references {
        let pointer = reference.strip_prefix('#').expect("a local reference");
        assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
    }
}

#[test]
fn every_refusal_of_a_route_is_declared() {
    let plan = fixture::example();
    let document = openapi(&plan);
    for route in &plan.routes {
        let path = route.path_text().replace('/', "~1");
        let method = route.method.as_str().to_ascii_lowercase();
        let responses = at(&document, &format!("/paths/{path}/{method}/responses"));
        for refusal in plan.refusals(route) {
            let status = plan.refusal_status(route, refusal).to_string();
            assert!(responses.get(&status).is_some(), "{method} {path} lacks {status}");
        }
        assert!(responses.get(route.success.to_string()).is_some());
    }
}

#[test]
fn bodies_take_writable_members_only_and_no_others() {
    let document = openapi(&fixture::example());
    let create = at(&document, "/components/schemas/ExportCreate");
    assert_eq!(
        keys(&create["properties"]),
        ["dataset_id", "label", "format", "compress", "row_limit"]
    );
    assert_eq!(create["required"], json!(["dataset_id", "format"]));
    assert_eq!(create["additionalProperties"], json!(false));
    assert_eq!(create["properties"]["compress"]["default"], json!(false));
}

#[test]
fn a_merge_patch_requires_nothing_and_empties_nullable_members() {
    let document = openapi(&fixture::example());
    let update = at(&document, "/components/schemas/ExportUpdate");
    assert_eq!(update.get("required"), None);
    assert_eq!(update["properties"]["label"]["type"], json!(["string", "null"]));
    assert_eq!(update["properties"]["format"]["type"], json!("string"));
    let patch = at(&document, "/paths/~1api~1v1~1exports~1{export_id}/patch/requestBody/content");
    assert_eq!(keys(patch), ["application/json", "application/merge-patch+json"]);
}

#[test]
fn schemas_of_bodies_that_no_route_takes_are_left_out() {
    let document = openapi(&fixture::example());
    let schemas = at(&document, "/components/schemas");
    assert!(schemas.get("ExportFilterCreate").is_some());
    assert!(schemas.get("ExportFilterUpdate").is_none());
}

#[test]
fn rows_show_every_member_and_mark_those_that_only_the_service_writes() {
    let document = openapi(&fixture::example());
    let row = at(&document, "/components/schemas/Export");
    assert_eq!(row["required"].as_array().unwrap().len(), 10);
    assert_eq!(row["properties"]["status"]["readOnly"], json!(true));
    assert_eq!(row["properties"]["label"].get("readOnly"), None);
}

#[test]
fn secrets_are_taken_and_never_given() {
    let plan = fixture::plan_of_sql(
        "CREATE TABLE items (id UUID PRIMARY KEY, name TEXT NOT NULL, password TEXT NOT NULL);",
    );
    let document = openapi(&plan);
    assert!(at(&document, "/components/schemas/Item/properties").get("password").is_none());
    let taken = at(&document, "/components/schemas/ItemCreate/properties/password");
    assert_eq!(taken["writeOnly"], json!(true));
    let list = at(&document, "/paths/~1api~1v1~1items/get/parameters").as_array().unwrap();
    assert!(list.iter().all(|it| it["name"] != "password"));
}

#[test]
fn lists_have_limit_cursor_and_one_filter_a_column() {
    let document = openapi(&fixture::example());
    let parameters = at(&document, "/paths/~1api~1v1~1datasets/get/parameters");
    let names: Vec<&str> =
        parameters.as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap()).collect();
    let columns =
        ["id", "owner_id", "name", "description", "row_count", "created_at", "updated_at"];
    assert_eq!(names[..2], ["limit", "cursor"]);
    assert_eq!(names[2..], columns);
    let limit = at(parameters, "/0/schema");
    assert_eq!(*limit, json!({ "type": "integer", "minimum": 1, "maximum": 100, "default": 20 }));
}

#[test]
fn path_parameters_have_the_type_of_their_key() {
    let document = openapi(&fixture::example());
    let path = "/paths/~1api~1v1~1exports~1{export_id}~1filters~1{filter_id}/delete/parameters";
    for parameter in at(&document, path).as_array().unwrap() {
        assert_eq!(parameter["schema"], json!({ "type": "string", "format": "uuid" }));
        assert_eq!(parameter["required"], json!(true));
    }
}

#[test]
fn a_create_links_to_what_can_be_done_with_the_new_row() {
    let document = openapi(&fixture::example());
    let create = at(&document, "/paths/~1api~1v1~1exports~1{export_id}~1filters/post");
    assert_eq!(create["responses"]["201"]["headers"]["Location"]["required"], json!(true));
    let link = &create["responses"]["201"]["links"]["deleteExportFilter"];
    assert_eq!(link["parameters"]["export_id"], json!("$request.path.export_id"));
    assert_eq!(link["parameters"]["filter_id"], json!("$response.body#/id"));
}

#[test]
fn error_bodies_have_the_documents_own_form() {
    let document = openapi(&fixture::example());
    let error = at(&document, "/components/schemas/Error");
    assert_eq!(error["required"], json!(["error"]));
    assert_eq!(error["properties"]["error"]["required"], json!(["code", "message"]));
    let refused = at(&document, "/paths/~1api~1v1~1datasets/post/responses/409");
    assert!(refused["description"].as_str().unwrap().contains("already has a dataset"));
    assert_eq!(keys(&refused["content"]), ["application/json"]);
}

#[test]
fn without_a_documented_form_errors_are_problem_details() {
    let plan =
        fixture::plan_of_sql("CREATE TABLE items (id UUID PRIMARY KEY, name TEXT NOT NULL);");
    let document = openapi(&plan);
    let refused = at(&document, "/paths/~1api~1v1~1items/post/responses/422/content");
    assert_eq!(keys(refused), ["application/problem+json"]);
    assert_eq!(document.get("security"), None);
}

#[test]
fn an_endpoint_that_cannot_be_derived_is_marked_and_answers_501() {
    let plan = fixture::plan(
        "# Odd\n\n## API\n\n| Method | Endpoint | Purpose |\n|---|---|---|\n\
         | POST | /weather/forecast | Guess |\n",
    );
    let document = openapi(&plan);
    let operation = at(&document, "/paths/~1weather~1forecast/post");
    assert_eq!(operation["x-handler"], json!("stub"));
    assert_eq!(operation["x-source"], json!("docs/design.md:7"));
    assert_eq!(keys(&operation["responses"])[0], "501");
    assert!(operation["responses"].get("200").is_none());
}
