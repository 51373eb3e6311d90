//! Variables that sentences name: `` `DATABASE_URL` ``, "environment variables (API_TOKEN)",
//! `` `$XDG_CONFIG_HOME/app` ``, `%APPDATA%`.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use groundplan_syntax::Span;

use super::super::Reading;
use super::super::clues::Clue;
use super::{name, push};
use crate::document::Text;

/// What a line says that speaks of variables.
static ABOUT: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let words =
        ["env var", "environment variable", " env ", "env:", ".env", "環境変数", "환경 변수"];
    AhoCorasick::builder().ascii_case_insensitive(true).build(words).ok()
});

/// First words of names that say nothing of whose variables they are.
const COMMON: [&str; 8] = ["API", "APP", "DB", "DEFAULT", "ENV", "HTTP", "MAX", "MIN"];

/// A name in marks of code.
struct Code<'a> {
    name: &'a str,
    start: usize,
    /// Whether it is a variable by itself or by its sentence.
    is_sure: bool,
}

pub(super) fn read(reading: &Reading<'_>, found: &mut Vec<Text>) {
    let codes = codes(reading);
    for code in codes.iter().filter(|it| it.is_sure) {
        push(code.name, code.start, found);
    }
    plain(reading, found);
    windows(reading.text, found);
    homes(reading.text, found);
    // `SHOP_CATEGORIES` beside a known `SHOP_TOKEN`.
    for code in codes.iter().filter(|it| !it.is_sure) {
        if owner(code.name).is_some_and(|own| found.iter().any(|it| owner(&it.text) == Some(own))) {
            push(code.name, code.start, found);
        }
    }
}

/// Whose variable a name is: its first word, where that tells.
fn owner(name: &str) -> Option<&str> {
    let (first, _) = name.split_once('_')?;
    (first.len() >= 3 && !COMMON.contains(&first)).then_some(first)
}

fn codes<'a>(reading: &Reading<'a>) -> Vec<Code<'a>> {
    let contents = reading.index.codes.iter();
    contents.filter_map(|content| code(reading, *content)).collect()
}

fn code<'a>(reading: &Reading<'a>, content: Span) -> Option<Code<'a>> {
    let text = reading.text.get(content.range())?;
    // Most of what stands in marks of code is no name of a variable.
    text.bytes().next().filter(|it| it.is_ascii_uppercase() || *it == b'$')?;
    let body = text.strip_prefix("${").or_else(|| text.strip_prefix('$')).unwrap_or(text);
    let named = leading(body)?;
    let rest = body.get(named.len()..)?;
    let start = content.start as usize + text.len() - body.len();
    let is_called_one =
        (rest.is_empty() || rest.starts_with('=')) && says_env_next(reading, content);
    let is_expanded = match text.strip_prefix('$') {
        Some(it) if it.starts_with('{') => rest == "}",
        Some(_) => rest.is_empty() || rest.starts_with('/'),
        None => rest.starts_with('='),
    };
    let is_alone = rest.is_empty();
    let is_sure = is_called_one
        || is_expanded
        || is_alone && (is_usual(named) || is_set(reading, content) || speaks(reading, content))
        || is_alone && is_listed(reading, content);
    let may_be_one = is_called_one || named.contains('_') && (is_sure || is_alone);
    may_be_one.then_some(Code { name: named, start, is_sure })
}

/// The name at the start of `text`; one of two letters too, since what follows decides.
fn leading(text: &str) -> Option<&str> {
    name(text).or_else(|| {
        let rest = text.strip_prefix("CI")?;
        (rest.is_empty() || rest.starts_with('=')).then(|| text.get(..2))?
    })
}

/// Whether a name ends as those of settings do.
fn is_usual(name: &str) -> bool {
    const LAST: [&str; 12] = [
        "TOKEN", "KEY", "SECRET", "PASSWORD", "URL", "URI", "DSN", "HOST", "PORT", "PAT",
        "TIMEOUT", "LEVEL",
    ];
    name.rsplit('_').next().is_some_and(|last| LAST.contains(&last))
}

