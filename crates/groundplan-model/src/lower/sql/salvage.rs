//! What can be read of a `CREATE TABLE` that does not parse: each definition is tried by itself, and
//! of one that fails its longest beginning, so that one slip does not cost the table.

use sqlparser::ast::{CreateTable, Statement};
use sqlparser::dialect::Dialect;
use sqlparser::parser::Parser;
use sqlparser::tokenizer::{Token, TokenWithSpan};

use super::statements::word;

/// How often a statement is tried at most.
const TRIES: usize = 400;

/// Words that go on with a definition on its next line, and never begin one.
const GOES_ON: [&str; 18] = [
    "WHERE",
    "REFERENCES",
    "ON",
    "DEFAULT",
    "NOT",
    "NULL",
    "GENERATED",
    "USING",
    "DEFERRABLE",
    "INITIALLY",
    "COLLATE",
    "INCLUDE",
    "WITH",
    "AS",
    "IN",
    "AND",
    "OR",
    "COMMENT",
];

/// The table of a broken `CREATE TABLE`, with the definitions that parse.
pub(super) fn table(dialect: &dyn Dialect, tokens: &[TokenWithSpan]) -> Option<Statement> {
    let (head, body) = parts(tokens)?;
    let mut salvage = Salvage { dialect, head, tries: TRIES, table: None };
    for definition in definitions(body) {
        salvage.definition(definition);
    }
    salvage.table.map(Statement::CreateTable)
}

/// `CREATE TABLE name (` and what follows up to the bracket that closes it.
fn parts(tokens: &[TokenWithSpan]) -> Option<(&[TokenWithSpan], &[TokenWithSpan])> {
    let mut words = tokens.iter().take(5).map(|it| word(&it.token));
    let begins = words.next().is_some_and(|it| it == "CREATE") && words.any(|it| it == "TABLE");
    let open = tokens.iter().position(|it| it.token == Token::LParen).filter(|_| begins)?;
    let (head, rest) = tokens.split_at_checked(open + 1)?;
    let mut depth = 0_usize;
    let close = rest.iter().position(|it| match it.token {
        Token::LParen => {
            depth += 1;
            false
        }
        Token::RParen if depth == 0 => true,
        Token::RParen => {
            depth -= 1;
            false
        }
        _ => false,
    });
    Some((head, rest.get(..close.unwrap_or(rest.len()))?))
}

/// The body's parts between commas outside brackets.
fn definitions(body: &[TokenWithSpan]) -> Vec<&[TokenWithSpan]> {
    let mut depth = 0_usize;
    let parts = body.split(|it| {
        match it.token {
            Token::LParen => depth += 1,
            Token::RParen => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && it.token == Token::Comma
    });
    parts.filter(|part| !part.is_empty()).collect()
}

struct Salvage<'a> {
    dialect: &'a dyn Dialect,
    head: &'a [TokenWithSpan],
    /// Tries that are left.
    tries: usize,
    table: Option<CreateTable>,
}

impl Salvage<'_> {
    /// Adds what a definition says, and the one that follows it where a comma is missing.
    fn definition(&mut self, tokens: &[TokenWithSpan]) {
        let start = tokens.iter().position(|it| may_begin(&it.token)).unwrap_or(tokens.len());
        let mut tokens = tokens.get(start..).unwrap_or_default();
        while let Some((read, len)) = self.beginning(tokens) {
            self.add(read);
            let rest = tokens.get(len..).unwrap_or_default();
            let next = rest.iter().zip(tokens.iter().skip(len - 1)).position(|(it, before)| {
                it.span.start.line > before.span.end.line && may_begin(&it.token)
            });
            let Some(next) = next.and_then(|at| rest.get(at..)) else { return };
            tokens = next;
        }
    }

    /// The longest beginning that is a definition, and its length. One word alone is none.
    fn beginning(&mut self, tokens: &[TokenWithSpan]) -> Option<(CreateTable, usize)> {
        for len in (2..=tokens.len()).rev() {
            self.tries = self.tries.checked_sub(1)?;
            if let Some(read) = self.parse(tokens.get(..len)?) {
                return Some((read, len));
            }
        }
        None
    }

    fn parse(&self, definition: &[TokenWithSpan]) -> Option<CreateTable> {
        let mut tokens = self.head.to_vec();
        tokens.extend_from_slice(definition);
        let close = definition.last()?.span;
        tokens.push(TokenWithSpan { token: Token::RParen, span: close });
        let mut parser = Parser::new(self.dialect).with_tokens_with_locations(tokens);
        match parser.parse_statement().ok()? {
            Statement::CreateTable(table) => Some(table),
            _ => None,
        }
    }

    fn add(&mut self, read: CreateTable) {
        match &mut self.table {
            Some(table) => {
                table.columns.extend(read.columns);
                table.constraints.extend(read.constraints);
            }
            None => self.table = Some(read),
        }
    }
}

/// Whether a definition may begin with `token`.
fn may_begin(token: &Token) -> bool {
    let word = word(token);
    !word.is_empty() && !GOES_ON.contains(&word.as_str())
}
