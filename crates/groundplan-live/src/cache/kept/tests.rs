//! Answers and their bytes.

use super::Kept;
use crate::answer;

#[test]
fn an_answer_comes_back_whole_through_its_bytes() {
    let mut response = answer::json(200, b"{\n\n}".to_vec());
    let kept = Kept::of(&mut response, 100).expect("it is kept");
    let mut bytes = Vec::new();
    kept.write(&mut bytes);
    assert_eq!(Kept::read(&bytes), Some(kept.clone()));
    let mut again = kept.answer();
    assert_eq!(again.headers(), response.headers());
    assert_eq!(answer::take_body(&mut again), answer::take_body(&mut response));
}

#[test]
fn what_is_no_200_or_too_large_is_not_kept() {
    assert_eq!(Kept::of(&mut answer::json(404, Vec::new()), 100), None);
    assert_eq!(Kept::of(&mut answer::json(200, vec![b' '; 101]), 100), None);
}

#[test]
fn bytes_that_are_no_answer_are_refused() {
    for bytes in [b"".as_slice(), b"no end", b"a: b\n", b"no colon\n\n"] {
        assert_eq!(Kept::read(bytes), None);
    }
}
