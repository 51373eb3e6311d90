//! Forms as clients send them, whole and broken.

use bytes::Bytes;

use super::{boundary, parts};

const FORM: &[u8] = b"--b1\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nA\r\n--b1\r\n\
    Content-Disposition: form-data; name=\"file\"; filename=\"a;b.png\"\r\n\
    Content-Type: image/png\r\n\r\n\x89PNG\r\n--b\r\n\r\n--b1--\r\n";

#[test]
fn parts_have_names_types_and_their_bytes() {
    let parts = parts(&Bytes::from_static(FORM), "b1").unwrap();
    assert_eq!(parts.len(), 2);
    assert_eq!((parts[0].name.as_str(), &parts[0].content[..]), ("title", &b"A"[..]));
    assert_eq!(parts[0].file_name, None);
    assert_eq!(parts[1].file_name.as_deref(), Some("a;b.png"));
    assert_eq!(parts[1].media_type.as_deref(), Some("image/png"));
    // What looks like the beginning of a boundary is content.
    assert_eq!(&parts[1].content[..], b"\x89PNG\r\n--b\r\n");
}

#[test]
fn a_form_that_ends_too_early_is_refused_wherever_it_ends() {
    let end = FORM.len() - b"--\r\n".len();
    for length in 0..end {
        assert!(parts(&Bytes::copy_from_slice(&FORM[..length]), "b1").is_err(), "{length}");
    }
}

#[test]
fn a_part_without_a_name_is_refused() {
    let body = b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--";
    assert!(parts(&Bytes::from_static(body), "b").is_err());
}

#[test]
fn the_boundary_is_read_with_and_without_quotes() {
    assert_eq!(boundary("multipart/form-data; boundary=abc").as_deref(), Some("abc"));
    let quoted = "Multipart/Form-Data; charset=utf-8; boundary=\"a b\"";
    assert_eq!(boundary(quoted).as_deref(), Some("a b"));
    assert_eq!(boundary("multipart/mixed; boundary=abc"), None);
    assert_eq!(boundary("multipart/form-data"), None);
}
