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

/// The line around `offset`, with as many lines above as make it stand once.
pub(super) fn marked(text: &str, offset: usize) -> String {
    let end = text[offset..].find('\n').map_or(text.len(), |at| offset + at);
    let above = text[..offset].char_indices().rev().filter(|(_, c)| *c == '\n');
    let mut starts = above.map(|(at, _)| at + 1);
    let start = starts.find(|start| text.matches(&text[*start..end]).count() == 1).unwrap_or(0);
    format!("{}{MARK}{}", &text[start..offset], &text[offset..end])
}
