//! Which answers may do what.

use http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_FRAME_OPTIONS};
use http::{HeaderMap, HeaderValue};

fn policy(media_type: &'static str) -> String {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    super::describe(&mut headers);
    assert_eq!(headers[X_FRAME_OPTIONS], "DENY");
    headers[CONTENT_SECURITY_POLICY].to_str().expect("text").to_owned()
}

#[test]
fn data_loads_and_runs_nothing_and_nobody_frames_it() {
    let data = policy("application/json");
    assert!(data.starts_with("default-src 'none'") && data.contains("frame-ancestors 'none'"));
}

#[test]
fn the_api_page_keeps_its_script_and_is_framed_by_nobody() {
    let page = policy("text/html; charset=utf-8");
    assert!(!page.contains("default-src") && page.contains("frame-ancestors 'none'"));
}
