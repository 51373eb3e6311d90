//! A document's path, text and line index.

use std::sync::Arc;

use crate::Span;
use crate::lines::LineIndex;

/// One document as it was read. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Source(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    path: Box<str>,
    text: String,
    lines: LineIndex,
    invalid_utf8: Option<u32>,
}

/// A place for people: both count from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl Source {
    /// A source of `path` (as it will be printed) and `text`.
    pub fn new(path: &str, text: &str) -> Self {
        Self::with(path, text.to_owned(), None)
    }

    /// A source of any bytes. Bytes that are not UTF-8 become U+FFFD, and
    /// [`Source::invalid_utf8`] says where the first of them stood.
    pub fn from_bytes(path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        match String::from_utf8(bytes.into()) {
            Ok(text) => Self::with(path, text, None),
            Err(error) => {
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                Self::with(path, text, Some(Span::at(error.utf8_error().valid_up_to()).start))
            }
        }
    }

    fn with(path: &str, text: String, invalid_utf8: Option<u32>) -> Self {
        let lines = LineIndex::new(&text);
        Self(Arc::new(Inner { path: path.into(), text, lines, invalid_utf8 }))
    }

    /// The path, as it will be printed.
    #[inline]
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// The whole text.
    #[inline]
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// Offset of the first byte that was not UTF-8. Such a source must not be written back.
    pub fn invalid_utf8(&self) -> Option<usize> {
        self.0.invalid_utf8.map(|at| at as usize)
    }

    /// The text of `span`; empty where the span is not one of this source.
    #[inline]
    pub fn slice(&self, span: Span) -> &str {
        self.text().get(span.range()).unwrap_or("")
    }

    /// Line and column of a byte offset.
    pub fn position(&self, offset: usize) -> LineColumn {
        let end = offset.min(self.text().len());
        let before = self.text().get(self.line_start(end)..end);
        let column = before.map_or(0, |before| before.chars().count());
        LineColumn { line: self.line(offset), column: column + 1 }
    }

    /// Line of a byte offset, from 1.
    pub fn line(&self, offset: usize) -> usize {
        self.0.lines.before(self.text(), offset) + 1
    }

    /// The span of a line (from 1), without its line break; `None` past the end.
    pub fn line_span(&self, line: usize) -> Option<Span> {
        let start = self.0.lines.start(self.text(), line.checked_sub(1)?)?;
        Some(self.line_at(start, start))
    }

    /// The span of the line on which `offset` lies, without its line break.
    pub fn line_of(&self, offset: usize) -> Span {
        let offset = offset.min(self.text().len());
        self.line_at(self.line_start(offset), offset)
    }

    /// How many lines there are; an empty text has one.
    pub fn line_count(&self) -> usize {
        self.0.lines.count() + 1
    }

    /// Where the line of an offset in the text begins.
    fn line_start(&self, offset: usize) -> usize {
        let before = self.text().as_bytes().get(..offset).unwrap_or(&[]);
        memchr::memrchr(b'\n', before).map_or(0, |at| at + 1)
    }

    /// The line that begins at `start` and goes on at `offset`.
    fn line_at(&self, start: usize, offset: usize) -> Span {
        let after = self.text().as_bytes().get(offset..).unwrap_or(&[]);
        let end = memchr::memchr(b'\n', after).map_or(self.text().len(), |at| offset + at);
        let line = self.text().get(start..end).unwrap_or("");
        Span::new(start, start + line.trim_end_matches('\r').len())
    }
}
