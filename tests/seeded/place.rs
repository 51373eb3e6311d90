//! Places that keep while lines move: a piece of text with a mark where the place begins.

use serde::Deserialize;

/// Where a place begins within its text.
const MARK: char = '«';

/// A place in a document of the example.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Place {
    /// The document; that of the defect where there is none.
    pub(super) file: Option<String>,
    /// Text around the place, with the mark.
    pub(super) at: String,
}

impl Place {
    /// Where that is in `text`, which has to hold it once.
    pub(super) fn offset(&self, text: &str) -> Result<usize, String> {
        let Some((before, after)) = self.at.split_once(MARK) else {
            return Err(format!("no {MARK} in `{}`", self.at));
        };
        let whole = format!("{before}{after}");
        let places: Vec<usize> = text.match_indices(&whole).map(|it| it.0).collect();
        match places.as_slice() {
            [at] => Ok(at + before.len()),
            _ => Err(format!("`{}` stands at {} places", self.at, places.len())),
        }
    }
}

/// The shortest text around `offset` that stands once: of its line, then with lines above.
pub(super) fn marked(text: &str, offset: usize) -> String {
    let end = text[offset..].find('\n').map_or(text.len(), |at| offset + at);
    let short = text[offset..end].char_indices().nth(40).map_or(end, |(at, _)| offset + at);
    let above = text[..offset].char_indices().rev().filter(|(_, c)| *c == '\n');
    let starts = std::iter::once(offset).chain(above.map(|(at, _)| at + 1));
    let is_once = |piece: &str| !piece.is_empty() && text.matches(piece).count() == 1;
    for start in starts {
        if let Some(end) = [short, end].into_iter().find(|end| is_once(&text[start..*end])) {
            return format!("{}{MARK}{}", &text[start..offset], &text[offset..end]);
        }
    }
    format!("{}{MARK}{}", &text[..offset], &text[offset..])
}
