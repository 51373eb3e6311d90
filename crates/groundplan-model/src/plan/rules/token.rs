//! A rule's text as words, numbers, texts and signs.

use groundplan_syntax::Span;

use super::Fault;

/// A part of a rule with its place in the document.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) span: Span,
}

/// What a part is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// A name or a word of the language.
    Word(String),
    /// `12`, `0.5`
    Number(String),
    /// `"paid"` or `'paid'`
    Text(String),
    /// One of [`SIGNS`], or the end of a statement.
    Sign(&'static str),
}

/// The end of a statement: `;` or the end of a line.
pub(super) const END: &str = ";";

/// Longer ones first.
const SIGNS: [&str; 19] = [
    "<=", ">=", "!=", "<>", "==", "=", "<", ">", "+", "-", "*", "(", ")", "[", "]", ",", ".", ";",
    "/",
];

/// The tokens of `text`, which begins at `start` in the document. A line's end ends the statement
/// except inside brackets and behind a comma or an operator.
pub(super) fn tokens(text: &str, start: usize) -> Result<Vec<Token>, Fault> {
    let mut found: Vec<Token> = Vec::new();
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|it| it.chars().next()) {
        let rest = text.get(at..).unwrap_or("");
        let (kind, len) = match c {
            '\n' if depth == 0 && ends(found.last()) && !goes_on(rest) => {
                (Some(Kind::Sign(END)), 1)
            }
            _ if c.is_whitespace() => (None, c.len_utf8()),
            '#' => (None, rest.find('\n').unwrap_or(rest.len())),
            '-' if rest.starts_with("--") => (None, rest.find('\n').unwrap_or(rest.len())),
            '"' | '\'' => quoted(rest, c, start + at)?,
            _ if c.is_ascii_digit() => word(rest, |c| c.is_ascii_digit() || c == '.', Kind::Number),
            _ if c.is_alphabetic() || c == '_' => {
                word(rest, |c| c.is_alphanumeric() || c == '_', Kind::Word)
            }
            _ => sign(rest, start + at)?,
        };
        match kind {
            Some(Kind::Sign("(" | "[")) => depth += 1,
            Some(Kind::Sign(")" | "]")) => depth = depth.saturating_sub(1),
            _ => {}
        }
        // A line's end has no place of its own to point at.
        let width = if c == '\n' { 0 } else { len };
        let span = Span::new(start + at, start + at + width);
        found.extend(kind.map(|kind| Token { kind, span }));
        at += len;
    }
    Ok(found)
}

/// Whether a line's end behind `last` ends the statement.
fn ends(last: Option<&Token>) -> bool {
    let goes_on = |kind: &Kind| match kind {
        Kind::Sign(sign) => !matches!(*sign, ")" | "]"),
        Kind::Word(word) => {
            matches!(
                word.as_str(),
                "and" | "or" | "not" | "set" | "require" | "else" | "in" | "call" | "with" | "as"
            )
        }
        _ => false,
    };
    last.is_some_and(|token| !goes_on(&token.kind))
}

/// Whether the next line begins with a word that begins no statement.
fn goes_on(rest: &str) -> bool {
    let word = rest.split_whitespace().next();
    matches!(word, Some("else" | "and" | "or" | "where" | "with" | "as"))
}

fn quoted(rest: &str, quote: char, at: usize) -> Result<(Option<Kind>, usize), Fault> {
    let body = rest.get(1..).unwrap_or("");
    let Some(end) = body.find(quote).filter(|end| !body.get(..*end).unwrap_or("").contains('\n'))
    else {
        let message = "the text has no closing quotation mark".to_owned();
        return Err(Fault { message, span: Span::new(at, at + 1) });
    };
    let text = body.get(..end).unwrap_or("").to_owned();
    Ok((Some(Kind::Text(text)), end + 2))
}

fn word(
    rest: &str,
    is_part: impl Fn(char) -> bool,
    kind: fn(String) -> Kind,
) -> (Option<Kind>, usize) {
    let len = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
    (Some(kind(rest.get(..len).unwrap_or("").to_owned())), len)
}

fn sign(rest: &str, at: usize) -> Result<(Option<Kind>, usize), Fault> {
    match SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
        Some(sign) => Ok((Some(Kind::Sign(sign)), sign.len())),
        None => {
            let c = rest.chars().next().unwrap_or(' ');
            let message = format!("`{c}` has no meaning in a rule");
            Err(Fault { message, span: Span::new(at, at + c.len_utf8()) })
        }
    }
}
