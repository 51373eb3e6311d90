//! Nodes to values and calls.

use std::borrow::Cow;

use tree_sitter::Node;

use super::grammar::Role;
use super::names::last;
use super::walk::{Walk, field};
use super::{Argument, Call, Value};

/// How deep literals are read.
const DEPTH: usize = 8;

/// A decorator that is an expression: `@app.get("/x")`, `@Injectable()`, `@property`.
pub(super) fn decorator<'a>(walk: &mut Walk<'_, 'a>, node: Node<'_>) -> Option<Call<'a>> {
    let child = node.named_child(0)?;
    let range = node.byte_range();
    if let Some(Value::Call(index)) = walk.known(child) {
        return walk.syntax.call(index).cloned().map(|call| Call { range, ..call });
    }
    let (receiver, name) = walk.split(child);
    Some(Call { receiver, name, arguments: Vec::new(), scope: walk.scope(), range })
}

impl<'a> Walk<'_, 'a> {
    /// A call whose parts were all left behind.
    pub(super) fn call(&mut self, node: Node<'_>) -> Option<Call<'a>> {
        let (receiver, name) = match field(node, &["function", "constructor"]) {
            Some(function) => self.split(function),
            // Java has a field for each part.
            None => {
                let receiver = field(node, &["object"]).map_or(Value::None, |it| self.value(it));
                (receiver, self.text(field(node, &["name", "type"])?))
            }
        };
        let arguments = field(node, &["arguments"]).map(|it| self.arguments(it));
        let range = node.byte_range();
        let arguments = arguments.unwrap_or_default();
        Some(Call { receiver, name, arguments, scope: self.scope(), range })
    }

    /// A macro with the texts between its brackets.
    pub(super) fn macro_call(&mut self, node: Node<'_>) -> Option<Call<'a>> {
        let name = last(self.text(field(node, &["macro"])?));
        let tokens =
            node.named_child(u32::try_from(node.named_child_count()).ok()?.checked_sub(1)?);
        let arguments = tokens.map(|it| self.tokens(it)).unwrap_or_default();
        let receiver = Value::None;
        Some(Call { receiver, name, arguments, scope: self.scope(), range: node.byte_range() })
    }

    /// What stands before the last dot of a function, and what behind it.
    fn split(&self, function: Node<'_>) -> (Value<'a>, &'a str) {
        let mut function = function;
        for _ in 0..DEPTH {
            match self.roles.of(function) {
                Some(Role::Wrapper) => match function.named_child(0) {
                    Some(inner) => function = inner,
                    None => break,
                },
                _ => break,
            }
        }
        match self.roles.of(function) {
            Some(Role::Member) => match ends(function) {
                Some((object, property)) => (self.value(object), self.text(property)),
                None => (Value::None, self.text(function)),
            },
            Some(Role::Call) => (self.value(function), ""),
            _ => (Value::None, self.text(function)),
        }
    }

    /// The arguments of a call.
    pub(super) fn arguments(&self, node: Node<'_>) -> Vec<Argument<'a>> {
        let mut cursor = node.walk();
        let children = node.named_children(&mut cursor);
        let written = children.filter(|it| self.roles.of(*it) != Some(Role::Comment));
        written.map(|child| self.argument(child)).collect()
    }

    fn argument(&self, node: Node<'_>) -> Argument<'a> {
        let named = matches!(node.kind(), "keyword_argument" | "element_value_pair");
        let pair = named.then(|| field(node, &["name", "key"]).zip(field(node, &["value"])));
        match pair.flatten() {
            Some((key, value)) => Argument {
                key: self.text(key),
                value: self.value(value),
                range: value.byte_range(),
            },
            None => Argument { key: "", value: self.value(node), range: node.byte_range() },
        }
    }

    /// Tokens in brackets, as attributes and macros of Rust have them: `a = "b", "c", d`.
    pub(super) fn tokens(&self, node: Node<'_>) -> Vec<Argument<'a>> {
        let mut cursor = node.walk();
        let punctuation = ["(", ")", "[", "]", "{", "}", ","];
        let children = node.children(&mut cursor).filter(|it| !punctuation.contains(&it.kind()));
        let children: Vec<Node<'_>> = children.collect();
        let mut found = Vec::new();
        let mut rest = children.as_slice();
        while let [first, tail @ ..] = rest {
            let keyed = tail.split_first().filter(|(sign, _)| sign.kind() == "=");
            let value = keyed.and_then(|(_, behind)| behind.split_first());
            (rest, found) = match value {
                Some((value, behind)) => {
                    let (key, range) = (self.text(*first), value.byte_range());
                    found.push(Argument { key, value: self.value(*value), range });
                    (behind, found)
                }
                None => {
                    let value = self.value(*first);
                    found.push(Argument { key: "", value, range: first.byte_range() });
                    (tail, found)
                }
            };
        }
        found
    }

    /// What a node's value is.
    pub(super) fn value(&self, node: Node<'_>) -> Value<'a> {
        self.value_at(node, 0)
    }

    fn value_at(&self, node: Node<'_>, depth: usize) -> Value<'a> {
        if let Some(known) = self.known(node) {
            return known;
        }
        let text = self.text(node);
        if depth >= DEPTH {
            return Value::Other(text);
        }
        match self.roles.of(node) {
            Some(Role::Text) => literal(text),
            Some(Role::Name) => Value::Name(text),
            Some(Role::Member) if !text.contains('\n') => Value::Name(text),
            Some(Role::Joined) => self.joined(node, depth),
            Some(Role::List) => Value::List(
                named(node).into_iter().map(|it| self.value_at(it, depth + 1)).collect(),
            ),
            Some(Role::Map) => {
                Value::Map(named(node).into_iter().filter_map(|it| self.pair(it, depth)).collect())
            }
            Some(Role::Wrapper) => {
                node.named_child(0).map_or(Value::None, |it| self.value_at(it, depth + 1))
            }
            _ => Value::Other(text),
        }
    }

    /// `key: value`, a key alone, or a method.
    fn pair(&self, node: Node<'_>, depth: usize) -> Option<(Cow<'a, str>, Value<'a>)> {
        let key = field(node, &["key", "name"]);
        let Some(key) = key else {
            let text = self.text(node);
            return Some((Cow::Borrowed(text), Value::Name(text)));
        };
        let value = match field(node, &["value"]) {
            Some(value) => self.value_at(value, depth + 1),
            None => self.known(node)?,
        };
        match literal(self.text(key)) {
            Value::Text { text, .. } => Some((text, value)),
            _ => Some((Cow::Borrowed(self.text(key)), value)),
        }
    }

    /// Texts that are put together; a part that nobody knows leaves only what stands behind it.
    fn joined(&self, node: Node<'_>, depth: usize) -> Value<'a> {
        let mut joined = String::new();
        let (mut whole, mut any) = (true, false);
        for part in named(node) {
            match self.syntax.string(&self.value_at(part, depth + 1)) {
                Some((text, certainty)) => {
                    if certainty < crate::Certainty::Stated {
                        whole = false;
                        joined.clear();
                    }
                    any = true;
                    joined.push_str(&text);
                }
                None => {
                    whole = false;
                    joined.clear();
                }
            }
        }
        match any {
            true => Value::Text { text: Cow::Owned(joined), whole },
            false => Value::Other(self.text(node)),
        }
    }
}

/// The first and the last named child of a node with two.
fn ends<'tree>(node: Node<'tree>) -> Option<(Node<'tree>, Node<'tree>)> {
    let children = named(node);
    match children.as_slice() {
        [first, .., last] => Some((*first, *last)),
        _ => None,
    }
}

fn named<'tree>(node: Node<'tree>) -> Vec<Node<'tree>> {
    let mut cursor = node.walk();
    let children = node.named_children(&mut cursor);
    children.filter(|it| !it.is_extra()).collect()
}

/// A literal without its quotes: `"x"`, `r#"x"#`, `f"{a}/x"`, `` `${a}/x` ``.
fn literal(raw: &str) -> Value<'_> {
    let Some(quote) = raw.find(['"', '\'', '`']) else { return Value::Other(raw) };
    let (before, quoted) = raw.split_at(quote);
    let quoted = quoted.trim_end_matches('#');
    let mark = quoted.chars().next().unwrap_or('"');
    let triple: String = [mark; 3].iter().collect();
    let is_triple = quoted.len() >= 6 && quoted.starts_with(&triple);
    let width = if is_triple { 3 } else { 1 };
    let end = quoted.len().saturating_sub(width).max(width);
    let body = quoted.get(width..end).unwrap_or("");
    let is_format = before.contains(['f', 'F']) && body.contains('{');
    let is_template = mark == '`' && body.contains("${");
    match is_format || is_template {
        true => {
            let tail = body.rsplit('}').next().unwrap_or("");
            Value::Text { text: Cow::Borrowed(tail), whole: false }
        }
        false => Value::Text { text: Cow::Borrowed(body), whole: true },
    }
}
