//! Conditions of CHECK constraints and partial indexes that mean the same in every dialect.
//!
//! A condition is written anew from its words, and only where every word is known: column names,
//! literals, comparisons, AND, OR, NOT, IS NULL, IN, BETWEEN. Functions, casts and operators of
//! another dialect would fail, or worse, mean something else.

use groundplan_model::schema::{Column, ColumnType, Table};

use super::dialect::Dialect;
use super::text;

/// The condition with its names quoted; `None` where a word of it is not known.
pub(super) fn plain(dialect: Dialect, table: &Table, condition: &str) -> Option<String> {
    let mut words = Vec::new();
    let mut depth = 0_usize;
    let mut rest = condition.trim_start();
    while !rest.is_empty() {
        let (word, after) = next(table, rest)?;
        match word.as_str() {
            "(" => depth += 1,
            ")" => depth = depth.checked_sub(1)?,
            _ => {}
        }
        let word = as_boolean(dialect, table, &words, &word).unwrap_or(word);
        words.push(word);
        rest = after.trim_start();
    }
    let is_whole = depth == 0 && !words.is_empty();
    is_whole.then(|| spaced(&words))
}

/// The truth value that a number stands for where a boolean is compared with it: `open = 1`.
fn as_boolean(dialect: Dialect, table: &Table, before: &[String], word: &str) -> Option<String> {
    let [.., column, "=" | "<>" | "!="] = before.iter().map(String::as_str).collect::<Vec<_>>()[..]
    else {
        return None;
    };
    let column = table.column(column.trim_matches('"'))?;
    let is_boolean = column.ty == ColumnType::Boolean;
    (is_boolean && matches!(word, "0" | "1")).then(|| dialect.boolean(word == "1").to_owned())
}

/// Words with spaces between them, but none inside brackets or before a comma.
fn spaced(words: &[String]) -> String {
    let mut sql = String::new();
    for word in words {
        if !sql.is_empty() && !sql.ends_with('(') && !matches!(word.as_str(), ")" | ",") {
            sql.push(' ');
        }
        sql.push_str(word);
    }
    sql
}

/// The next word in SQLite's spelling, and what follows it.
fn next<'a>(table: &Table, rest: &'a str) -> Option<(String, &'a str)> {
    let first = rest.chars().next()?;
    match first {
        '\'' => literal(rest),
        '"' => quoted_column(table, rest),
        '0'..='9' => Some(number(rest)),
        '(' | ')' | ',' | '<' | '>' | '=' | '!' => operator(rest),
        _ if first == '_' || first.is_alphabetic() => word(table, rest),
        _ => None,
    }
}

fn operator(rest: &str) -> Option<(String, &str)> {
    const OPERATORS: [&str; 10] = ["<=", ">=", "<>", "!=", "<", ">", "=", "(", ")", ","];
    OPERATORS.iter().find_map(|it| Some(((*it).to_owned(), rest.strip_prefix(it)?)))
}

/// A text literal, doubled quotes inside it kept.
fn literal(rest: &str) -> Option<(String, &str)> {
    let (inside, after) = quoted(rest, '\'')?;
    // A cast follows: `'2026-01-01'::date`.
    (!after.trim_start().starts_with(':')).then(|| (text::string(&inside), after))
}

fn quoted_column<'a>(table: &Table, rest: &'a str) -> Option<(String, &'a str)> {
    let (inside, after) = quoted(rest, '"')?;
    let column = table.column(&inside).filter(|column| compares(column))?;
    Some((text::name(&column.name), after))
}

/// What stands between quotes, and what follows them.
fn quoted(rest: &str, quote: char) -> Option<(String, &str)> {
    let mut inside = String::new();
    let mut chars = rest.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c != quote {
            inside.push(c);
        } else if chars.next_if(|(_, next)| *next == quote).is_some() {
            inside.push(quote);
        } else {
            return Some((inside, rest.get(at + 1..)?));
        }
    }
    None
}

fn number(rest: &str) -> (String, &str) {
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
    let (number, after) = rest.split_at(end);
    (number.to_owned(), after)
}

fn word<'a>(table: &Table, rest: &'a str) -> Option<(String, &'a str)> {
    const KEYWORDS: [&str; 9] =
        ["AND", "OR", "NOT", "IS", "NULL", "IN", "BETWEEN", "TRUE", "FALSE"];
    let end = rest.find(|c: char| c != '_' && !c.is_alphanumeric()).unwrap_or(rest.len());
    let (word, after) = rest.split_at(end);
    if let Some(keyword) = KEYWORDS.iter().find(|it| it.eq_ignore_ascii_case(word)) {
        return Some(((*keyword).to_owned(), after));
    }
    let column = table.column(word).filter(|column| compares(column))?;
    Some((text::name(&column.name), after))
}

/// Whether the stored form of the column's values compares as the values themselves do.
fn compares(column: &Column) -> bool {
    !matches!(
        column.ty,
        ColumnType::Decimal | ColumnType::Json | ColumnType::Array | ColumnType::Bytes
    )
}
