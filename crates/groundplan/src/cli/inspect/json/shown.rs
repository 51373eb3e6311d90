//! A JSON value that borrows its texts from the document, and how it is written. `serde_json`'s own
//! copies every text and hashes every name: for a folder that took as long as parsing it.

use std::borrow::Cow;
use std::fmt::Write;

use serde_json::Number;

/// A value on its way to the output.
pub(super) enum Shown<'a> {
    Null,
    Flag(bool),
    Whole(u64),
    Number(Number),
    Text(&'a str),
    Owned(String),
    List(Vec<Shown<'a>>),
    Object(Vec<(&'a str, Shown<'a>)>),
    Later(Box<dyn Later + 'a>),
}

/// Values that are made while they are written: a tree of all facts of a document takes longer to
/// make and to drop than to write.
pub(super) trait Later {
    /// Writes them as one value, inside `depth` others.
    fn write(&self, out: &mut String, depth: usize);
}

/// The value of an expression, as `serde_json`'s macro of this name makes it.
macro_rules! json {
    ($it:expr) => {
        $crate::cli::inspect::json::shown::Shown::from(&$it)
    };
}
pub(super) use json;

impl Shown<'_> {
    /// Writes it as `serde_json` does when it indents, inside `depth` others.
    pub(super) fn write(&self, out: &mut String, depth: usize) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Flag(flag) => out.push_str(if *flag { "true" } else { "false" }),
            Self::Whole(number) => whole(out, *number),
            Self::Number(number) => _ = write!(out, "{number}"),
            Self::Text(text) => quote(out, text),
            Self::Owned(text) => quote(out, text),
            Self::List(items) => {
                list(out, depth, items, |out, item| item.write(out, depth + 1));
            }
            Self::Object(members) => within(out, depth, ['{', '}'], members, |out, member| {
                quote(out, member.0);
                out.push_str(": ");
                member.1.write(out, depth + 1);
            }),
            Self::Later(values) => values.write(out, depth),
        }
    }
}

/// Writes a list of what `write` writes.
pub(super) fn list<T>(
    out: &mut String,
    depth: usize,
    items: &[T],
    write: impl Fn(&mut String, &T),
) {
    within(out, depth, ['[', ']'], items, write);
}

/// Writes an object of members, each with the value that `write` writes. Nothing in a name has to be
/// escaped.
pub(super) fn object<T>(
    out: &mut String,
    depth: usize,
    members: &[T],
    name: impl Fn(&T) -> &'static str,
    write: impl Fn(&mut String, &T),
) {
    within(out, depth, ['{', '}'], members, |out, member| {
        out.push('"');
        out.push_str(name(member));
        out.push_str("\": ");
        write(out, member);
    });
}

/// Writes `items` between `brackets`, each on a line of its own.
fn within<T>(
    out: &mut String,
    depth: usize,
    [open, close]: [char; 2],
    items: &[T],
    write: impl Fn(&mut String, &T),
) {
    out.push(open);
    for (at, item) in items.iter().enumerate() {
        next_line(out, at > 0, depth + 1);
        write(out, item);
    }
    if !items.is_empty() {
        next_line(out, false, depth);
    }
    out.push(close);
}

/// Begins a line inside `depth` others, behind a comma where one is due.
fn next_line(out: &mut String, comma: bool, depth: usize) {
    const BREAK: &str = ",\n                ";
    match BREAK.get(usize::from(!comma)..2 + 2 * depth) {
        Some(indented) => out.push_str(indented),
        None => {
            out.push_str(if comma { ",\n" } else { "\n" });
            (0..depth).for_each(|_| out.push_str("  "));
        }
    }
}

/// Writes a whole number: most values are line numbers, and `write!` took most of their time.
fn whole(out: &mut String, number: u64) {
    if number >= 10 {
        whole(out, number / 10);
    }
    out.push(char::from(b'0' + u8::try_from(number % 10).unwrap_or(0)));
}

/// Writes a text with quotes around it (RFC 8259, section 7).
fn quote(out: &mut String, text: &str) {
    out.reserve(text.len() + 2);
    out.push('"');
    match is_plain(text) {
        true => out.push_str(text),
        false => escape(out, text),
    }
    out.push('"');
}

