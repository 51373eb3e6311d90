//! Tokens to statements: a recursive descent with names left as they are written.
//!
//! ```text
//! rule      = statement { (";" | line end) statement }
//! statement = "require" or "else" status | "set" change { "," change }
//!           | "insert" table "(" change { "," change } ")" | call
//! call      = "call" service method path ["with" "(" change { "," change } ")"]
//!             ["as" name ["(" member type { "," member type } ")"]]
//!             ["else" ("skip" | status [text])]
//! change    = name [ "." name ] "=" sum
//! or        = and { "or" and }            and  = not { "and" not }
//! not       = "not" not | comparison      sum  = product { ("+" | "-") product }
//! comparison = sum [ sign sum | ["not"] "in" "[" sum { "," sum } "]" | "is" ["not"] "null" ]
//! product   = value { "*" value }
//! value     = number | text | "true" | "false" | "null" | "now()" | "caller()" | "(" or ")"
//!           | name [ "." name ] | ("count" | "sum") "(" name [ "." name ] [ "where" or ] ")"
//! ```

use groundplan_syntax::Span;
use serde_json::Value;

mod call;

use super::Fault;
use super::token::{END, Kind, Token, tokens};
use crate::service::{Binary, TallyKind};

/// How deep expressions may be nested: the reader calls itself once a level.
const DEPTH: usize = 32;

/// A statement with names as written.
#[derive(Clone, Debug)]
pub(super) enum Statement {
    Require { condition: Node, status: u16, span: Span },
    Set { changes: Vec<(Name, Node)>, span: Span },
    Insert { table: Name, changes: Vec<(Name, Node)>, span: Span },
    Call(Box<CallNode>),
}

pub(super) use call::{CallNode, Part};

/// `status` or `product.stock`.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) of: Option<String>,
    pub(super) name: String,
    pub(super) span: Span,
}

/// An expression with names as written.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) form: Form,
    pub(super) span: Span,
}

#[derive(Clone, Debug)]
pub(super) enum Form {
    Constant(Value),
    Now,
    Caller,
    Name(Name),
    Tally(TallyKind, Name, Option<Box<Node>>),
    Binary(Binary, Box<Node>, Box<Node>),
    Not(Box<Node>),
    IsNull(Box<Node>),
    In(Box<Node>, Vec<Node>),
}

/// The statements of a rule's text, which begins at `start` in the document.
pub(super) fn statements(text: &str, start: usize) -> Result<Vec<Statement>, Fault> {
    let tokens = tokens(text, start)?;
    let end = Span::new(start + text.trim_end().len(), start + text.trim_end().len());
    let mut parser = Parser { tokens: &tokens, at: 0, end, depth: 0 };
    let mut found = Vec::new();
    loop {
        while parser.takes(END) {}
        if parser.peek().is_none() {
            break;
        }
        found.push(parser.statement()?);
        if parser.peek().is_some() && !parser.takes(END) {
            return Err(parser.fault("a statement ends with `;` or at the end of its line"));
        }
    }
    match found.is_empty() {
        true => Err(Fault { message: "the rule says nothing".to_owned(), span: end }),
        false => Ok(found),
    }
}

