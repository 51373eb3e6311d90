//! Names of types and functions at the top level, by the words that lines begin with: asking a
//! grammar would mean to parse every file.

#[cfg(test)]
mod tests;

use super::syntax::{Lines, ident};
use super::{CodeFile, Language, Named};
use crate::Certainty;

/// Words before a definition, and words that make one.
struct Words {
    languages: &'static [Language],
    before: &'static [&'static str],
    kinds: &'static [&'static str],
}

static WORDS: &[Words] = &[
    Words {
        languages: &[Language::Rust],
        before: &["pub(crate) ", "pub(super) ", "pub ", "default ", "async ", "const ", "unsafe "],
        kinds: &["fn ", "struct ", "enum ", "trait ", "type ", "union ", "macro_rules! "],
    },
    Words { languages: &[Language::Python], before: &["async "], kinds: &["def ", "class "] },
    Words {
        languages: &[Language::JavaScript, Language::TypeScript, Language::Tsx],
        before: &["export ", "default ", "declare ", "abstract ", "async "],
        kinds: &["function* ", "function ", "class ", "interface ", "type ", "enum ", "const "],
    },
    Words { languages: &[Language::Go], before: &[], kinds: &["func ", "type "] },
    Words {
        languages: &[Language::Java],
        before: &["public ", "abstract ", "final ", "sealed ", "non-sealed ", "strictfp "],
        kinds: &["class ", "interface ", "enum ", "record ", "@interface "],
    },
];

pub(super) fn read(file: &mut CodeFile, text: &str) {
    let Some(words) = WORDS.iter().find(|it| it.languages.contains(&file.language)) else { return };
    let lines = Lines::of(text);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some(name) = defined(line, words) {
            let start = at + line.len() - name.len();
            let name = ident(name);
            let place = lines.place(&(start..start + name.len()));
            let (name, certainty) = (name.to_owned(), Certainty::Inferred);
            file.symbols.extend((!name.is_empty()).then_some(Named { name, place, certainty }));
        }
        at += line.len();
    }
}

/// The line from the name that it defines on.
fn defined<'a>(line: &'a str, words: &Words) -> Option<&'a str> {
    let first = line.bytes().next()?;
    if !first.is_ascii_alphabetic() && first != b'@' {
        return None;
    }
    let mut rest = line;
    while let Some(behind) = words.before.iter().find_map(|it| rest.strip_prefix(it)) {
        rest = behind;
    }
    let kind = words.kinds.iter().find(|it| rest.starts_with(**it))?;
    let name = rest.get(kind.len()..)?;
    match *kind {
        // A constant counts where it is a function.
        "const " => is_function(name).then_some(name),
        // `func (c *Cart) Total()` is a method.
        "func " if name.starts_with('(') => None,
        _ => Some(name),
    }
}

/// `name = (a) => …`, `name = async function …`.
fn is_function(line: &str) -> bool {
    let value = line.split_once(" = ").map_or("", |it| it.1);
    let value = value.strip_prefix("async ").unwrap_or(value);
    value.starts_with("function") || value.starts_with('(') && !value.starts_with("()(")
}