/// "`CI` env var", "`CI=true` environment variable".
fn says_env_next(reading: &Reading<'_>, content: Span) -> bool {
    let after = after(reading, content);
    ["env var", "environment variable"].iter().any(|it| after.starts_with(it))
}

/// "via `SHOP_REPO`", "`SHOP_LIMIT` (default 2)".
fn is_set(reading: &Reading<'_>, content: Span) -> bool {
    let before =
        reading.text.get(..content.start as usize).unwrap_or("").trim_end_matches(['`', ' ']);
    let leads = [" via", "(via", " set", " setting"].iter().any(|it| before.ends_with(it));
    let after = after(reading, content);
    leads
        || ["(default", "must be set", "must be configured"].iter().any(|it| after.starts_with(it))
}

fn after<'a>(reading: &Reading<'a>, content: Span) -> &'a str {
    reading.text.get(content.end as usize..).unwrap_or("").trim_start_matches(['`', ' '])
}

/// Whether a name begins an item below a heading about environment variables.
fn is_listed(reading: &Reading<'_>, content: Span) -> bool {
    let line = reading.source.line_of(content.start as usize);
    let before = Span { start: line.start, end: content.start };
    let is_first = reading.source.slice(before).trim_matches(['-', '*', '+', ' ', '`']).is_empty();
    let titled =
        || reading.title_at(content.start).is_some_and(|it| it.contains("environment variable"));
    is_first && titled()
}

/// Whether the line of a name speaks of environment variables.
fn speaks(reading: &Reading<'_>, content: Span) -> bool {
    about(reading.source.slice(reading.source.line_of(content.start as usize)))
}

/// Whether a line speaks of environment variables or of the file that holds them, and not of
/// `process.env`.
fn about(line: &str) -> bool {
    let mut hits = ABOUT.iter().flat_map(|it| it.find_iter(line));
    hits.any(|hit| {
        let before = line.get(..hit.start()).and_then(|it| it.chars().next_back());
        !line.get(hit.range()).is_some_and(|it| it.starts_with('.'))
            || !before.is_some_and(char::is_alphanumeric)
    })
}

/// Names without marks of code, on lines that speak of variables.
fn plain(reading: &Reading<'_>, found: &mut Vec<Text>) {
    let triggers = reading.clues.of(Clue::Environment);
    if triggers.is_empty() {
        return;
    }
    for block in reading.index.texts_at(&triggers) {
        let mut at = block.span.start as usize;
        for line in reading.source.slice(block.span).split_inclusive('\n') {
            if about(line) {
                names(line, at, found);
            }
            at += line.len();
        }
    }
}

/// Every name with an underscore in `line`, which begins at `base`.
fn names(line: &str, base: usize, found: &mut Vec<Text>) {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '/' | '-' | '<' | '{');
    let mut from = 0;
    while let Some(len) = line.get(from..).and_then(|it| it.find(|c: char| c.is_ascii_uppercase()))
    {
        let at = from + len;
        let rest = line.get(at..).unwrap_or("");
        let run = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let begins = !line.get(..at).is_some_and(|it| it.ends_with(is_part));
        from = at + run;
        let whole = name(rest).filter(|it| it.len() == run && it.contains('_') && begins);
        if let Some(named) = whole {
            push(named, base + at, found);
        }
    }
}

/// `%APPDATA%`.
fn windows(text: &str, found: &mut Vec<Text>) {
    for at in memchr::memchr_iter(b'%', text.as_bytes()) {
        let rest = text.get(at + 1..).unwrap_or("");
        if let Some(named) = name(rest).filter(|it| rest.as_bytes().get(it.len()) == Some(&b'%')) {
            push(named, at + 1, found);
        }
    }
}

/// `$XDG_CONFIG_HOME/app`, in blocks too: a script's own variables are no homes.
fn homes(text: &str, found: &mut Vec<Text>) {
    for at in memchr::memchr_iter(b'$', text.as_bytes()) {
        let body = text.get(at + 1..).unwrap_or("");
        let body = body.strip_prefix('{').unwrap_or(body);
        if let Some(named) = name(body).filter(|it| it.ends_with("_HOME")) {
            push(named, text.len() - body.len(), found);
        }
    }
}
