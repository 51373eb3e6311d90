//! What `Prefer` asks for.

use http::{HeaderMap, HeaderValue};

use super::{Body, Handling, PREFER, Prefer};

fn prefer(values: &[&'static str]) -> Prefer {
    let each = values.iter().map(|it| (PREFER.clone(), HeaderValue::from_static(it)));
    Prefer::of(&each.collect::<HeaderMap>())
}

#[test]
fn preferences_are_read_from_one_header_and_from_several() {
    let expected =
        Prefer { body: Some(Body::Minimal), handling: Some(Handling::Lenient), exact_count: true };
    assert_eq!(prefer(&["return=minimal, handling=lenient; x=1,count=exact"]), expected);
    assert_eq!(prefer(&["Return = \"minimal\"", "handling=lenient", "count=exact"]), expected);
}

#[test]
fn the_first_of_two_counts_and_unknown_ones_are_passed_over() {
    let first = prefer(&["respond-async, return=representation, return=minimal, wait=10"]);
    assert_eq!(first, Prefer { body: Some(Body::Representation), ..Prefer::default() });
    assert_eq!(prefer(&["return=everything", "", ",;="]), Prefer::default());
}
