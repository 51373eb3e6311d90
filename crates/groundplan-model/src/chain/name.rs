//! What a document's path says of the feature: a number, a name, or a folder of its own.

use crate::paths::{file_name, folder};

/// Words of file names that tell the kind of a document, not its feature.
const KIND_WORDS: [&str; 31] = [
    "adr",
    "brd",
    "checklist",
    "design",
    "doc",
    "document",
    "fprd",
    "ftasks",
    "ftdd",
    "ftid",
    "index",
    "nmap",
    "padr",
    "plan",
    "ppr",
    "pprd",
    "prd",
    "proposal",
    "quickstart",
    "readme",
    "requirement",
    "requirements",
    "research",
    "review",
    "spec",
    "specification",
    "task",
    "tasks",
    "tdd",
    "tid",
    "list",
];

/// Words that belong to one of kind where they stand beside it: "technical design".
const QUALIFIERS: [&str; 8] =
    ["technical", "tech", "product", "feature", "development", "implementation", "mini", "project"];

/// Folders that hold documents of one kind, of many features.
const KINDS: [&str; 22] = [
    "adr",
    "adrs",
    "brd",
    "brds",
    "decisions",
    "design",
    "designs",
    "implementation",
    "plans",
    "prd",
    "prds",
    "proposals",
    "requirements",
    "reviews",
    "spec",
    "specs",
    "tasks",
    "tdd",
    "tdds",
    "tid",
    "tids",
    "specifications",
];

/// Folders that hold documents of all kinds.
const SHELVES: [&str; 7] = ["docs", "doc", "documentation", ".", "..", "archive", "done"];

/// Length of `2025-01-11`.
const DATE: usize = 10;

/// What a document's path says of its feature.
#[derive(Debug)]
pub(super) struct Name {
    /// The file's name without its extension.
    pub(super) stem: String,
    /// The number in front: `001`.
    pub(super) number: Option<String>,
    /// The rest without words of kind, in lower case, one blank between words.
    pub(super) words: String,
    /// As `words`, spelled as in the file's name.
    spelled: String,
    /// Whose numbers and names can be compared: the folder, or the one above a folder of one kind.
    pub(super) area: String,
    /// The folder that is the feature's own.
    pub(super) own_folder: Option<String>,
}

impl Name {
    pub(super) fn of(path: &str) -> Self {
        let stem = file_name(path);
        let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem).to_owned();
        let (number, rest) = number(&stem);
        let spelled = spelled(rest);
        let words = spelled.to_lowercase();
        let here = folder(path);
        let is_bare = words.is_empty() && number.is_none();
        let own_folder = (is_bare && !is_kind(here)).then(|| here.to_owned());
        let area = if is_kind(here) { folder(here) } else { here }.to_owned();
        Self { stem, number, words, spelled, area, own_folder }
    }

    /// As [`Name::shown`], for a document alone: "target specification" loses no word there.
    pub(super) fn shown_alone(&self) -> String {
        let (number, rest) = number(&self.stem);
        let rest = rest.rsplit_once('|').map_or(rest, |(_, name)| name);
        let words: Vec<&str> = rest.split(is_gap).filter(|word| !word.is_empty()).collect();
        let lead = kind_words(words.iter());
        match (number, words.get(lead..)) {
            (Some(_), Some(words)) if !words.is_empty() => words.join(" "),
            _ => self.shown(),
        }
    }

    /// The number of the file or of its folder.
    pub(super) fn shown_number(&self) -> Option<String> {
        let of_folder = |it: &String| number(file_name(it)).0;
        self.number.clone().or_else(|| self.own_folder.as_ref().and_then(of_folder))
    }

    /// The name of the file or of its folder; for a folder of documents the one above it. Empty
    /// where none tells.
    pub(super) fn shown(&self) -> String {
        let Some(own) = self.own_folder.as_deref() else { return self.spelled.clone() };
        let mut folders = std::iter::successors(Some(own), |it| Some(folder(it)));
        let is_name = |it: &&str| it.is_empty() || !SHELVES.contains(&file_name(it));
        let (_, rest) = number(folders.find(is_name).map_or("", file_name));
        let dated = rest.split_at_checked(DATE).filter(|_| is_date(rest));
        let (date, rest) = dated.unwrap_or(("", rest));
        let words: Vec<&str> = rest.split(is_gap).filter(|word| !word.is_empty()).collect();
        format!("{date} {}", words.join(" ")).trim().to_owned()
    }
}

