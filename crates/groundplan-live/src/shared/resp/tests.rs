//! The forms of replies, whole and in pieces.

use super::{Malformed, Reply, command, read};

#[test]
fn a_command_is_an_array_of_strings_of_any_bytes() {
    assert_eq!(command(&[b"SET", b"a\r\n", b""]), b"*3\r\n$3\r\nSET\r\n$3\r\na\r\n\r\n$0\r\n\r\n");
}

#[test]
fn every_form_is_read_with_its_length() {
    let bytes = b"*5\r\n+OK\r\n:-3\r\n$2\r\n\r\n\r\n$-1\r\n-ERR no\r\n:1\r\n";
    let (reply, length) = read(bytes).expect("RESP2").expect("a whole reply");
    let text = |text: &str| Reply::Bytes(text.as_bytes().to_vec());
    let error = Reply::Error("ERR no".to_owned());
    let items = vec![text("OK"), Reply::Integer(-3), text("\r\n"), Reply::Nil, error];
    assert_eq!(reply, Reply::Array(items));
    assert_eq!(bytes.get(length..), Some(b":1\r\n".as_slice()));
}

#[test]
fn a_reply_that_is_not_whole_is_waited_for() {
    let bytes = b"*2\r\n$3\r\nabc\r\n:12\r\n";
    for end in 0..bytes.len() {
        assert_eq!(read(bytes.get(..end).expect("a part")), Ok(None), "{end}");
    }
}

#[test]
fn what_is_no_reply_is_refused_and_never_a_panic() {
    for bytes in ["?\r\n", "\r\n", ":x\r\n", "$-2\r\n", "$1\r\nabcd", "*99999999999\r\n", ":\r\n"] {
        assert_eq!(read(bytes.as_bytes()), Err(Malformed), "{bytes:?}");
    }
    let nested = "*1\r\n".repeat(1000);
    assert_eq!(read(nested.as_bytes()), Err(Malformed));
}
