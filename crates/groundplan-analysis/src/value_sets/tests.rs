//! Sets of values.

use super::{of_type, values};

#[test]
fn lists_of_words_are_read() {
    assert_eq!(values(" queued, running, done").unwrap(), ["queued", "running", "done"]);
    assert_eq!(values(" pending|ready").unwrap(), ["pending", "ready"]);
    assert_eq!(values(" 'on', \"off\"").unwrap(), ["on", "off"]);
    assert_eq!(values(" null, 'red', 'blue'").unwrap(), ["red", "blue"]);
}

#[test]
fn remarks_and_open_lists_are_no_values() {
    for comment in [" the owner's name", " url, optional", " 'a', 'b', etc.", " e.g. a, b, c", ""] {
        assert_eq!(values(comment), None, "{comment}");
    }
    assert_eq!(values(" 'a', then b"), None);
}

#[test]
fn types_of_texts_are_read() {
    assert_eq!(of_type("'a' | 'b' | null").unwrap(), ["a", "b"]);
    assert_eq!(of_type("Literal[\"a\", \"b\"]").unwrap(), ["a", "b"]);
    assert_eq!((of_type("string | null"), of_type("'a'")), (None, None));
}
