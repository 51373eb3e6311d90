//! `call catalog GET "/items/{name}" as answer (title text) else 503 "the catalogue is down"`

use groundplan_syntax::Span;

use super::{Name, Node, Parser};
use crate::document::Method;
use crate::plan::rules::Fault;
use crate::plan::rules::token::Kind;
use crate::service::{Otherwise, ValueKind};

/// A call of another service with names as written.
#[derive(Clone, Debug)]
pub(in crate::plan::rules) struct CallNode {
    pub(in crate::plan::rules) service: Name,
    pub(in crate::plan::rules) method: Method,
    pub(in crate::plan::rules) path: Vec<Part>,
    pub(in crate::plan::rules) body: Vec<(Name, Node)>,
    pub(in crate::plan::rules) answer: Option<Name>,
    /// Members of the answer whose types are stated.
    pub(in crate::plan::rules) members: Vec<(Name, ValueKind)>,
    pub(in crate::plan::rules) otherwise: Otherwise,
    pub(in crate::plan::rules) span: Span,
}

/// A piece of a path.
#[derive(Clone, Debug)]
pub(in crate::plan::rules) enum Part {
    Literal(String),
    Name(Name),
}

/// Methods of calls.
const METHODS: [Method; 5] =
    [Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete];

/// Types as members of answers have them.
const KINDS: [(&str, ValueKind); 5] = [
    ("text", ValueKind::Text),
    ("number", ValueKind::Number),
    ("boolean", ValueKind::Boolean),
    ("time", ValueKind::Time),
    ("json", ValueKind::Json),
];

impl Parser<'_> {
    pub(super) fn call(&mut self, start: Span) -> Result<CallNode, Fault> {
        let service = self.name()?;
        let method = self.method()?;
        let path = self.path()?;
        let body =
            if self.takes_word("with") { self.in_brackets(Self::changes)? } else { Vec::new() };
        let (mut answer, mut members) = (None, Vec::new());
        if self.takes_word("as") {
            answer = Some(self.name()?);
            if matches!(self.peek(), Some(Kind::Sign("("))) {
                members = self.in_brackets(Self::members)?;
            }
        }
        let otherwise = self.otherwise()?;
        let span = self.since(start);
        Ok(CallNode { service, method, path, body, answer, members, otherwise, span })
    }

    fn in_brackets<T>(&mut self, inner: fn(&mut Self) -> Result<T, Fault>) -> Result<T, Fault> {
        self.must("(")?;
        let found = inner(self)?;
        self.must(")")?;
        Ok(found)
    }

    fn method(&mut self) -> Result<Method, Fault> {
        let span = self.span();
        let word = self.word("a method")?;
        let method = METHODS.into_iter().find(|it| it.as_str() == word);
        method.ok_or_else(|| {
            let message =
                format!("`{word}` is no method of a call: GET, POST, PUT, PATCH or DELETE");
            Fault { message, span }
        })
    }

    /// `"/items/{row.name}"`: a name between braces is a value.
    fn path(&mut self) -> Result<Vec<Part>, Fault> {
        let span = self.span();
        let Some(Kind::Text(text)) = self.peek().cloned() else {
            return Err(self.fault("a path is missing here, as in `\"/items/{name}\"`"));
        };
        self.at += 1;
        let fault = |message: &str| Fault { message: message.to_owned(), span };
        if !text.starts_with('/') || text.contains(char::is_whitespace) {
            return Err(fault("a path begins with `/` and has no spaces"));
        }
        let (mut parts, mut rest) = (Vec::new(), text.as_str());
        while let Some((literal, behind)) = rest.split_once('{') {
            let (name, behind) =
                behind.split_once('}').ok_or_else(|| fault("the path has a `{` without `}`"))?;
            parts.push(Part::Literal(literal.to_owned()));
            parts.push(Part::Name(named(name, span).ok_or_else(|| {
                fault(&format!("`{{{name}}}` is no name: write `{{name}}` or `{{row.name}}`"))
            })?));
            rest = behind;
        }
        parts.push(Part::Literal(rest.to_owned()));
        Ok(parts)
    }

    fn members(&mut self) -> Result<Vec<(Name, ValueKind)>, Fault> {
        let mut members = Vec::new();
        loop {
            let name = self.name()?;
            let span = self.span();
            let word = self.word("a type")?;
            let kind = KINDS.iter().find(|(it, _)| *it == word).ok_or_else(|| {
                let message =
                    format!("`{word}` is no type: there are text, number, boolean, time and json");
                Fault { message, span }
            })?;
            members.push((name, kind.1));
            if !self.takes(",") {
                return Ok(members);
            }
        }
    }

    fn otherwise(&mut self) -> Result<Otherwise, Fault> {
        if !self.takes_word("else") {
            return Ok(Otherwise::Refuse { status: None, message: None });
        }
        if self.takes_word("skip") {
            return Ok(Otherwise::Skip);
        }
        let status = match self.peek() {
            Some(Kind::Number(number)) => number.parse().ok(),
            _ => None,
        };
        let status = status
            .filter(|it| (400..600).contains(it))
            .ok_or_else(|| self.fault("`skip`, or a status from 400 to 599, is missing here"))?;
        self.at += 1;
        let message = match self.peek() {
            Some(Kind::Text(text)) => Some(text.clone()),
            _ => None,
        };
        self.at += usize::from(message.is_some());
        Ok(Otherwise::Refuse { status: Some(status), message })
    }
}

fn named(text: &str, span: Span) -> Option<Name> {
    let is_word = |it: &str| {
        let mut letters = it.chars();
        let begins = letters.next().is_some_and(|c| c.is_alphabetic() || c == '_');
        begins && letters.all(|c| c.is_alphanumeric() || c == '_')
    };
    let mut words = text.split('.');
    let first = words.next().filter(|it| is_word(it))?.to_owned();
    let rest: Vec<&str> = words.collect();
    if !rest.iter().all(|it| is_word(it)) {
        return None;
    }
    Some(match rest.is_empty() {
        true => Name { of: None, name: first, span },
        false => Name { of: Some(first), name: rest.join("."), span },
    })
}