struct Parser<'a> {
    tokens: &'a [Token],
    at: usize,
    /// Where the text ends, for what is missing there.
    end: Span,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Kind> {
        self.tokens.get(self.at).map(|token| &token.kind)
    }

    fn span(&self) -> Span {
        self.tokens.get(self.at).map_or(self.end, |token| token.span)
    }

    fn since(&self, start: Span) -> Span {
        let last = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        Span { start: start.start, end: last.map_or(start, |token| token.span).end }
    }

    fn fault(&self, message: &str) -> Fault {
        Fault { message: message.to_owned(), span: self.span() }
    }

    fn takes(&mut self, sign: &str) -> bool {
        let is_it = matches!(self.peek(), Some(Kind::Sign(it)) if *it == sign);
        self.at += usize::from(is_it);
        is_it
    }

    fn takes_word(&mut self, word: &str) -> bool {
        let is_it = matches!(self.peek(), Some(Kind::Word(it)) if it == word);
        self.at += usize::from(is_it);
        is_it
    }

    fn must(&mut self, sign: &str) -> Result<(), Fault> {
        match self.takes(sign) {
            true => Ok(()),
            false => Err(self.fault(&format!("`{sign}` is missing here"))),
        }
    }

    fn word(&mut self, what: &str) -> Result<String, Fault> {
        let Some(Kind::Word(word)) = self.peek() else {
            return Err(self.fault(&format!("{what} is missing here")));
        };
        let word = word.clone();
        self.at += 1;
        Ok(word)
    }

    fn statement(&mut self) -> Result<Statement, Fault> {
        let start = self.span();
        match self.word("`require`, `set`, `insert` or `call`")?.as_str() {
            "call" => self.call(start).map(|call| Statement::Call(Box::new(call))),
            "require" => self.require(start),
            "set" => {
                let changes = self.changes()?;
                Ok(Statement::Set { changes, span: self.since(start) })
            }
            "insert" => {
                self.takes_word("into");
                let table = self.name()?;
                self.must("(")?;
                let changes = self.changes()?;
                self.must(")")?;
                Ok(Statement::Insert { table, changes, span: self.since(start) })
            }
            other => Err(Fault {
                message: format!(
                    "`{other}` begins no statement: there are `require`, `set`, `insert` and `call`"
                ),
                span: start,
            }),
        }
    }

    fn require(&mut self, start: Span) -> Result<Statement, Fault> {
        let condition = self.or()?;
        if !self.takes_word("else") {
            return Err(self.fault("`else` and a status are missing here, as in `else 409`"));
        }
        let status = match self.peek() {
            Some(Kind::Number(number)) => number.parse().ok(),
            _ => None,
        };
        let status = status.filter(|it| (400..500).contains(it));
        let status = status.ok_or_else(|| self.fault("a refusal has a status from 400 to 499"))?;
        self.at += 1;
        Ok(Statement::Require { condition, status, span: self.since(start) })
    }

    fn changes(&mut self) -> Result<Vec<(Name, Node)>, Fault> {
        let mut changes = Vec::new();
        loop {
            let name = self.name()?;
            self.must("=")?;
            changes.push((name, self.sum()?));
            if !self.takes(",") {
                return Ok(changes);
            }
        }
    }

    fn name(&mut self) -> Result<Name, Fault> {
        let start = self.span();
        let first = self.word("a name")?;
        if !self.takes(".") {
            return Ok(Name { of: None, name: first, span: self.since(start) });
        }
        let mut name = self.word("a column")?;
        // Members of an answer may lie deeper.
        while self.takes(".") {
            name = format!("{name}.{}", self.word("a member")?);
        }
        Ok(Name { of: Some(first), name, span: self.since(start) })
    }

    fn or(&mut self) -> Result<Node, Fault> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(self.fault("the expression is nested too deeply"));
        }
        let mut left = self.and()?;
        while self.takes_word("or") {
            left = self.binary(Binary::Or, left, Self::and)?;
        }
        self.depth -= 1;
        Ok(left)
    }

    fn and(&mut self) -> Result<Node, Fault> {
        let mut left = self.not()?;
        while self.takes_word("and") {
            left = self.binary(Binary::And, left, Self::not)?;
        }
        Ok(left)
    }

    fn binary(
        &mut self,
        sign: Binary,
        left: Node,
        right: fn(&mut Self) -> Result<Node, Fault>,
    ) -> Result<Node, Fault> {
        let right = right(self)?;
        let span = self.since(left.span);
        Ok(Node { form: Form::Binary(sign, Box::new(left), Box::new(right)), span })
    }

    fn not(&mut self) -> Result<Node, Fault> {
        let start = self.span();
        let mut negations = 0_usize;
        while self.takes_word("not") {
            negations += 1;
        }
        let node = self.comparison()?;
        match negations % 2 {
            0 => Ok(node),
            _ => Ok(Node { form: Form::Not(Box::new(node)), span: self.since(start) }),
        }
    }

    fn comparison(&mut self) -> Result<Node, Fault> {
        const SIGNS: [(&str, Binary); 8] = [
            ("<=", Binary::LessOrEqual),
            (">=", Binary::GreaterOrEqual),
            ("!=", Binary::NotEqual),
            ("<>", Binary::NotEqual),
            ("==", Binary::Equal),
            ("=", Binary::Equal),
            ("<", Binary::Less),
            (">", Binary::Greater),
        ];
        let left = self.sum()?;
        let start = left.span;
        if let Some((_, sign)) = SIGNS.iter().find(|(sign, _)| self.takes(sign)) {
            return self.binary(*sign, left, Self::sum);
        }
        let (form, negated) = if self.takes_word("is") {
            let negated = self.takes_word("not");
            if !self.takes_word("null") {
                return Err(self.fault("`null` is missing here: `is` asks for nothing else"));
            }
            (Form::IsNull(Box::new(left)), negated)
        } else if self.takes_word("in") {
            (Form::In(Box::new(left), self.list()?), false)
        } else if self.takes_word("not") {
            if !self.takes_word("in") {
                return Err(self.fault("`in` is missing here"));
            }
            (Form::In(Box::new(left), self.list()?), true)
        } else {
            return Ok(left);
        };
        let node = Node { form, span: self.since(start) };
        let span = node.span;
        Ok(if negated { Node { form: Form::Not(Box::new(node)), span } } else { node })
    }

    fn list(&mut self) -> Result<Vec<Node>, Fault> {
        self.must("[")?;
        let mut items = vec![self.sum()?];
        while self.takes(",") {
            items.push(self.sum()?);
        }
        self.must("]")?;
        Ok(items)
    }

    fn sum(&mut self) -> Result<Node, Fault> {
        let mut left = self.product()?;
        loop {
            let sign = match () {
                () if self.takes("+") => Binary::Add,
                () if self.takes("-") => Binary::Subtract,
                () => return Ok(left),
            };
            left = self.binary(sign, left, Self::product)?;
        }
    }

    fn product(&mut self) -> Result<Node, Fault> {
        let mut left = self.value()?;
        while self.takes("*") {
            left = self.binary(Binary::Multiply, left, Self::value)?;
        }
        if self.takes("/") {
            return Err(self.fault("a rule does not divide: not every division has a result"));
        }
        Ok(left)
    }

    fn value(&mut self) -> Result<Node, Fault> {
        let start = self.span();
        if self.takes("(") {
            let inner = self.or()?;
            self.must(")")?;
            return Ok(inner);
        }
        let negative = self.takes("-");
        let form = match self.peek().cloned() {
            Some(Kind::Number(text)) => {
                self.at += 1;
                let text = if negative { format!("-{text}") } else { text };
                Form::Constant(number(&text).ok_or_else(|| self.fault("this is no number"))?)
            }
            _ if negative => return Err(self.fault("a number is missing behind `-`")),
            Some(Kind::Text(text)) => {
                self.at += 1;
                Form::Constant(Value::String(text))
            }
            Some(Kind::Word(word)) => self.worded(&word)?,
            _ => return Err(self.fault("a value is missing here")),
        };
        Ok(Node { form, span: self.since(start) })
    }

    fn worded(&mut self, word: &str) -> Result<Form, Fault> {
        let next = self.tokens.get(self.at + 1).map(|token| &token.kind);
        let is_call = next == Some(&Kind::Sign("("));
        let form = match (word, is_call) {
            ("true", false) => Form::Constant(Value::Bool(true)),
            ("false", false) => Form::Constant(Value::Bool(false)),
            ("null", false) => Form::Constant(Value::Null),
            ("now" | "caller", true) => {
                self.at += 2;
                self.must(")")?;
                return Ok(if word == "now" { Form::Now } else { Form::Caller });
            }
            ("count" | "sum", true) => return self.figure(word),
            (_, true) => {
                let message = format!(
                    "`{word}` is no function: there are `now`, `caller`, `count` and `sum`"
                );
                return Err(self.fault(&message));
            }
            (_, false) => return Ok(Form::Name(self.name()?)),
        };
        self.at += 1;
        Ok(form)
    }

    fn figure(&mut self, word: &str) -> Result<Form, Fault> {
        self.at += 2;
        let name = self.name()?;
        let filter = match self.takes_word("where") {
            true => Some(Box::new(self.or()?)),
            false => None,
        };
        self.must(")")?;
        let figure = if word == "count" { TallyKind::Count } else { TallyKind::Sum };
        Ok(Form::Tally(figure, name, filter))
    }
}

fn number(text: &str) -> Option<Value> {
    let whole = text.parse::<i64>().ok().map(Value::from);
    whole.or_else(|| text.parse::<f64>().ok().filter(|it| it.is_finite()).map(Value::from))
}
