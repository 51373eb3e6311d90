//! Ids such as `FR-1.2`, `AC-US1-01`, `REQ-SK-100`, `E1-S1-T1.1`.

use groundplan_syntax::Span;

use super::scan;

/// Whether a prefix names a standard, a format or another kind of document: no requirement's.
fn is_foreign(prefix: &str) -> bool {
    matches!(
        prefix,
        "ADR"
            | "AES"
            | "API"
            | "ARM"
            | "BATCH"
            | "BCP"
            | "CBC"
            | "CVE"
            | "CWE"
            | "DB"
            | "DES"
            | "EC"
            | "ECMA"
            | "ES"
            | "GPT"
            | "GPU"
            | "H"
            | "HS"
            | "HTTP"
            | "IDL"
            | "IPV"
            | "ISO"
            | "JSON"
            | "KEP"
            | "L"
            | "MD"
            | "MSC"
            | "OS"
            | "P"
            | "PBKDF"
            | "PR"
            | "PRD"
            | "RFC"
            | "RS"
            | "RSA"
            | "SCRAM"
            | "SHA"
            | "SSE"
            | "TLS"
            | "UTF"
            | "UUID"
            | "V"
            | "VP"
            | "X"
    )
}

/// Whether a prefix always names a requirement, a story or a criterion.
fn is_known(prefix: &str) -> bool {
    matches!(
        prefix,
        "FR" | "NFR"
            | "REQ"
            | "US"
            | "AC"
            | "SC"
            | "BR"
            | "UC"
            | "STORY"
            | "EPIC"
            | "TR"
            | "SR"
            | "CR"
            | "UR"
            | "EC"
            | "NFREQ"
            | "FREQ"
    )
}

/// An id in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Id<'a> {
    pub(crate) text: &'a str,
    /// The letters before the first digit or hyphen.
    pub(super) prefix: &'a str,
    pub(crate) span: Span,
}

impl Id<'_> {
    /// Whether the prefix alone makes it one.
    pub(crate) fn is_known(&self) -> bool {
        // The machines of a cloud are no edge case.
        is_known(self.prefix) && self.text != "EC2"
    }

    /// Whether the prefix names something else.
    pub(super) fn is_foreign(&self) -> bool {
        is_foreign(self.prefix) && !self.is_known() || self.prefix == "T"
    }

    /// Whether an id whose prefix nobody knows looks like a requirement's: `CBIN-124`, not the `M1`
    /// of a milestone, the `Q3` of a question or the `MC1` of a screen.
    pub(super) fn may_be_one(&self) -> bool {
        let rest = self.text.get(self.prefix.len()..).unwrap_or("");
        self.is_known() || self.prefix.len() >= 3 && rest.starts_with('-') && !self.is_foreign()
    }
}

/// The id at the start of `text`, which stands at `base`; marks of emphasis, code and boxes before
/// it are read over.
pub(super) fn at_start(text: &str, base: usize) -> Option<Id<'_>> {
    let is_mark = |byte: u8| matches!(byte, b'*' | b'`' | b'_' | b' ' | b'~');
    let start = |text: &str| text.bytes().position(|byte| !is_mark(byte));
    let at = start(text)?;
    let body = text.get(at..)?;
    // Most texts begin with a word, and are done with here.
    match body.as_bytes().first()? {
        b'A'..=b'Z' => return token(body, base + at),
        b'[' => {}
        _ => return None,
    }
    let body = without_box(body);
    let body = body.get(start(body)?..)?;
    let body = body.strip_prefix('[').unwrap_or(body);
    token(body, base + text.len() - body.len())
}

/// `text` without the box of a task before it, whatever its mark: `[ ] `, `[x] `, `[~] `.
pub(super) fn without_box(text: &str) -> &str {
    let rest = text.strip_prefix('[').and_then(|it| {
        let mark = it.chars().next()?;
        it.get(mark.len_utf8()..)?.strip_prefix("] ")
    });
    rest.unwrap_or(text)
}

/// Every id in `text`.
pub(crate) fn all(text: &str, base: usize) -> Vec<Id<'_>> {
    let mut found = Vec::new();
    let is_joint = |byte: u8| byte == b'-' || byte.is_ascii_digit();
    // Letters go over into a number or a hyphen: that is rarer than their beginning.
    for joint in scan::pairs(text, |byte| byte.is_ascii_uppercase(), is_joint) {
        let before = text.as_bytes().get(..=joint).unwrap_or_default();
        let letters = before.iter().rev().take_while(|byte| byte.is_ascii_uppercase()).count();
        let at = joint + 1 - letters;
        if !before.get(..at).is_some_and(|it| it.last().is_some_and(is_part_of_word)) {
            let rest = text.get(at..).unwrap_or("");
            found.extend(token(rest, base + at).filter(|id| !is_slug(rest, id.text.len())));
        }
    }
    found
}

fn is_part_of_word(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'/' | b'.')
}

/// Whether what begins as an id goes on as the name of a folder: `EPIC-2025-shop`.
fn is_slug(text: &str, len: usize) -> bool {
    let rest = text.get(len..).and_then(|it| it.strip_prefix('-'));
    rest.is_some_and(|it| it.starts_with(|c: char| c.is_ascii_lowercase()))
}

/// `LETTERS[-WORD]*` with a number at its end: `FR-1.2`, `FR1`, `AC-US1-01`, `US-002E`.
fn token(text: &str, base: usize) -> Option<Id<'_>> {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let joint = *text.as_bytes().get(letters)?;
    if letters == 0 || joint != b'-' && !joint.is_ascii_digit() {
        return None;
    }
    let is_part = |byte: &u8| {
        byte.is_ascii_uppercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.')
    };
    let len = text.bytes().take_while(is_part).count();
    let whole = text.get(..len)?.trim_end_matches(['-', '.']);
    let whole = text.get(..whole.len() + variant(text, whole))?;
    let after = text.get(whole.len()..)?.chars().next();
    let rest = whole.get(letters..)?;
    let last = rest.rsplit(['-', '.']).next()?;
    let numbered = last.starts_with(|c: char| c.is_ascii_digit())
        || last
            .trim_start_matches(|c: char| c.is_ascii_uppercase())
            .starts_with(|c: char| c.is_ascii_digit());
    let short = (1..=8).contains(&letters) && whole.len() <= 24;
    let joined = rest.starts_with('-') || rest.starts_with(|c: char| c.is_ascii_digit());
    let ends = !after.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    // Letters after the number belong to an id with hyphens: `US-002E`. "E2E" is a word.
    let numbered = numbered && (rest.contains('-') || !rest.contains(|c: char| c.is_alphabetic()));
    (short && joined && numbered && ends && !rest.as_bytes().windows(2).any(|it| it == b"..")).then(
        || Id {
            text: whole,
            prefix: text.get(..letters).unwrap_or(""),
            span: Span::new(base, base + whole.len()),
        },
    )
}

/// The length of a letter that tells variants apart: that of `BR-2.5a`.
fn variant(text: &str, whole: &str) -> usize {
    let mut after = text.get(whole.len()..).unwrap_or("").chars();
    let is_letter = after.next().is_some_and(|c| c.is_ascii_lowercase());
    let ends = !after.next().is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    usize::from(is_letter && ends && whole.ends_with(|c: char| c.is_ascii_digit()))
}
