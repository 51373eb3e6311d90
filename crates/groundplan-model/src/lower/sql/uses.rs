//! Tables and columns that queries name: by their tokens, so that a query in an unknown dialect
//! counts as well.

use std::borrow::Cow;

use std::collections::HashMap;

use sqlparser::tokenizer::{Token, TokenWithSpan};

use super::statements::{Block, word};
use crate::document::Text;
use crate::schema::{NameUse, Schema};

/// Words after which a table is named.
const BEFORE_TABLE: [&str; 4] = ["FROM", "JOIN", "INTO", "UPDATE"];
/// Words that may stand where an alias would.
const NO_ALIAS: [&str; 21] = [
    "WHERE",
    "ON",
    "JOIN",
    "LEFT",
    "RIGHT",
    "INNER",
    "OUTER",
    "CROSS",
    "FULL",
    "SET",
    "ORDER",
    "GROUP",
    "HAVING",
    "LIMIT",
    "VALUES",
    "USING",
    "RETURNING",
    "UNION",
    "SELECT",
    "AS",
    "NATURAL",
];

pub(super) fn read(block: &Block<'_>, tokens: &[TokenWithSpan], schema: &mut Schema) {
    let first = tokens.first().map(|it| word(&it.token)).unwrap_or_default();
    if !["SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "EXPLAIN"].contains(&first.as_str()) {
        return;
    }
    let own = common_names(tokens);
    let mut aliases: HashMap<String, Text> = HashMap::new();
    for (at, token) in tokens.iter().enumerate() {
        if !BEFORE_TABLE.contains(&word(&token.token).as_str()) {
            continue;
        }
        let Some((name, after)) = table(block, tokens, at + 1) else { continue };
        if own.contains(&name.text.to_uppercase()) {
            continue;
        }
        aliases.insert(name.text.to_uppercase(), name.clone());
        if let Some(alias) = alias(tokens, after) {
            aliases.insert(alias, name.clone());
        }
        schema.uses.push(NameUse { table: name, column: None, by: Cow::Borrowed("query") });
    }
    columns(block, tokens, &aliases, schema);
}

/// Names that the query itself defines: `WITH recent AS (…)`.
fn common_names(tokens: &[TokenWithSpan]) -> Vec<String> {
    let names = tokens.windows(3).filter(|three| {
        let [_, second, third] = three else { return false };
        word(&second.token) == "AS" && third.token == Token::LParen
    });
    names.filter_map(|three| three.first().map(|it| word(&it.token))).collect()
}

/// The table named at `at`, schema prefix skipped, and where its alias may stand. A function such
/// as `unnest(…)` is no table.
fn table(block: &Block<'_>, tokens: &[TokenWithSpan], at: usize) -> Option<(Text, usize)> {
    let mut at = at;
    if matches!(word(&tokens.get(at)?.token).as_str(), "ONLY" | "LATERAL") {
        at += 1;
    }
    while tokens.get(at + 1).is_some_and(|next| next.token == Token::Period) {
        at += 2;
    }
    let token = tokens.get(at)?;
    let Token::Word(name) = &token.token else { return None };
    let is_reserved = name.quote_style.is_none() && NO_ALIAS.contains(&word(&token.token).as_str());
    // INSERT INTO orders (id) names a table; FROM generate_series(1, 3) does not.
    let called = tokens.get(at + 1).is_some_and(|next| next.token == Token::LParen);
    let inserts = at > 0 && tokens.get(at - 1).is_some_and(|it| word(&it.token) == "INTO");
    let text = Text { text: name.value.clone(), span: block.span(token.span) };
    (!is_reserved && (!called || inserts)).then_some((text, at + 1))
}

fn alias(tokens: &[TokenWithSpan], at: usize) -> Option<String> {
    let name = word(&tokens.get(at)?.token);
    if name == "AS" {
        return Some(word(&tokens.get(at + 1)?.token));
    }
    (!name.is_empty() && !NO_ALIAS.contains(&name.as_str())).then_some(name)
}

/// `alias.column` anywhere in the query.
fn columns(
    block: &Block<'_>,
    tokens: &[TokenWithSpan],
    aliases: &HashMap<String, Text>,
    schema: &mut Schema,
) {
    for three in tokens.windows(3) {
        let [first, dot, last] = three else { continue };
        let Token::Word(column) = &last.token else { continue };
        if dot.token != Token::Period {
            continue;
        }
        let Some(table) = aliases.get(&word(&first.token)) else { continue };
        let column = Text { text: column.value.clone(), span: block.span(last.span) };
        schema.uses.push(NameUse {
            table: table.clone(),
            column: Some(column),
            by: Cow::Borrowed("query"),
        });
    }
}
