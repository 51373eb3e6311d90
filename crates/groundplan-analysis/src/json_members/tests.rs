//! Places and paths of JSON members.

use groundplan_syntax::Span;
use serde_json::{Value, json};

use super::members;

fn paths(text: &str) -> Vec<(String, Value)> {
    let found = members(text, 0).into_iter();
    found.map(|member| (member.path.join("."), member.value)).collect()
}

#[test]
fn members_of_objects_in_arrays_have_the_path_of_their_keys() {
    let text = r#"{"data": [{"id": 1, "tags": ["a", "b"]}, {"id": 2}], "next": null}"#;
    let expected = [
        ("data", json!([])),
        ("data.id", json!(1)),
        ("data.tags", json!([])),
        ("data.id", json!(2)),
        ("next", json!(null)),
    ];
    assert_eq!(paths(text), expected.map(|(path, value)| (path.to_owned(), value)));
}

#[test]
fn quotes_and_braces_inside_strings_are_text() {
    let text = r#"{"a\"b": "}{,\\", "c": true}"#;
    assert_eq!(paths(text), [("a\"b".to_owned(), json!("}{,\\")), ("c".to_owned(), json!(true))]);
}

#[test]
fn a_span_covers_the_key_in_the_document() {
    let found = members("{ \"id\": 1 }", 100);
    assert_eq!(found.first().map(|member| member.span), Some(Span::new(102, 106)));
}

#[test]
fn text_that_is_no_json_ends_the_reading() {
    for text in [
        "",
        "{",
        "]",
        "{\"a\"",
        "{\"a\": }",
        "{\"a\": \"",
        "nonsense",
        "{{{",
        "\"x\"",
        "{\"a\":\"\u{e9}",
    ] {
        assert!(members(text, 0).len() <= 1, "{text}");
    }
}