/// Nearly every text is plain. Eight bytes are looked at in a step.
fn is_plain(text: &str) -> bool {
    let (steps, rest) = text.as_bytes().as_chunks::<8>();
    let mut special = 0;
    for step in steps {
        special |= specials(u64::from_le_bytes(*step));
    }
    match text.as_bytes().last_chunk::<8>() {
        Some(last) => special | specials(u64::from_le_bytes(*last)) == 0,
        None => !rest.iter().any(is_special),
    }
}

fn is_special(byte: &u8) -> bool {
    *byte < 0x20 || *byte == b'"' || *byte == b'\\'
}

/// Not zero where one of eight bytes is special (Bit Twiddling Hacks, "Determine if a word has a byte
/// less than n").
fn specials(bytes: u64) -> u64 {
    let all = |byte: u8| u64::from_ne_bytes([byte; 8]);
    let below = |bytes: u64, limit: u8| bytes.wrapping_sub(all(limit)) & !bytes & all(0x80);
    below(bytes, 0x20) | below(bytes ^ all(b'"'), 1) | below(bytes ^ all(b'\\'), 1)
}

fn escape(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.as_bytes().iter().position(is_special) {
        let (plain, after) = rest.split_at(at);
        out.push_str(plain);
        let mut chars = after.chars();
        match chars.next() {
            Some('"') => out.push_str("\\\""),
            Some('\\') => out.push_str("\\\\"),
            Some('\n') => out.push_str("\\n"),
            Some('\r') => out.push_str("\\r"),
            Some('\t') => out.push_str("\\t"),
            Some('\u{8}') => out.push_str("\\b"),
            Some('\u{c}') => out.push_str("\\f"),
            Some(other) => _ = write!(out, "\\u{:04x}", u32::from(other)),
            None => {}
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
}

impl<'a> From<&'a String> for Shown<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&&'a str> for Shown<'a> {
    fn from(text: &&'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&&'a String> for Shown<'a> {
    fn from(text: &&'a String) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&Cow<'a, str>> for Shown<'a> {
    fn from(text: &Cow<'a, str>) -> Self {
        match text {
            Cow::Borrowed(text) => Self::Text(text),
            Cow::Owned(text) => Self::Owned(text.clone()),
        }
    }
}

impl From<&char> for Shown<'_> {
    fn from(letter: &char) -> Self {
        Self::Owned(letter.to_string())
    }
}

impl From<&bool> for Shown<'_> {
    fn from(flag: &bool) -> Self {
        Self::Flag(*flag)
    }
}

impl From<&f64> for Shown<'_> {
    fn from(number: &f64) -> Self {
        Number::from_f64(*number).map_or(Self::Null, Self::Number)
    }
}

impl<'a> From<&'a Option<String>> for Shown<'a> {
    fn from(text: &'a Option<String>) -> Self {
        text.as_ref().map_or(Self::Null, |it| Self::Text(it))
    }
}

impl<'a> From<&'a Vec<String>> for Shown<'a> {
    fn from(texts: &'a Vec<String>) -> Self {
        Self::List(texts.iter().map(|it| Self::Text(it)).collect())
    }
}

impl From<&Vec<u16>> for Shown<'_> {
    fn from(numbers: &Vec<u16>) -> Self {
        Self::List(numbers.iter().map(Self::from).collect())
    }
}

impl From<&usize> for Shown<'_> {
    fn from(number: &usize) -> Self {
        u64::try_from(*number).map_or(Self::Null, Self::Whole)
    }
}

impl From<&i64> for Shown<'_> {
    fn from(number: &i64) -> Self {
        Self::Number(Number::from(*number))
    }
}

/// Whole numbers.
macro_rules! whole {
    ($($ty:ty)*) => {$(
        impl From<&$ty> for Shown<'_> {
            fn from(number: &$ty) -> Self {
                Self::Whole(u64::from(*number))
            }
        }
    )*};
}

/// What may be missing and is cheap to copy.
macro_rules! optional {
    ($($ty:ty)*) => {$(
        impl<'a> From<&Option<$ty>> for Shown<'a> {
            fn from(it: &Option<$ty>) -> Self {
                it.map_or(Self::Null, |it| Self::from(&it))
            }
        }
    )*};
}

whole!(u8 u16 u32);
optional!(bool u16 u32 &'a str &'a String);

impl<'a> FromIterator<Shown<'a>> for Shown<'a> {
    fn from_iter<T: IntoIterator<Item = Shown<'a>>>(items: T) -> Self {
        Self::List(items.into_iter().collect())
    }
}

#[cfg(test)]
mod tests;
