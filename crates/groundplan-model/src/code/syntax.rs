//! A file of any grammar as what its readers ask for: calls, items with their decorators, bindings,
//! comments. One walk a file, without recursion: hostile input may be nested without end.

mod go;
mod grammar;
mod java;
mod javascript;
mod names;
mod python;
mod rust;
mod value;
mod walk;

pub(super) use names::{ident, last};

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use groundplan_syntax::Span;

use super::{Import, Language, Place};

/// A value as far as it can be told without running the program.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value<'a> {
    /// Nothing is written.
    None,
    /// A text; `whole` is false where only its end is known, as of `f"{base}/items"`.
    Text { text: Cow<'a, str>, whole: bool },
    /// A name, with dots or colons or without.
    Name(&'a str),
    /// A call, by its place in [`Syntax::calls`].
    Call(usize),
    /// A function, by its place in [`Syntax::items`].
    Function(usize),
    /// A list.
    List(Vec<Value<'a>>),
    /// Keys with values.
    Map(Vec<(Cow<'a, str>, Value<'a>)>),
    /// Anything else.
    Other(&'a str),
}

/// An argument of a call.
#[derive(Clone, Debug)]
pub(super) struct Argument<'a> {
    /// Its name, where it has one.
    pub(super) key: &'a str,
    pub(super) value: Value<'a>,
    pub(super) range: Range<usize>,
}

/// A call, a macro, or a decorator.
#[derive(Clone, Debug)]
pub(super) struct Call<'a> {
    /// What stands before the last dot.
    pub(super) receiver: Value<'a>,
    pub(super) name: &'a str,
    pub(super) arguments: Vec<Argument<'a>>,
    /// The item around it.
    pub(super) scope: Option<usize>,
    pub(super) range: Range<usize>,
}

/// What kind of item it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ItemKind {
    Function,
    Type,
}

/// A function or a type, with a name or without.
#[derive(Clone, Debug)]
pub(super) struct Item<'a> {
    pub(super) kind: ItemKind,
    pub(super) name: &'a str,
    pub(super) parent: Option<usize>,
    /// Calls that stand before it as decorators, attributes or annotations.
    pub(super) decorators: Vec<usize>,
    pub(super) parameters: Vec<&'a str>,
    /// What stands before its body.
    pub(super) head: &'a str,
    pub(super) range: Range<usize>,
    /// Where its name stands.
    pub(super) name_range: Range<usize>,
}

/// A name and what it is bound to: a variable, a constant, a field.
#[derive(Clone, Debug)]
pub(super) struct Binding<'a> {
    pub(super) name: &'a str,
    pub(super) ty: &'a str,
    pub(super) value: Value<'a>,
    pub(super) scope: Option<usize>,
    pub(super) decorators: Vec<usize>,
    /// The tag of a field, as Go has them.
    pub(super) tag: &'a str,
    pub(super) name_range: Range<usize>,
}

/// What a file consists of.
pub(super) struct Syntax<'a> {
    pub(super) text: &'a str,
    pub(super) calls: Vec<Call<'a>>,
    pub(super) items: Vec<Item<'a>>,
    pub(super) bindings: Vec<Binding<'a>>,
    pub(super) comments: Vec<Range<usize>>,
    pub(super) imports: Vec<Import>,
    /// What the file gives by default.
    pub(super) default_export: Option<Value<'a>>,
    /// For a call, the call whose receiver it is.
    outer: Vec<Option<usize>>,
    /// For a call, the name it is bound to.
    bound: HashMap<usize, &'a str>,
    constants: HashMap<&'a str, Cow<'a, str>>,
    scoped: HashSet<(Option<usize>, &'a str)>,
    lines: Lines,
}

impl<'a> Syntax<'a> {
    /// Parses `text`; `None` for a language without a grammar.
    pub(super) fn read(language: Language, text: &'a str) -> Option<Self> {
        let grammar = grammar::of(language)?;
        let mut syntax = Self {
            text,
            calls: Vec::new(),
            items: Vec::new(),
            bindings: Vec::new(),
            comments: Vec::new(),
            imports: Vec::new(),
            default_export: None,
            outer: Vec::new(),
            bound: HashMap::new(),
            constants: HashMap::new(),
            scoped: HashSet::new(),
            lines: Lines::of(text),
        };
        walk::walk(grammar, &mut syntax)?;
        syntax.settle();
        Some(syntax)
    }

    /// What can be told only when every call is known.
    fn settle(&mut self) {
        self.outer = vec![None; self.calls.len()];
        for (at, call) in self.calls.iter().enumerate() {
            if let Value::Call(inner) = call.receiver
                && let Some(outer) = self.outer.get_mut(inner)
            {
                *outer = Some(at);
            }
        }
        for binding in &self.bindings {
            self.scoped.insert((binding.scope, binding.name));
            if let Value::Call(call) = binding.value {
                self.bound.insert(call, binding.name);
            }
            if let Value::Function(item) = binding.value
                && let Some(item) = self.items.get_mut(item).filter(|it| it.name.is_empty())
            {
                item.name = binding.name;
                item.name_range = binding.name_range.clone();
            }
        }
    }

    /// The place of some bytes.
    pub(super) fn place(&self, range: &Range<usize>) -> Place {
        self.lines.place(range)
    }

    /// The text of some bytes.
    pub(super) fn slice(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or("")
    }

    /// The call at `index`.
    pub(super) fn call(&self, index: usize) -> Option<&Call<'a>> {
        self.calls.get(index)
    }

    /// A value that is a call.
    pub(super) fn as_call(&self, value: &Value<'a>) -> Option<(usize, &Call<'a>)> {
        match value {
            Value::Call(index) => Some((*index, self.calls.get(*index)?)),
            _ => None,
        }
    }

    /// The name that a call's value is bound to.
    pub(super) fn bound(&self, call: usize) -> Option<&'a str> {
        self.bound.get(&call).copied()
    }

    /// The call whose receiver `call` is.
    pub(super) fn outer(&self, call: usize) -> Option<usize> {
        self.outer.get(call).copied().flatten()
    }
}

impl<'a> Call<'a> {
    /// The argument at `position` among those without a name.
    pub(super) fn positional(&self, position: usize) -> Option<&Argument<'a>> {
        self.arguments.iter().filter(|it| it.key.is_empty()).nth(position)
    }

    /// The argument named `key`.
    pub(super) fn keyed(&self, key: &str) -> Option<&Argument<'a>> {
        self.arguments.iter().find(|it| it.key == key)
    }

    /// The argument at `position`, or the one named `key`.
    pub(super) fn argument(&self, position: usize, key: &str) -> Option<&Argument<'a>> {
        self.keyed(key).or_else(|| self.positional(position))
    }

    /// The receiver, where it is a name.
    pub(super) fn receiver_name(&self) -> &'a str {
        match self.receiver {
            Value::Name(name) => name,
            _ => "",
        }
    }
}

impl<'a> Value<'a> {
    /// The value under `key` of a map.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Map(pairs) => pairs.iter().find(|(it, _)| it == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The values of a list, or the value alone.
    pub(super) fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            Self::None => &[],
            _ => std::slice::from_ref(self),
        }
    }
}

/// Where lines begin.
pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        Self(memchr::memchr_iter(b'\n', text.as_bytes()).collect())
    }

    pub(super) fn place(&self, range: &Range<usize>) -> Place {
        let line = self.0.partition_point(|end| *end < range.start) + 1;
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        Place { line, span: Span::new(range.start, range.end) }
    }
}
