//! The page: whole, closed, escaped, and true to its template.

use std::collections::BTreeSet;

use serde_json::json;

use super::{TEMPLATE, api_page, template, values};
use crate::{fixture, openapi};

#[test]
fn every_placeholder_is_known_and_every_value_is_used() {
    let mut used = BTreeSet::new();
    let mut rest = TEMPLATE;
    while let Some((_, name, after)) = template::placeholder(rest) {
        used.insert(name);
        rest = after;
    }
    let values = values(&openapi(&fixture::example()));
    let known: BTreeSet<&str> = values.iter().map(|(name, _)| *name).collect();
    assert_eq!(used, known);
}

#[test]
fn a_value_is_never_read_as_a_placeholder() {
    let values = [("a", "{{b}}".to_owned()), ("b", "secret".to_owned())];
    assert_eq!(template::fill("1 {{a}} 2 {{b}} {{", &values), "1 {{b}} 2 secret {{");
}

#[test]
fn the_page_shows_every_operation_with_its_body_and_answers() {
    let page = api_page(&openapi(&fixture::example()));
    assert_eq!(page.matches("<details class=\"operation\"").count(), 19);
    assert_eq!(page.matches("<form class=\"try\"").count(), 19);
    assert!(page.contains("id=\"operation-cancelExport\""));
    assert!(page.contains("href=\"#schema-ExportCreate\""));
    assert!(page.contains("id=\"schema-ExportCreate\""));
    assert!(page.contains("<code>error.details[].field</code>"));
}

#[test]
fn links_inside_the_page_lead_somewhere() {
    let page = api_page(&openapi(&fixture::example()));
    let targets = page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next());
    for target in targets {
        assert!(page.contains(&format!("id=\"{target}\"")), "#{target} leads nowhere");
    }
}

#[test]
fn the_page_loads_nothing() {
    let page = api_page(&openapi(&fixture::example()));
    for needle in ["src=", "<link", "@import", "url(", "import("] {
        assert!(!page.contains(needle), "{needle}");
    }
    for address in page.split("href=\"").skip(1) {
        assert!(address.starts_with('#') || address.starts_with("openapi.json\""));
    }
}

#[test]
fn tags_are_closed_in_the_order_in_which_they_open() {
    let page = api_page(&openapi(&fixture::example()));
    let (body, _) = page.split_once("<script>").expect("a script");
    let mut open: Vec<&str> = Vec::new();
    for tag in body.split('<').skip(1) {
        let name = tag.split([' ', '>', '\n']).next().unwrap_or("");
        match name.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name), "</{name}>"),
            None if is_void(name) => {}
            None => open.push(name),
        }
    }
    assert_eq!(open, ["html", "body"]);
}

fn is_void(name: &str) -> bool {
    matches!(name, "!doctype" | "meta" | "input" | "br" | "wbr")
}

#[test]
fn text_of_the_document_cannot_become_markup() {
    let nasty = "</script><script>alert(1)</script>\"'&";
    let document = json!({
        "info": { "title": nasty, "version": nasty },
        "paths": { nasty: { "get": {
            "operationId": nasty, "summary": nasty, "tags": [nasty], "x-source": nasty,
            "parameters": [{ "name": nasty, "in": "query", "schema": { "enum": [nasty], "default": nasty } }],
            "requestBody": { "content": { nasty: { "example": nasty } } },
            "responses": { "200": { "description": nasty, "headers": { nasty: {} } } },
        } } },
        "components": { "schemas": { nasty: { "properties": { nasty: { "description": nasty } } } } },
    });
    let page = api_page(&document);
    assert!(!page.contains("alert(1)</script>"));
    assert_eq!(page.matches("<script>").count(), 1);
    assert!(page.contains("&lt;script&gt;alert(1)"));
}

#[test]
fn a_description_that_is_no_description_gives_an_empty_page() {
    for odd in [json!(null), json!([]), json!({ "paths": 1, "components": { "schemas": [] } })] {
        assert!(api_page(&odd).contains("<main"));
    }
}

#[test]
fn the_token_field_is_there_only_where_the_service_asks_for_one() {
    let open = fixture::plan_of_sql("CREATE TABLE items (id UUID PRIMARY KEY, name TEXT);");
    assert!(!api_page(&openapi(&open)).contains("<input id=\"token\""));
    assert!(api_page(&openapi(&fixture::example())).contains("<input id=\"token\""));
}

#[test]
fn an_example_is_made_where_the_document_shows_none() {
    let plan = fixture::plan_of_sql(
        "CREATE TABLE items (id UUID PRIMARY KEY DEFAULT gen_random_uuid(), name VARCHAR(3) NOT NULL,
         size INTEGER NOT NULL CHECK (size >= 5), kind TEXT NOT NULL CHECK (kind IN ('a', 'b')));",
    );
    let page = api_page(&openapi(&plan));
    assert!(
        page.contains("{\n  &quot;name&quot;: &quot;tex&quot;,\n  &quot;size&quot;: 5,"),
        "{page}"
    );
}
