//! Members of a JSON text with their places; `serde_json` gives values without places.

use groundplan_syntax::Span;
use serde_json::Value;

/// One member of an object, at any depth.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Member {
    /// Keys from the root to this member, its own included; arrays add none.
    pub(crate) path: Vec<String>,
    /// The key with its quotes.
    pub(crate) span: Span,
    /// The value; of arrays and objects only that they are one.
    pub(crate) value: Value,
}

/// An object or an array that is still open.
struct Open {
    is_object: bool,
    /// Whether a key pushed to the path belongs to the value being read.
    has_key: bool,
}

struct Scanner<'a> {
    text: &'a str,
    base: usize,
    at: usize,
    open: Vec<Open>,
    path: Vec<String>,
    found: Vec<Member>,
}

/// Every member of `text`, in order. `text` has to be JSON (what follows a fault is left out) and
/// starts at `base` in its document.
pub(crate) fn members(text: &str, base: usize) -> Vec<Member> {
    let (open, path) = (Vec::new(), Vec::new());
    let mut scanner = Scanner { text, base, at: 0, open, path, found: Vec::new() };
    while scanner.step().is_some() {}
    scanner.found
}

impl Scanner<'_> {
    fn step(&mut self) -> Option<()> {
        self.skip_space();
        match self.text.as_bytes().get(self.at)? {
            b'{' => self.begin(true),
            b'[' => self.begin(false),
            b'}' | b']' => {
                self.at += 1;
                self.open.pop()?;
                self.end_value();
            }
            b',' | b':' => self.at += 1,
            b'"' if self.awaits_key() => return self.key(),
            _ => {
                let value = self.scalar()?;
                self.set(value);
                self.end_value();
            }
        }
        Some(())
    }

    fn skip_space(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or("");
        self.at += rest.len() - rest.trim_start().len();
    }

    fn begin(&mut self, is_object: bool) {
        let empty =
            if is_object { Value::Object(Default::default()) } else { Value::Array(vec![]) };
        self.set(empty);
        self.open.push(Open { is_object, has_key: false });
        self.at += 1;
    }

    fn awaits_key(&self) -> bool {
        self.open.last().is_some_and(|open| open.is_object && !open.has_key)
    }

    fn key(&mut self) -> Option<()> {
        let start = self.at;
        let key = self.scalar()?.as_str()?.to_owned();
        self.open.last_mut()?.has_key = true;
        self.path.push(key);
        let span = Span::new(self.base + start, self.base + self.at);
        self.found.push(Member { path: self.path.clone(), span, value: Value::Null });
        Some(())
    }

    /// Gives the innermost member its value; elements of arrays belong to none.
    fn set(&mut self, value: Value) {
        let is_member = self.open.last().is_some_and(|open| open.is_object && open.has_key);
        if is_member && let Some(member) = self.found.last_mut() {
            member.value = value;
        }
    }

    fn end_value(&mut self) {
        if let Some(open) = self.open.last_mut().filter(|open| open.has_key) {
            open.has_key = false;
            self.path.pop();
        }
    }

    /// Reads a string, number or word.
    fn scalar(&mut self) -> Option<Value> {
        let rest = self.text.get(self.at..)?;
        let len = match rest.strip_prefix('"') {
            Some(inside) => string_length(inside)? + 2,
            None => rest.find([',', '}', ']', ' ', '\n', '\r', '\t']).unwrap_or(rest.len()),
        };
        let value = serde_json::from_str(rest.get(..len)?).ok()?;
        self.at += len;
        Some(value)
    }
}

/// Length of a string's inside, up to its closing quote.
fn string_length(inside: &str) -> Option<usize> {
    let mut escaped = false;
    inside.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    })
}

#[cfg(test)]
mod tests;
