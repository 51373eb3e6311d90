//! A look along the text of a type block, for the forms that are told without a parser.
//!
//! A parser for a whole language takes some 500 steps a byte. Most type blocks are fields in their
//! plainest form, so each grammar first tries to read a block by itself (`plain`), and gives up at
//! anything that it does not know for sure: then the parser tells.

use std::ops::Range;

/// A place in a text of ASCII marks and names.
#[derive(Clone, Copy)]
pub(super) struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Where it stands.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// What lies ahead.
    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// The text from `start` up to here.
    pub(super) fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.at).unwrap_or("")
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub(super) fn is_done(&self) -> bool {
        self.at >= self.text.len()
    }

    /// Steps over `part`, where it is next.
    pub(super) fn eat(&mut self, part: &str) -> bool {
        let is_next = self.rest().as_bytes().starts_with(part.as_bytes());
        self.at += if is_next { part.len() } else { 0 };
        is_next
    }

    /// Steps over so many bytes.
    pub(super) fn skip(&mut self, len: usize) {
        self.at += len;
    }

    /// Steps over the bytes for which `is_part` holds, and says how many there are.
    pub(super) fn run(&mut self, is_part: impl Fn(u8) -> bool) -> usize {
        let len = self.rest().bytes().take_while(|byte| is_part(*byte)).count();
        self.at += len;
        len
    }

    /// Steps over blanks of the line.
    pub(super) fn blanks(&mut self) {
        self.run(|byte| matches!(byte, b' ' | b'\t'));
    }

    /// Steps over the rest of the line, its end left out.
    pub(super) fn line(&mut self) -> &'a str {
        let start = self.at;
        self.at += memchr::memchr(b'\n', self.rest().as_bytes()).unwrap_or(self.rest().len());
        self.since(start)
    }

    /// The name that is next: letters of ASCII, digits, underscores.
    pub(super) fn name(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        self.peek().filter(|byte| byte.is_ascii_alphabetic() || *byte == b'_')?;
        self.run(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        // A letter of another script goes on with it.
        self.peek().is_none_or(|byte| byte.is_ascii()).then_some(start..self.at)
    }

    /// A name with its owners before it: `models.Order`.
    pub(super) fn path(&mut self) -> Option<&'a str> {
        let start = self.at;
        self.name()?;
        while self.eat(".") {
            self.name()?;
        }
        Some(self.since(start))
    }

    /// What `item` reads, once or more with commas between, and `end` behind it.
    pub(super) fn list<T>(
        &mut self,
        end: &str,
        item: impl Fn(&mut Self) -> Option<T>,
    ) -> Option<()> {
        loop {
            item(self)?;
            if self.eat(end) {
                return Some(());
            }
            self.eat(", ").then_some(())?;
        }
    }

    /// A text in quotes of either kind, with nothing in it that could mean more.
    pub(super) fn quoted(&mut self) -> Option<()> {
        let quote = self.peek().filter(|byte| matches!(byte, b'"' | b'\''))?;
        self.at += 1;
        self.run(|byte| byte != quote && !matches!(byte, b'\\' | b'\n' | b'{' | b'}'));
        self.eat(if quote == b'"' { "\"" } else { "'" }).then_some(())
    }

    /// A whole number or one with a fraction.
    pub(super) fn number(&mut self) -> Option<()> {
        (self.run(|byte| byte.is_ascii_digit()) > 0).then_some(())?;
        let is_fraction = self.eat(".");
        (!is_fraction || self.run(|byte| byte.is_ascii_digit()) > 0).then_some(())
    }

    /// Steps over what stands in braces, however it is written: up to the brace that closes the next
    /// one.
    pub(super) fn braces(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        for (at, byte) in self.rest().bytes().enumerate() {
            match byte {
                b'{' => depth += 1,
                b'}' if depth <= 1 => {
                    self.at += at + 1;
                    return Some(());
                }
                b'}' => depth -= 1,
                _ => {}
            }
        }
        None
    }
}
