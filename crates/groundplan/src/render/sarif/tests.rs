//! What code-scanning pages are told of rules.

use serde_json::Value;

use super::{driver, help_uri};

#[test]
fn every_rule_has_a_page_in_both_forms() {
    let driver = driver();
    let rules = driver["rules"].as_array().expect("rules");
    let text = |rule: &Value, form: &str| rule["help"][form].as_str().unwrap_or("").to_owned();
    for rule in rules {
        let id = rule["id"].as_str().expect("an id");
        assert!(text(rule, "markdown").starts_with(&format!("# {id}\n")), "{id}");
        assert!(text(rule, "text").contains(id), "{id}");
        assert_ne!(text(rule, "text"), text(rule, "markdown"), "{id}");
    }
    assert!(rules.iter().any(|it| it["id"] == "drift/method-differs"));
}

#[test]
fn an_address_is_told_where_the_repository_is_known() {
    let uri = |name| help_uri("https://git.example/groundplan/", name).expect("an address");
    let version = env!("CARGO_PKG_VERSION");
    let docs = format!("https://git.example/groundplan/blob/v{version}/docs");
    assert_eq!(uri("broken-link"), format!("{docs}/rules.md#broken-link"));
    assert_eq!(uri("drift/path-differs"), format!("{docs}/cli.md#groundplan-drift"));
    assert_eq!(help_uri("", "broken-link"), None);
}
