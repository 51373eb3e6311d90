//! Tags and dates.

use http::HeaderMap;
use http::header::{ETAG, LAST_MODIFIED};

use super::{Stamp, own_time, read_http_date};

fn described(stamp: Stamp) -> HeaderMap {
    let mut headers = HeaderMap::new();
    stamp.describe(&mut headers);
    headers
}

#[test]
fn a_version_is_a_tag_by_itself() {
    let stamp = Stamp::of_version(7);
    assert_eq!(described(stamp)[ETAG], "\"v7\"");
    assert!(stamp.is("v7") && !stamp.is("7") && !stamp.is("v8"));
}

#[test]
fn rows_that_differ_in_one_byte_have_other_tags_and_a_tag_is_always_the_same() {
    let (one, two) = (Stamp::of_stored(b"{\"a\":1}"), Stamp::of_stored(b"{\"a\":2}"));
    assert_ne!(one, two);
    assert_eq!(described(one)[ETAG], described(Stamp::of_stored(b"{\"a\":1}"))[ETAG]);
    assert_eq!(described(one)[ETAG].len(), 18);
}

#[test]
fn times_are_said_as_http_says_them() {
    let stamp = Stamp::of_version(1).changed_at("1994-11-06T08:49:37.5Z");
    assert_eq!(described(stamp)[LAST_MODIFIED], "Sun, 06 Nov 1994 08:49:37 GMT");
    assert_eq!(read_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), stamp.changed_s());
    assert!(!described(Stamp::of_version(1).changed_at("soon")).contains_key(LAST_MODIFIED));
}

#[test]
fn times_in_our_own_form_are_read_as_the_parser_of_all_forms_reads_them() {
    for text in [
        "2026-01-02T03:04:05.000006Z",
        "1969-12-31T23:59:59.999999Z",
        "2024-02-29T00:00:00.500000Z",
    ] {
        assert_eq!(own_time(text), text.parse().ok(), "{text}");
        assert!(own_time(text).is_some(), "{text}");
    }
}

#[test]
fn times_in_other_forms_are_left_to_the_parser_of_all_forms() {
    for text in [
        "2026-01-02T03:04:05Z",
        "2026-01-02t03:04:05.000006Z",
        "2026-01-02T03:04:05.00000/Z",
        "2026-02-30T03:04:05.000006Z",
        "2026-01-02T03:04:60.000006Z",
        "2026-01-02T24:04:05.000006Z",
    ] {
        assert_eq!(own_time(text), None, "{text}");
    }
}

#[test]
fn what_is_no_date_is_none() {
    for wrong in ["", "yesterday", "Sun, 06 Nov 1994 08:49:37", "Sun, 32 Nov 1994 08:49:37 GMT"] {
        assert_eq!(read_http_date(wrong), None, "{wrong}");
    }
}
