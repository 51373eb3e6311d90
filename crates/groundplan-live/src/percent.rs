//! Percent-encoding (RFC 3986, section 2.1).

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, percent_decode_str};

/// All but the unreserved characters of RFC 3986, section 2.3.
const RESERVED: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A text as a part of a path, or a value of a query or a header.
pub(crate) fn encode(text: &str) -> PercentEncode<'_> {
    percent_encoding::utf8_percent_encode(text, &RESERVED)
}

/// The text that was encoded; `None` where it is not UTF-8 or a `%` is not followed by two
/// hexadecimal digits, which the library would let pass.
pub(crate) fn decode(text: &str) -> Option<Cow<'_, str>> {
    // As nearly every segment is.
    if !text.contains('%') {
        return Some(Cow::Borrowed(text));
    }
    let is_whole = |escape: &str| {
        escape.as_bytes().get(..2).is_some_and(|it| it.iter().all(u8::is_ascii_hexdigit))
    };
    if !text.split('%').skip(1).all(is_whole) {
        return None;
    }
    percent_decode_str(text).decode_utf8().ok()
}

#[cfg(test)]
mod tests;
