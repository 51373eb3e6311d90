//! `mojibake`: UTF-8 that was read as Windows-1252 and saved again.

use groundplan_model::Severity;
use groundplan_syntax::{Edit, Span};

use super::{Check, FixKind, Rule};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "mojibake",
    group: "markdown",
    summary: "letters were read in a wrong encoding and saved so",
    page: include_str!("mojibake.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::Unsafe,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

/// The characters that Windows-1252 has at 0x80 to 0x9F (WHATWG, Encoding, index windows-1252);
/// the five bytes that it leaves open are themselves.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let source = &context.document.source;
    let broken = broken(source.text());
    let Some((first, repaired)) = broken.first() else { return lost(context, findings) };
    let places = match broken.len() {
        1 => String::new(),
        2 => ", here and in one more place".to_owned(),
        count => format!(", here and in {} more places", count - 1),
    };
    let message = format!("`{}` is `{repaired}` in a wrong encoding{places}", source.slice(*first));
    let edits = broken.iter().map(|(span, text)| Edit::replace(*span, text.clone())).collect();
    findings
        .report(*first, message)
        .help("put back the letters that were meant")
        .unsafe_fix("put back the letters", edits);
}

/// U+FFFD stands where somebody's program could not read a letter.
fn lost(context: &Context<'_>, findings: &mut Findings<'_>) {
    let source = &context.document.source;
    let sign = char::REPLACEMENT_CHARACTER;
    // Where our own reading put it, `invalid-utf8` says so.
    let Some(at) = source.text().find(sign).filter(|_| source.invalid_utf8().is_none()) else {
        return;
    };
    findings
        .report(Span::new(at, at + sign.len_utf8()), "a letter was lost here: this is its mark")
        .help("write the letter that was meant");
}

/// Runs of broken letters with what they were.
fn broken(text: &str) -> Vec<(Span, String)> {
    let mut found = Vec::new();
    let mut done = 0;
    // The first letter of a broken one is one of U+00C2 to U+00F4, which all begin with this byte.
    for at in memchr::memchr_iter(0xC3, text.as_bytes()) {
        if at >= done
            && let Some((len, repaired)) = text.get(at..).and_then(run)
        {
            done = at + len;
            found.push((Span::new(at, done), repaired));
        }
    }
    found
}

/// The run that `text` begins with: its length and what it was. A text may have been broken twice.
fn run(text: &str) -> Option<(usize, String)> {
    let mut repaired = String::new();
    let mut len = 0;
    let mut letters = 0;
    while let Some((letter, width)) = text.get(len..).and_then(letter) {
        repaired.push(letter);
        len += width;
        letters += 1;
    }
    // "É…" and "Ñ”" are a letter and a sign; only Latin letters of one byte more are sure alone.
    let is_sure = letters >= 2 || text.starts_with(['Â', 'Ã']) || repaired.len() >= 3;
    let twice = || run(&repaired).filter(|(len, _)| *len == repaired.len());
    (letters > 0 && is_sure).then(|| (len, twice().map_or_else(|| repaired.clone(), |it| it.1)))
}

/// The letter whose UTF-8 bytes `text` begins with, each as a character of Windows-1252, and how
/// much of `text` they take.
fn letter(text: &str) -> Option<(char, usize)> {
    let mut bytes = Vec::with_capacity(4);
    let mut width = 0;
    for c in text.chars().take(4) {
        bytes.push(byte(c)?);
        width += c.len_utf8();
        let letter = std::str::from_utf8(&bytes).ok().and_then(|it| it.chars().next());
        if let Some(letter) = letter {
            return (bytes.len() > 1).then_some((letter, width));
        }
    }
    None
}

/// The byte of Windows-1252 that shows as `c`.
fn byte(c: char) -> Option<u8> {
    let high = HIGH.iter().position(|it| *it == c).and_then(|at| u8::try_from(at + 0x80).ok());
    high.or_else(|| u8::try_from(u32::from(c)).ok())
}
