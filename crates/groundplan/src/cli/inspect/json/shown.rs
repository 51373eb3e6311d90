//! A JSON value that borrows its texts from the document, and how it is written. `serde_json`'s own
//! copies every text and hashes every name: for a folder that took as long as parsing it.

use std::borrow::Cow;
use std::io::Write;

use serde_json::Number;

/// A value on its way to the output.
pub(super) enum Shown<'a> {
    Null,
    Flag(bool),
    Whole(u64),
    Number(Number),
    Text(&'a str),
    Letter(char),
    Owned(String),
    List(Vec<Shown<'a>>),
    Object(Vec<(&'a str, Shown<'a>)>),
    Later(Box<dyn Later + 'a>),
}

/// Values that are made while they are written: a tree of all facts of a document takes longer to
/// make and to drop than to write.
pub(super) trait Later {
    /// Writes them as one value.
    fn write(&self, out: &mut Vec<u8>, layout: Layout);
}

/// How a value that holds others is laid out.
#[derive(Clone, Copy)]
pub(super) enum Layout {
    /// Each of them on a line of its own; the value itself stands inside so many.
    Lines(usize),
    /// All on one line.
    Line,
}

impl Layout {
    /// That of the values in one of this layout.
    pub(super) fn inner(self) -> Self {
        match self {
            Self::Lines(depth) => Self::Lines(depth + 1),
            Self::Line => Self::Line,
        }
    }
}

/// The value of an expression, as `serde_json`'s macro of this name makes it.
macro_rules! json {
    ($it:expr) => {
        $crate::cli::inspect::json::shown::Shown::from(&$it)
    };
}
pub(super) use json;

/// A name of a member with what stands around it, `"name": `, and room behind it.
#[derive(Clone, Copy)]
pub(super) struct Name {
    bytes: [u8; Name::ROOM],
    len: usize,
}

impl Name {
    const ROOM: usize = 24;

    /// Of a name in which nothing has to be escaped. Names are written down in this program: too long a
    /// one does not compile.
    pub(super) const fn new(name: &str) -> Self {
        let mut all = Self { bytes: [0; Self::ROOM], len: 0 }.and(b'"');
        let mut rest = name.as_bytes();
        while let [first, after @ ..] = rest {
            all = all.and(*first);
            rest = after;
        }
        all.and(b'"').and(b':').and(b' ')
    }

    const fn and(mut self, byte: u8) -> Self {
        assert!(self.len < Self::ROOM, "longer than its room");
        if let [first, ..] = self.bytes.split_at_mut(self.len).1 {
            *first = byte;
        }
        self.len += 1;
        self
    }
}

impl Shown<'_> {
    /// Writes it. Members of objects are indented as `serde_json` does; an item of a list has one line,
    /// so that a fact is found, compared and counted by its line.
    pub(super) fn write(self, out: &mut Vec<u8>, layout: Layout) {
        match self {
            Self::Text(text) => quote(out, text),
            Self::Whole(number) => whole(out, number),
            Self::Null => out.extend_from_slice(b"null"),
            Self::Flag(true) => out.extend_from_slice(b"true"),
            Self::Flag(false) => out.extend_from_slice(b"false"),
            Self::Number(number) => _ = write!(out, "{number}"),
            Self::Letter(letter) => quote(out, letter.encode_utf8(&mut [0; 4])),
            Self::Owned(text) => quote(out, &text),
            Self::List(items) => {
                list(out, layout, items, |out, item| item.write(out, Layout::Line))
            }
            Self::Object(members) => within(out, layout, *b"{}", members, |out, (name, value)| {
                quote(out, name);
                out.extend_from_slice(b": ");
                value.write(out, layout.inner());
            }),
            Self::Later(values) => values.write(out, layout),
        }
    }
}

/// Writes a list of what `write` writes.
pub(super) fn list<T>(
    out: &mut Vec<u8>,
    layout: Layout,
    items: impl IntoIterator<Item = T>,
    write: impl Fn(&mut Vec<u8>, T),
) {
    within(out, layout, *b"[]", items, write);
}

/// Writes an object of members, each with the value that `write` writes.
pub(super) fn object<'a, T: 'a>(
    out: &mut Vec<u8>,
    layout: Layout,
    members: &'a [T],
    name: impl Fn(&T) -> &Name,
    write: impl Fn(&mut Vec<u8>, &T),
) {
    within(out, layout, *b"{}", members, |out, member| {
        let name = name(member);
        start_of(out, &name.bytes, name.len);
        write(out, member);
    });
}

/// Writes `items` between brackets.
fn within<T>(
    out: &mut Vec<u8>,
    layout: Layout,
    [open, close]: [u8; 2],
    items: impl IntoIterator<Item = T>,
    write: impl Fn(&mut Vec<u8>, T),
) {
    out.push(open);
    let mut is_empty = true;
    for item in items {
        match layout {
            Layout::Lines(depth) => next_line(out, !is_empty, depth + 1),
            Layout::Line if is_empty => {}
            Layout::Line => out.extend_from_slice(b", "),
        }
        is_empty = false;
        write(out, item);
    }
    if let Layout::Lines(depth) = layout
        && !is_empty
    {
        next_line(out, false, depth);
    }
    out.push(close);
}

/// Begins a line inside `depth` others, behind a comma where one is due.
fn next_line(out: &mut Vec<u8>, comma: bool, depth: usize) {
    const FIRST: &[u8; 32] = b"\n                               ";
    const NEXT: &[u8; 32] = b",\n                              ";
    let (line, len) = if comma { (NEXT, 2 + 2 * depth) } else { (FIRST, 1 + 2 * depth) };
    start_of(out, line, len);
    (line.len()..len).for_each(|_| out.push(b' '));
}

/// Writes the first `len` of `bytes`. All of them are copied: for a length that is known that is a few
/// moves, for any other a call.
fn start_of<const ROOM: usize>(out: &mut Vec<u8>, bytes: &[u8; ROOM], len: usize) {
    let end = out.len() + len;
    out.extend_from_slice(bytes);
    out.truncate(end);
}

/// Writes a whole number: most values are line numbers, and `write!` took most of their time.
fn whole(out: &mut Vec<u8>, number: u64) {
    if number >= 10 {
        whole(out, number / 10);
    }
    out.push(b'0' + u8::try_from(number % 10).unwrap_or(0));
}

/// Writes a text with quotes around it (RFC 8259, section 7).
fn quote(out: &mut Vec<u8>, text: &str) {
    out.reserve(text.len() + 2);
    out.push(b'"');
    match is_plain(text) {
        true => out.extend_from_slice(text.as_bytes()),
        false => escape(out, text),
    }
    out.push(b'"');
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
/// less than n", for three of them at once).
fn specials(bytes: u64) -> u64 {
    let all = |byte: u8| u64::from_ne_bytes([byte; 8]);
    let below = |bytes: u64, limit: u8| bytes.wrapping_sub(all(limit));
    let found = below(bytes, 0x20) | below(bytes ^ all(b'"'), 1) | below(bytes ^ all(b'\\'), 1);
    found & !bytes & all(0x80)
}

fn escape(out: &mut Vec<u8>, text: &str) {
    let mut rest = text.as_bytes();
    while let Some(at) = rest.iter().position(is_special) {
        let (plain, after) = rest.split_at(at);
        out.extend_from_slice(plain);
        let Some((special, after)) = after.split_first() else { break };
        match special {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            0x8 => out.extend_from_slice(b"\\b"),
            0xc => out.extend_from_slice(b"\\f"),
            other => _ = write!(out, "\\u{other:04x}"),
        }
        rest = after;
    }
    out.extend_from_slice(rest);
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
        Self::Letter(*letter)
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
        u64::try_from(*number).map_or_else(|_| Self::Number(Number::from(*number)), Self::Whole)
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
