//! Addresses as people write them.

use super::Address;

#[test]
fn scheme_port_and_path_are_taken_from_the_url() {
    let address = Address::read("https://catalog.example/v1/").expect("it is one");
    assert_eq!(
        (address.host.as_str(), address.port, address.is_tls),
        ("catalog.example", 443, true)
    );
    assert_eq!(address.target("/items?q=1"), "/v1/items?q=1");
    assert_eq!(address.shown(), "https://catalog.example/v1");
    let plain = Address::read("http://[::1]:8080").expect("it is one");
    assert_eq!((plain.host.as_str(), plain.port, plain.is_tls), ("::1", 8080, false));
    assert_eq!(plain.host_header().expect("a header"), "[::1]:8080");
    assert_eq!(plain.target("/"), "/");
}

#[test]
fn a_whole_url_is_a_place_and_a_path() {
    let parts = |url| Address::apart(url).map(|(place, path)| (place.shown(), path));
    let keys = parts("https://idp.example/keys?v=1").expect("it is one");
    assert_eq!(keys, ("https://idp.example".to_owned(), "/keys?v=1".to_owned()));
    let bare = parts("http://idp.example").expect("it is one");
    assert_eq!(bare, ("http://idp.example".to_owned(), "/".to_owned()));
}

#[test]
fn what_is_no_address_is_refused_with_a_reason() {
    let wrong =
        ["", "catalog", "ftp://a", "http://", "http://me:hidden@a", "http://a/?b=c", "http://a b"];
    for url in wrong {
        let reason = Address::read(url).expect_err(url);
        assert!(!reason.contains("hidden"), "{reason}");
    }
}
