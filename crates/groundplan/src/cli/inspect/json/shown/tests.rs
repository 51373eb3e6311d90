//! What is written is what `serde_json` writes.

use serde_json::Value;

use super::{Layout, Shown};

fn written(shown: Shown<'_>) -> String {
    let mut out = Vec::new();
    shown.write(&mut out, Layout::Lines(0));
    String::from_utf8(out).expect("text")
}

#[test]
fn texts_are_escaped_as_serde_json_does() {
    let odd = (0..0x20).chain([b'"', b'\\', b' ', b'!', 0x7f]).map(char::from);
    for special in odd.chain(['é', '\u{2028}', '字', '🦀']) {
        for (before, after) in (0..20).flat_map(|it| (0..20).map(move |other| (it, other))) {
            let text = format!("{}{special}{}", "a".repeat(before), "z".repeat(after));
            assert_eq!(written(Shown::Text(&text)), Value::from(text.clone()).to_string());
        }
    }
}

#[test]
fn numbers_are_written_in_full() {
    for number in [0, 9, 10, 99, 100, 65_535, u64::MAX] {
        assert_eq!(written(Shown::Whole(number)), number.to_string());
    }
}

#[test]
fn members_are_indented_as_serde_json_does_at_any_depth() {
    let mut shown = Shown::List(vec![Shown::Object(Vec::new()), Shown::Flag(true)]);
    let mut value = serde_json::json!([{}, true]);
    for _ in 0..30 {
        shown = Shown::Object(vec![("a\"b", shown), ("list", Shown::List(Vec::new()))]);
        value = serde_json::json!({ "a\"b": value, "list": [] });
    }
    let expected = serde_json::to_string_pretty(&value).expect("a value");
    assert_eq!(written(shown), expected);
}

#[test]
fn an_item_of_a_list_stands_on_one_line() {
    let fact =
        |names| Shown::Object(vec![("names", Shown::List(names)), ("mark", Shown::from(&'x'))]);
    let facts = vec![fact(vec![Shown::Text("a"), Shown::Text("b")]), fact(Vec::new())];
    let expected = r#"{
  "facts": [
    {"names": ["a", "b"], "mark": "x"},
    {"names": [], "mark": "x"}
  ]
}"#;
    assert_eq!(written(Shown::Object(vec![("facts", Shown::List(facts))])), expected);
}
