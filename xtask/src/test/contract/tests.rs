//! Reading a service's address from what it prints.

use super::first_url;

#[test]
fn the_first_address_is_taken_without_its_path() {
    let text = "Orders runs on http://127.0.0.1:4010\n  API page  http://127.0.0.1:4010/docs\n";
    assert_eq!(first_url(&mut text.as_bytes()).as_deref(), Some("http://127.0.0.1:4010"));
    let page = "  API page  http://127.0.0.1:4010/docs\n";
    assert_eq!(first_url(&mut page.as_bytes()).as_deref(), Some("http://127.0.0.1:4010"));
    assert_eq!(first_url(&mut "error: port in use\n".as_bytes()), None);
}
