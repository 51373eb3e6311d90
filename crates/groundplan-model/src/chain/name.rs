//! What a document's path says of the feature: a number, a name, or a folder of its own.

use crate::Document;
use crate::paths::{file_name, folder};

/// Words of file names that tell the kind of a document, not its feature.
const ROLES: [&str; 37] = [
    "adr",
    "brd",
    "checklist",
    "design",
    "development",
    "feature",
    "fprd",
    "ftasks",
    "ftdd",
    "ftid",
    "implementation",
    "mini",
    "nmap",
    "padr",
    "plan",
    "pprd",
    "ppr",
    "prd",
    "product",
    "proposal",
    "quickstart",
    "readme",
    "requirements",
    "research",
    "review",
    "spec",
    "specification",
    "task",
    "tasks",
    "tdd",
    "technical",
    "tech",
    "tid",
    "index",
    "document",
    "doc",
    "requirement",
];

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
const SHELVES: [&str; 8] = ["docs", "doc", "documentation", ".", "", "0xcc", "archive", "done"];

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
    pub(super) fn of(document: &Document) -> Self {
        let path = document.source.path();
        let stem = file_name(path);
        let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem).to_owned();
        let (number, rest) = number(&stem);
        let spelled = spelled(rest);
        let words = spelled.to_lowercase();
        let here = folder(path);
        let is_shelf = SHELVES.contains(&file_name(here)) || is_kind(here);
        let is_bare = words.is_empty() && number.is_none();
        let own_folder = (is_bare && !is_shelf).then(|| here.to_owned());
        let area = if is_kind(here) { folder(here) } else { here }.to_owned();
        Self { stem, number, words, spelled, area, own_folder }
    }

    /// The number of the file or of its folder.
    pub(super) fn shown_number(&self) -> Option<String> {
        let of_folder = |it: &String| number(file_name(it)).0;
        self.number.clone().or_else(|| self.own_folder.as_ref().and_then(of_folder))
    }

    /// The name of the file or of its folder.
    pub(super) fn shown(&self) -> String {
        match &self.own_folder {
            Some(folder) if self.words.is_empty() => {
                let (_, rest) = number(file_name(folder));
                let dated = rest.split_at_checked(DATE).filter(|_| is_date(rest));
                let (date, rest) = dated.unwrap_or(("", rest));
                format!("{date}{}", rest.replace(is_gap, " ")).trim().to_owned()
            }
            _ => self.spelled.clone(),
        }
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

/// The words of a name, without those of kind at either end, and without a version at its end.
fn spelled(rest: &str) -> String {
    let mut words: Vec<&str> = rest.split(is_gap).filter(|word| !word.is_empty()).collect();
    while words.last().is_some_and(|word| is_role(word) || is_version(word)) {
        words.pop();
    }
    let lead = words.iter().take_while(|word| is_role(word)).count();
    words.drain(..lead);
    if words.iter().map(|it| it.to_lowercase()).eq(["data", "model"]) {
        String::new()
    } else {
        words.join(" ")
    }
}

fn is_role(word: &str) -> bool {
    ROLES.contains(&word.to_lowercase().as_str())
}

/// `v1`, `v1.2.0`
fn is_version(word: &str) -> bool {
    let numbers = word.strip_prefix(['v', 'V']).unwrap_or("");
    numbers.starts_with(|c: char| c.is_ascii_digit())
        && numbers.chars().all(|c| c.is_ascii_digit() || c == '.')
}
