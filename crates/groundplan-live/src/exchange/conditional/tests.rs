//! Which conditions hold for which row.

use http::header::IF_NONE_MATCH;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::{Conditions, has_already};
use crate::stamp::Stamp;

fn conditions(headers: &[(&'static str, &'static str)]) -> Conditions {
    let each = headers
        .iter()
        .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
    Conditions::of(&each.collect::<HeaderMap>()).expect("there is a condition")
}

/// Version 3, changed on 6 November 1994.
fn row() -> Stamp {
    Stamp::of_version(3).changed_at("1994-11-06T08:49:37.9Z")
}

#[test]
fn most_requests_have_none() {
    assert_eq!(Conditions::of(&HeaderMap::new()), None);
}

#[test]
fn a_change_needs_one_of_the_strong_tags() {
    for holds in ["\"v3\"", "\"v2\", \"v3\"", "*", "\"a,b\", \"v3\"", "\"v3-gzip\""] {
        assert!(conditions(&[("if-match", holds)]).check_change(Some(&row())).is_ok(), "{holds}");
    }
    for fails in ["\"v2\"", "W/\"v3\"", "v3", "", "\"v3"] {
        assert!(conditions(&[("if-match", fails)]).check_change(Some(&row())).is_err(), "{fails}");
    }
    assert!(conditions(&[("if-match", "*")]).check_change(None).is_err(), "there is no row");
}

#[test]
fn a_create_only_request_fails_where_there_is_a_row() {
    let condition = conditions(&[("if-none-match", "*")]);
    assert!(condition.check_change(None).is_ok());
    assert!(condition.check_change(Some(&row())).is_err());
}

#[test]
fn a_client_that_has_the_row_needs_no_body() {
    assert!(conditions(&[("if-none-match", "W/\"v3\"")]).is_known(&row()));
    assert!(!conditions(&[("if-none-match", "\"v2\"")]).is_known(&row()));
    assert!(conditions(&[("if-modified-since", "Sun, 06 Nov 1994 08:49:37 GMT")]).is_known(&row()));
    assert!(
        !conditions(&[("if-modified-since", "Sun, 06 Nov 1994 08:49:36 GMT")]).is_known(&row())
    );
    let both =
        [("if-none-match", "\"v2\""), ("if-modified-since", "Sun, 06 Nov 1994 08:49:37 GMT")];
    assert!(!conditions(&both).is_known(&row()), "tags come before times");
}

#[test]
fn a_file_that_came_in_a_smaller_form_is_still_the_same_file() {
    let has = |tags| {
        has_already(&[(IF_NONE_MATCH, HeaderValue::from_static(tags))].into_iter().collect(), "abc")
    };
    for known in ["\"abc\"", "W/\"abc\"", "\"abc-gzip\"", "\"x\", \"abc-br\"", "*"] {
        assert!(has(known), "{known}");
    }
    for other in ["\"abd\"", "\"abc-zip\"", "abc", ""] {
        assert!(!has(other), "{other}");
    }
    assert!(!has_already(&HeaderMap::new(), "abc"));
}

#[test]
fn a_change_may_ask_that_nothing_happened_since() {
    let since = |date| conditions(&[("if-unmodified-since", date)]).check_change(Some(&row()));
    assert!(since("Sun, 06 Nov 1994 08:49:37 GMT").is_ok());
    assert!(since("Sun, 06 Nov 1994 08:49:36 GMT").is_err());
    assert!(since("whenever").is_ok(), "what is no date is passed over");
}
