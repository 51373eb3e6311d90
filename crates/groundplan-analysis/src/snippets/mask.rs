//! Code without its strings and comments.

use super::Language;

/// What opens a string or a comment, and how it ends.
struct Quoted {
    opens: &'static str,
    closes: &'static str,
    /// Whether a line end closes it, too.
    is_line: bool,
    has_escapes: bool,
}

const fn quoted(
    opens: &'static str,
    closes: &'static str,
    is_line: bool,
    has_escapes: bool,
) -> Quoted {
    Quoted { opens, closes, is_line, has_escapes }
}

const PYTHON: &[Quoted] = &[
    quoted("\"\"\"", "\"\"\"", false, true),
    quoted("'''", "'''", false, true),
    quoted("\"", "\"", true, true),
    quoted("'", "'", true, true),
    quoted("#", "\n", true, false),
];
const SCRIPT: &[Quoted] = &[
    quoted("//", "\n", true, false),
    quoted("/*", "*/", false, false),
    quoted("\"", "\"", true, true),
    quoted("'", "'", true, true),
    quoted("`", "`", false, true),
];
const GO: &[Quoted] = &[
    quoted("//", "\n", true, false),
    quoted("/*", "*/", false, false),
    quoted("\"", "\"", true, true),
    quoted("'", "'", true, true),
    quoted("`", "`", false, false),
];

/// `text` with a blank for each byte of a string or a comment; quotes and line ends stay.
pub(super) fn masked(text: &str, language: Language) -> String {
    let table = match language {
        Language::Python => PYTHON,
        Language::Script => SCRIPT,
        Language::Go => GO,
        _ => return String::new(),
    };
    let bytes = text.as_bytes();
    let mut found = Vec::with_capacity(bytes.len());
    while let Some(byte) = bytes.get(found.len()) {
        let rest = bytes.get(found.len()..).unwrap_or(&[]);
        let is_plain = |byte: &u8| byte.is_ascii() && !may_open(*byte);
        let plain = rest.iter().take_while(|it| is_plain(it)).count();
        if plain > 0 {
            found.extend_from_slice(rest.get(..plain).unwrap_or(&[]));
            continue;
        }
        match table.iter().find(|it| may_open(*byte) && rest.starts_with(it.opens.as_bytes())) {
            Some(quoted) => blank(rest, quoted, &mut found),
            None => found.push(if byte.is_ascii() { *byte } else { b'_' }),
        }
    }
    String::from_utf8(found).unwrap_or_default()
}

fn may_open(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | b'`' | b'#' | b'/')
}

/// Blanks the string or comment that `rest` begins with.
fn blank(rest: &[u8], quoted: &Quoted, found: &mut Vec<u8>) {
    let open = quoted.opens.len();
    let is_comment = quoted.closes == "\n" || quoted.closes == "*/";
    let mut at = open;
    let mut end = rest.len();
    while let Some(byte) = rest.get(at) {
        let tail = rest.get(at..).unwrap_or(&[]);
        if quoted.is_line && *byte == b'\n' {
            end = at;
            break;
        }
        if tail.starts_with(quoted.closes.as_bytes()) {
            end = at + quoted.closes.len();
            break;
        }
        at += if quoted.has_escapes && *byte == b'\\' { 2 } else { 1 };
    }
    for (at, byte) in rest.iter().take(end).enumerate() {
        let is_quote = !is_comment && (at == 0 || at + 1 == end) && byte.is_ascii_punctuation();
        found.push(if *byte == b'\n' || is_quote { *byte } else { b' ' });
    }
}
