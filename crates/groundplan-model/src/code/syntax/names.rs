//! Names: what they begin with, and what a router is called within its file.

use std::borrow::Cow;

use super::{Syntax, Value};
use crate::Certainty;

/// The identifier that `text` begins with.
pub(in super::super) fn ident(text: &str) -> &str {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
    let len = text.find(|c| !is_part(c)).unwrap_or(text.len());
    text.get(..len).unwrap_or("")
}

/// The part behind the last dot or colon of a name.
pub(in super::super) fn last(name: &str) -> &str {
    name.rsplit(['.', ':']).next().unwrap_or(name)
}

impl<'a> Syntax<'a> {
    /// A text, by a constant of this file too, and how sure it is; `None` for anything else.
    pub(in super::super) fn string(&self, value: &Value<'a>) -> Option<(Cow<'a, str>, Certainty)> {
        match value {
            Value::Text { text, whole: true } => Some((text.clone(), Certainty::Stated)),
            Value::Text { text, .. } => Some((text.clone(), Certainty::Guessed)),
            Value::Name(name) => {
                let text = self.constants.get(last(name))?;
                Some((text.clone(), Certainty::Stated))
            }
            _ => None,
        }
    }

    /// The text of a value that is known whole.
    pub(in super::super) fn stated(&self, value: &Value<'a>) -> Option<Cow<'a, str>> {
        self.string(value).filter(|it| it.1 == Certainty::Stated).map(|it| it.0)
    }

    /// What a value is called: a name, or the function that a call calls.
    pub(in super::super) fn callee(&self, value: &Value<'a>) -> String {
        match value {
            Value::Name(name) => (*name).to_owned(),
            Value::Call(_) => self.called(value),
            Value::Function(item) => self.items.get(*item).map_or("", |it| it.name).to_owned(),
            _ => String::new(),
        }
    }

    fn called(&self, value: &Value<'a>) -> String {
        let Some((_, call)) = self.as_call(value) else { return String::new() };
        let range = call.range.clone();
        let text = self.slice(range);
        // `require('./items')` names a file, so its argument is a part of what it is called.
        if call.name == "require" {
            return text.to_owned();
        }
        let head = text.split('(').next().unwrap_or(text).trim();
        let head = head.strip_prefix("new ").unwrap_or(head).trim_start_matches('&').trim();
        head.to_owned()
    }

    /// The name within the file of the function at `item`.
    pub(in super::super) fn item_key(&self, item: usize) -> String {
        match self.items.get(item) {
            Some(item) if !item.name.is_empty() => item.name.to_owned(),
            Some(item) => format!("@{}", item.range.start),
            None => String::new(),
        }
    }

    /// The name within the file of what `name` stands for at `scope`: a parameter is called like its
    /// function, since that is what another file can name; a variable of a function has the
    /// function's name before its own, and a field a dot.
    pub(in super::super) fn key(&self, scope: Option<usize>, name: &str) -> String {
        if name.contains('.') {
            return format!(".{}", last(name));
        }
        let mut around = scope;
        // A scope's parent was read before it, so that this ends.
        while let Some(at) = around {
            let Some(item) = self.items.get(at) else { break };
            if item.parameters.contains(&name) {
                return self.item_key(at);
            }
            if self.scoped.contains(&(around, name)) {
                return format!("{}.{name}", self.item_key(at));
            }
            around = item.parent.filter(|parent| *parent < at);
        }
        name.to_owned()
    }
}
