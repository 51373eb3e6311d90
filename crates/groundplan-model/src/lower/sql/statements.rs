//! A SQL block cut into statements, each parsed by the first dialect that takes the whole block, so
//! that one broken statement does not cost the others.

use groundplan_syntax::Span;
use sqlparser::ast::Statement;
use sqlparser::dialect::{Dialect, GenericDialect, MySqlDialect, PostgreSqlDialect, SQLiteDialect};
use sqlparser::parser::Parser;
use sqlparser::tokenizer::{Location, Token, TokenWithSpan, Tokenizer};

use super::salvage;
use crate::document::Text;

/// A fenced block of SQL.
pub(super) struct Block<'a> {
    text: &'a str,
    content: Span,
    lines: Vec<usize>,
}

/// One statement: its tokens, and what they parse to or why they don't.
pub(super) struct Parsed {
    /// Its tokens, comments and white space left out.
    pub(super) tokens: Vec<TokenWithSpan>,
    /// The statement, or a fault; no fault where the text was not meant to parse.
    pub(super) parsed: Result<Statement, Option<Text>>,
    /// What can be read of a table that does not parse.
    pub(super) salvaged: Option<Statement>,
}

/// Statements that we claim to know well enough to call them broken.
const JUDGED: [&str; 6] = ["ALTER", "SELECT", "INSERT", "UPDATE", "DELETE", "WITH"];

/// What `CREATE` makes that no schema needs: broken or not, it is read over. Any other word behind
/// `CREATE` is a table, an index, or a spelling mistake.
const READ_OVER: [&str; 24] = [
    "TRIGGER",
    "FUNCTION",
    "PROCEDURE",
    "POLICY",
    "EXTENSION",
    "VIEW",
    "MATERIALIZED",
    "TYPE",
    "DOMAIN",
    "SEQUENCE",
    "SCHEMA",
    "DATABASE",
    "ROLE",
    "USER",
    "RULE",
    "OR",
    "VIRTUAL",
    "FOREIGN",
    "PUBLICATION",
    "SUBSCRIPTION",
    "AGGREGATE",
    "EVENT",
    "CONSTRAINT",
    "STATISTICS",
];

impl<'a> Block<'a> {
    pub(super) fn new(text: &'a str, content: Span) -> Self {
        let starts = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        Self { text, content, lines: std::iter::once(0).chain(starts).collect() }
    }

    /// The statements, by the dialect that leaves the fewest faults.
    pub(super) fn statements(&self) -> Vec<Parsed> {
        let dialects: [&dyn Dialect; 4] =
            [&PostgreSqlDialect {}, &GenericDialect {}, &SQLiteDialect {}, &MySqlDialect {}];
        let mut best: Option<(usize, &dyn Dialect, Vec<Parsed>)> = None;
        for dialect in dialects {
            let statements = self.parse(dialect);
            let faults = statements.iter().filter(|it| it.parsed.is_err()).count();
            if best.as_ref().is_none_or(|(fewest, ..)| faults < *fewest) {
                best = Some((faults, dialect, statements));
            }
            if best.as_ref().is_some_and(|(fewest, ..)| *fewest == 0) {
                break;
            }
        }
        let Some((_, dialect, mut statements)) = best else { return Vec::new() };
        for broken in statements.iter_mut().filter(|it| it.parsed.is_err()) {
            broken.salvaged = salvage::table(dialect, &broken.tokens);
        }
        statements
    }

    /// The span in the document of a place that sqlparser names.
    pub(super) fn span(&self, span: sqlparser::tokenizer::Span) -> Span {
        Span::new(self.offset(span.start), self.offset(span.end))
    }

