//! A document's path, text and line index.

use std::sync::Arc;

use crate::Span;

/// One document as it was read. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Source {
    path: Arc<str>,
    text: Arc<str>,
    lines: Arc<[u32]>,
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
        let lines = std::iter::once(0)
            .chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| Span::at(at + 1).start))
            .collect();
        Self { path: path.into(), text: text.into(), lines, invalid_utf8: None }
    }

    /// A source of any bytes. Bytes that are not UTF-8 become U+FFFD, and
    /// [`Source::invalid_utf8`] says where the first of them stood.
    pub fn from_bytes(path: &str, bytes: &[u8]) -> Self {
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::new(path, text),
            Err(error) => {
                let mut source = Self::new(path, &String::from_utf8_lossy(bytes));
                source.invalid_utf8 = Some(Span::at(error.valid_up_to()).start);
                source
            }
        }
    }

    /// The path, as it will be printed.
    #[inline]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text.
    #[inline]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Offset of the first byte that was not UTF-8. Such a source must not be written back.
    pub fn invalid_utf8(&self) -> Option<usize> {
        self.invalid_utf8.map(|at| at as usize)
    }

    /// The text of `span`; empty where the span is not one of this source.
    #[inline]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }

    /// Line and column of a byte offset.
    pub fn position(&self, offset: usize) -> LineColumn {
        let line = self.line_index(offset);
        let start = self.line_start(line);
        let end = offset.min(self.text.len());
        let column = self.text.get(start..end).map_or(0, |before| before.chars().count());
        LineColumn { line: line + 1, column: column + 1 }
    }

    /// Line of a byte offset, from 1.
    pub fn line(&self, offset: usize) -> usize {
        self.line_index(offset) + 1
    }

    /// The span of a line (from 1), without its line break; `None` past the end.
    pub fn line_span(&self, line: usize) -> Option<Span> {
        let start = *self.lines.get(line.checked_sub(1)?)? as usize;
        let end = self.lines.get(line).map_or(self.text.len(), |next| *next as usize);
        let text = self.text.get(start..end)?;
        Some(Span::new(start, start + text.trim_end_matches(['\n', '\r']).len()))
    }

    /// The span of the line on which `offset` lies, without its line break.
    pub fn line_of(&self, offset: usize) -> Span {
        self.line_span(self.line(offset)).unwrap_or(Span::at(offset))
    }

    /// How many lines there are; an empty text has one.
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }

    fn line_index(&self, offset: usize) -> usize {
        self.lines.partition_point(|start| *start as usize <= offset).saturating_sub(1)
    }

    fn line_start(&self, index: usize) -> usize {
        self.lines.get(index).map_or(self.text.len(), |start| *start as usize)
    }
}