fn is_kind(folder: &str) -> bool {
    KINDS.contains(&file_name(folder).to_lowercase().as_str())
}

fn is_gap(c: char) -> bool {
    matches!(c, '-' | '_' | '|' | ' ')
}

/// `001` of `001_TDD-export`, `CBIN-135` of `CBIN-135-priority-list`; no date, and no single digit,
/// which counts the parts of one document.
fn number(stem: &str) -> (Option<String>, &str) {
    let letters = stem.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(stem.len());
    let start = match stem.get(letters..).and_then(|rest| rest.strip_prefix('-')) {
        Some(rest) if letters >= 2 && rest.starts_with(|c: char| c.is_ascii_digit()) => letters + 1,
        _ => 0,
    };
    let digits = stem.get(start..).unwrap_or("");
    let end = start + digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    let rest = stem.get(end..).unwrap_or("");
    let is_number = end >= start + 2 && (rest.is_empty() || rest.starts_with(is_gap));
    if !is_number || is_date(stem.get(start..).unwrap_or("")) {
        return (None, stem);
    }
    (stem.get(..end).map(str::to_owned), rest)
}

/// `2025-01-11…`
fn is_date(text: &str) -> bool {
    let mut parts = text.split('-').map(|it| it.bytes().take_while(u8::is_ascii_digit).count());
    let first = (parts.next(), parts.next(), parts.next());
    matches!(first, (Some(4), Some(2), Some(2)))
}

/// The words of a name, without those of kind at either end, and without a version at its end. What
/// stands behind a bar is the name.
fn spelled(rest: &str) -> String {
    let name = rest.rsplit_once('|').map_or(rest, |(_, name)| name);
    let mut words: Vec<&str> = name.split(is_gap).filter(|word| !word.is_empty()).collect();
    while words.last().is_some_and(|word| is_version(word)) {
        words.pop();
    }
    if name.len() == rest.len() {
        let lead = kind_words(words.iter());
        words.drain(..lead);
        let tail = trailing_kind_words(&words);
        words.truncate(words.len() - tail);
    }
    let is_model = words.iter().map(|it| it.to_lowercase()).eq(["data", "model"]);
    if is_model { String::new() } else { words.join(" ") }
}

/// How many words in front tell the kind: "technical design", but not "technical" alone.
fn kind_words<'a>(words: impl Iterator<Item = &'a &'a str>) -> usize {
    let mut count = 0;
    for (at, word) in words.enumerate() {
        match word.to_lowercase().as_str() {
            word if KIND_WORDS.contains(&word) => count = at + 1,
            word if QUALIFIERS.contains(&word) => {}
            _ => break,
        }
    }
    count
}

/// How many words at the end tell the kind, with the qualifiers before them.
fn trailing_kind_words(words: &[&str]) -> usize {
    let lower = words.iter().rev().map(|word| word.to_lowercase());
    let kinds = lower.clone().take_while(|it| KIND_WORDS.contains(&it.as_str())).count();
    let more = lower.skip(kinds).take_while(|it| QUALIFIERS.contains(&it.as_str())).count();
    if kinds == 0 { 0 } else { kinds + more }
}

/// `v1`, `v1.2.0`
fn is_version(word: &str) -> bool {
    let numbers = word.strip_prefix(['v', 'V']).unwrap_or("");
    numbers.starts_with(|c: char| c.is_ascii_digit())
        && numbers.chars().all(|c| c.is_ascii_digit() || c == '.')
}
