//! Rust text without what is no code: comments, strings and characters become blanks.

/// `text` with every byte of a comment, a string or a character literal replaced by a blank. Line
/// breaks stay, so lines keep their numbers.
pub(super) fn code_only(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut code = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let skipped = literal_length(&bytes[at..], code.last().copied());
        for byte in &bytes[at..at + skipped] {
            code.push(if *byte == b'\n' { b'\n' } else { b' ' });
        }
        at += skipped;
        if skipped == 0 {
            code.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8_lossy(&code).into_owned()
}

/// Length of the comment or literal that `rest` begins with; 0 where it begins with code.
fn literal_length(rest: &[u8], before: Option<u8>) -> usize {
    let after_word = before.is_some_and(|it| it.is_ascii_alphanumeric() || it == b'_');
    match rest {
        [b'/', b'/', ..] => rest.iter().position(|it| *it == b'\n').unwrap_or(rest.len()),
        [b'/', b'*', ..] => block_comment(rest),
        [b'"', ..] => string(rest),
        [b'r', b'"' | b'#', ..] if !after_word => raw_string(rest, 1),
        [b'b', b'r', b'"' | b'#', ..] if !after_word => raw_string(rest, 2),
        [b'\'', ..] => character(rest),
        _ => 0,
    }
}

fn block_comment(rest: &[u8]) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < rest.len() {
        match &rest[at..] {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

fn string(rest: &[u8]) -> usize {
    let mut at = 1;
    while at < rest.len() {
        match rest[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

fn raw_string(rest: &[u8], prefix: usize) -> usize {
    let hashes = rest[prefix..].iter().take_while(|it| **it == b'#').count();
    let start = prefix + hashes;
    if rest.get(start) != Some(&b'"') {
        return 0; // `r#type`
    }
    let mut end = vec![b'"'];
    end.resize(hashes + 1, b'#');
    let found = rest[start + 1..].windows(end.len()).position(|it| it == end);
    found.map_or(rest.len(), |at| start + 1 + at + end.len())
}

/// `'a'`, `'\n'`, `'ä'`; 0 for a lifetime.
fn character(rest: &[u8]) -> usize {
    if rest.get(1) == Some(&b'\\') {
        let end = rest.iter().skip(3).position(|it| *it == b'\'');
        return end.map_or(0, |at| at + 4);
    }
    let width = match rest.get(1) {
        Some(0xf0..) => 4,
        Some(0xe0..) => 3,
        Some(0x80..) => 2,
        _ => 1,
    };
    if rest.get(1 + width) == Some(&b'\'') { width + 2 } else { 0 }
}

#[test]
fn comments_strings_and_characters_become_blanks_of_the_same_length() {
    for (text, words) in [
        ("a // } b\nc", "a c"),
        ("a /* { /* } */ { */ b", "a b"),
        (r#"f("{\"}") {"#, "f( ) {"),
        (r##"f(r#"{"}"#) {"##, "f( ) {"),
        ("x == '{' && y", "x == && y"),
        (r"x == '\'' {", "x == {"),
        (r"x == '\u{7b}' {", "x == {"),
        ("x == 'ä' {", "x == {"),
        ("fn f<'a>(x: &'a str) {", "fn f<'a>(x: &'a str) {"),
        ("r#type {", "r#type {"),
    ] {
        let code = code_only(text);
        assert_eq!(code.split_whitespace().collect::<Vec<_>>().join(" "), words, "{text}");
        assert_eq!(code.len(), text.len(), "{text}");
        assert_eq!(code.lines().count(), text.lines().count(), "{text}");
    }
}