    /// The comment at the end of the line where `span` ends.
    pub(super) fn comment_behind(&self, span: Span) -> Option<&'a str> {
        let start = span.end.checked_sub(self.content.start)? as usize;
        let line = self.text.get(start..)?.lines().next()?;
        let quotes = |before: &str| before.matches('\'').count();
        let mut places = line.match_indices("--").filter(|(at, _)| {
            line.get(..*at).is_some_and(|before| quotes(before).is_multiple_of(2))
        });
        let (at, _) = places.next()?;
        line.get(at + 2..).map(str::trim)
    }

    fn offset(&self, location: Location) -> usize {
        let line = usize::try_from(location.line).unwrap_or(1).saturating_sub(1);
        let column = usize::try_from(location.column).unwrap_or(1).saturating_sub(1);
        let start = self.lines.get(line).copied().unwrap_or(self.text.len());
        let rest = self.text.get(start..).unwrap_or("");
        let skipped: usize = rest.chars().take(column).map(char::len_utf8).sum();
        self.content.start as usize + start + skipped
    }

    fn parse(&self, dialect: &dyn Dialect) -> Vec<Parsed> {
        let tokens = match Tokenizer::new(dialect, self.text).tokenize_with_location() {
            Ok(tokens) => tokens,
            Err(error) => {
                let at = self.offset(error.location);
                let fault = self.fault(&error.message, Span::new(at, at), self.text);
                return vec![Parsed { tokens: Vec::new(), parsed: Err(fault), salvaged: None }];
            }
        };
        cut(tokens).into_iter().map(|tokens| self.statement(dialect, tokens)).collect()
    }

    fn statement(&self, dialect: &dyn Dialect, tokens: Vec<TokenWithSpan>) -> Parsed {
        let mut parser = Parser::new(dialect).with_tokens_with_locations(tokens.clone());
        let parsed = parser
            .parse_statement()
            .and_then(|statement| parser.expect_token(&Token::EOF).map(|_| statement));
        let parsed = parsed.map_err(|error| {
            let whole = self.span(tokens.first()?.span).join(self.span(tokens.last()?.span));
            let start = (whole.start - self.content.start) as usize;
            let text = self.text.get(start..start + whole.len()).unwrap_or("");
            let message = error.to_string();
            // Places are compared as sqlparser names them: where each lies costs a walk of its line.
            let place = place(&message);
            let stopped = tokens.iter().rev().find(|it| Some(it.span.start) == place);
            let at = stopped.map(|it| self.span(it.span));
            judged(&tokens)
                .then(|| self.fault(&message, at.unwrap_or(self.first_line(whole)), text))?
        });
        Parsed { tokens, parsed, salvaged: None }
    }

    fn first_line(&self, span: Span) -> Span {
        let start = (span.start - self.content.start) as usize;
        let line = self.text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or("");
        Span::new(span.start as usize, span.start as usize + line.trim_end().len())
    }

    /// A fault, unless the text has marks of something left out.
    fn fault(&self, message: &str, span: Span, text: &str) -> Option<Text> {
        if is_unfilled(text) {
            return None;
        }
        let message = message.split(" at Line:").next().unwrap_or(message);
        let message = message.trim_start_matches("sql parser error: ").to_owned();
        Some(Text { text: message, span })
    }
}

/// Tokens between semicolons; the body of a trigger (`BEGIN … END`) is one piece.
fn cut(tokens: Vec<TokenWithSpan>) -> Vec<Vec<TokenWithSpan>> {
    let mut statements = vec![Vec::new()];
    let mut in_body = false;
    for token in tokens {
        if matches!(token.token, Token::Whitespace(_) | Token::EOF) {
            continue;
        }
        let is_end = token.token == Token::SemiColon;
        let Some(current) = statements.last_mut() else { continue };
        if is_word(&token.token, "BEGIN") && !current.is_empty() {
            in_body = true;
        }
        if is_word(&token.token, "END") {
            in_body = false;
        }
        if is_end && !in_body {
            statements.push(Vec::new());
        } else {
            current.push(token);
        }
    }
    statements.retain(|tokens| !tokens.is_empty());
    statements
}

/// Whether these tokens begin a statement that we know.
fn judged(tokens: &[TokenWithSpan]) -> bool {
    let mut words = tokens.iter().map(|it| word(&it.token));
    let first = words.next().unwrap_or_default();
    let second = words.next().unwrap_or_default();
    match first.as_str() {
        "CREATE" => !second.is_empty() && !READ_OVER.contains(&second.as_str()),
        // A misspelt CREATE.
        _ if matches!(second.as_str(), "TABLE" | "INDEX") => first != "DROP",
        _ => JUDGED.contains(&first.as_str()),
    }
}

/// Whether a text has names that nobody filled in, or dots for what is left out: `<table>`,
/// `[column]`, `{{name}}`, `...`.
fn is_unfilled(text: &str) -> bool {
    let dots = text.contains("...") || text.contains('…') || text.contains("{{");
    let enclosed = |open: char, close: char| {
        text.match_indices(open).any(|(at, _)| {
            let inner = text.get(at + 1..).and_then(|rest| rest.split_once(close));
            let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ');
            inner.is_some_and(|(name, _)| {
                name.starts_with(char::is_alphabetic) && name.chars().all(is_part)
            })
        })
    };
    dots || enclosed('<', '>') || enclosed('[', ']')
}

fn is_word(token: &Token, name: &str) -> bool {
    matches!(token, Token::Word(word) if word.value.eq_ignore_ascii_case(name))
}

/// A word token in capitals; empty for anything else.
pub(super) fn word(token: &Token) -> String {
    match token {
        Token::Word(word) => word.value.to_uppercase(),
        _ => String::new(),
    }
}

/// `… at Line: 3, Column: 14`
fn place(message: &str) -> Option<Location> {
    let (_, rest) = message.rsplit_once(" at Line: ")?;
    let (line, column) = rest.split_once(", Column: ")?;
    Some(Location { line: line.trim().parse().ok()?, column: column.trim().parse().ok()? })
}
