//! Bodies against a resource.

use crate::store::Cell;
use groundplan_model::document::Method;
use groundplan_model::service::{Binding, Key, Parent, Refusal};

use super::{BodyRule, Sent};
use crate::fixture::{route, shelves_and_books};
use crate::place::{Place, Target};
use crate::refused::Refused;

/// Checks a body of the caller `ann` for a book on the shelf `s1`, known as `b1` where it has a
/// key in the path.
fn check(whole: bool, keyed: bool, body: &str) -> Result<Sent, Refused> {
    let plan = shelves_and_books();
    let mut route = route(Method::Put, "/shelves/{shelf_id}/books/{isbn}");
    let key = |parameter: &str| Key { parameter: parameter.to_owned(), column: 0 };
    let parent = Parent { resource: 0, key: key("shelf_id"), foreign_key: 1, through: None };
    let own = keyed.then(|| key("isbn"));
    route.binding = Some(Binding { resource: 1, key: own, parent: Some(parent), value: None });
    let place = Place::new(&plan, &route, None).expect("a place");
    let text = |it: &str| Cell::Text(it.to_owned());
    let target = Target::of(text("b1"), text("s1"));
    BodyRule::new(&plan.resources[1], &place, whole).check(body.as_bytes(), "ann", &target)
}

fn faults(body: &str) -> Vec<String> {
    let refused = check(true, false, body).expect_err("faults");
    assert_eq!(refused.refusal, Refusal::InvalidField);
    refused.faults.into_iter().map(|fault| format!("{}: {}", fault.field, fault.message)).collect()
}

#[test]
fn a_body_that_fits_gives_a_value_for_each_column() {
    let sent = check(true, false, r#"{"pages": 7, "isbn": "x"}"#).expect("no faults");
    let isbn = Cell::Text("x".to_owned());
    assert_eq!(sent, [Some(isbn), None, Some(Cell::Integer(7))]);
}

#[test]
fn every_fault_is_named_at_once() {
    let expected = [
        "isbn: is required",
        "shelf_id: must repeat the path's value",
        "pages: must be a whole number",
        "colour: is not a member of this request",
    ];
    assert_eq!(faults(r#"{"pages": "x", "colour": 1, "shelf_id": "s2"}"#), expected);
}

#[test]
fn of_a_member_that_stands_twice_the_last_one_counts() {
    let sent = check(false, false, r#"{"pages": "x", "pages": 8}"#).expect("no faults");
    assert_eq!(sent[2], Some(Cell::Integer(8)));
}

#[test]
fn what_the_path_says_may_be_repeated_and_is_not_stored_twice() {
    let sent = check(true, true, r#"{"isbn": "b1", "shelf_id": "s1"}"#).expect("no faults");
    assert_eq!(sent, [None, None, None]);
    assert!(check(true, true, r#"{"isbn": "b2"}"#).is_err());
}

#[test]
fn a_change_of_some_members_requires_none() {
    assert_eq!(check(false, true, "{}").expect("no faults"), [None, None, None]);
}

#[test]
fn the_owner_may_be_said_only_as_it_is() {
    let plan = shelves_and_books();
    let mut route = route(Method::Post, "/shelves");
    route.binding = Some(Binding { resource: 0, key: None, parent: None, value: None });
    let place = Place::new(&plan, &route, None).expect("a place");
    let rule = BodyRule::new(&plan.resources[0], &place, true);
    let target = Target::of(Cell::Null, Cell::Null);
    let check = |owner: &str| {
        let body = format!(r#"{{"name": "n", "owner_id": "{owner}"}}"#);
        rule.check(body.as_bytes(), "ann", &target)
    };
    assert!(check("ann").is_ok());
    assert!(check("bob").is_err());
}

#[test]
fn a_body_of_very_many_faults_gets_a_short_answer() {
    let members: Vec<String> = (0..10_000).map(|number| format!("\"{number:_<200}\": 1")).collect();
    let faults = faults(&format!("{{{}}}", members.join(",")));
    assert_eq!(faults.len(), 32);
    assert!(faults.iter().all(|fault| fault.len() < 120));
}

#[test]
fn what_is_no_json_object_is_malformed() {
    let deep = format!("{{\"isbn\": {}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let lone = r#"{"isbn": "\ud800"}"#;
    let bodies =
        ["", "null", "[]", "7", "\"x\"", "{", "{}{}", "{'a': 1}", "{\"a\": 1,}", lone, &deep];
    for body in bodies {
        let refused = check(true, false, body).expect_err("malformed");
        assert_eq!(refused.refusal, Refusal::MalformedBody, "{}", refused.message);
    }
}
