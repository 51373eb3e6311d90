//! YAML front matter: found before Markdown is parsed, because CommonMark reads it as a heading.

use crate::Span;

/// Where the front matter lies, and the YAML inside it.
pub(crate) struct FrontMatter {
    /// From the first `---` to the end of the closing line.
    pub(crate) span: Span,
    /// The YAML.
    pub(crate) content: Span,
}

/// Finds `---` … `---` (or `...`) at the very start; a byte order mark may stand before it.
pub(crate) fn find(text: &str) -> Option<FrontMatter> {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut lines = Lines { text, at: start };
    let (_, first) = lines.next()?;
    if first.trim_end() != "---" {
        return None;
    }
    let content = lines.at;
    while let Some((at, line)) = lines.next() {
        if matches!(line.trim_end(), "---" | "...") {
            return Some(FrontMatter {
                span: Span::new(start, lines.at),
                content: Span::new(content, at),
            });
        }
    }
    None
}

/// Lines with their offsets; each keeps its line break.
pub(crate) struct Lines<'a> {
    pub(crate) text: &'a str,
    pub(crate) at: usize,
}

impl<'a> Iterator for Lines<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let len = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |at| at + 1);
        let start = self.at;
        self.at += len;
        rest.get(..len).map(|line| (start, line))
    }
}
