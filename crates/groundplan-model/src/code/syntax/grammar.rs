//! What each grammar calls the parts of a program.

use std::collections::HashMap;

use tree_sitter::Node;

use super::walk::Walk;
use super::{Call, go, java, javascript, python, rust};
use crate::code::{Import, Language};

/// What a node is to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A call; its function is a child.
    Call,
    /// A macro with its text.
    Macro,
    /// A name with a dot or a colon.
    Member,
    /// A name.
    Name,
    /// A literal text.
    Text,
    /// Texts behind one another.
    Joined,
    List,
    Map,
    /// A key with its value.
    Pair,
    Function,
    Type,
    /// What is read through: parentheses, `await`, `&`.
    Wrapper,
    Comment,
    Binding,
    Decorator,
    Import,
    /// `export default`.
    Export,
}

/// A grammar and its words.
pub(super) struct Grammar {
    pub(super) languages: &'static [Language],
    pub(super) language: fn(Language) -> tree_sitter::Language,
    pub(super) roles: &'static [(&'static str, Role)],
    /// Reads a decorator; `None` where it says nothing.
    pub(super) decorator: for<'a> fn(&mut Walk<'_, 'a>, Node<'_>) -> Option<Call<'a>>,
    /// Reads the text of an import.
    pub(super) import: fn(&str) -> Vec<Import>,
}

static ALL: &[&Grammar] =
    &[&rust::GRAMMAR, &python::GRAMMAR, &javascript::GRAMMAR, &go::GRAMMAR, &java::GRAMMAR];

/// The grammar of a language.
pub(super) fn of(language: Language) -> Option<(&'static Grammar, Language)> {
    ALL.iter().find(|it| it.languages.contains(&language)).map(|it| (*it, language))
}

/// Roles by the numbers of their kinds. A kind may have several numbers.
pub(super) struct Roles(Vec<Option<Role>>);

impl Roles {
    pub(super) fn new(grammar: &Grammar, language: &tree_sitter::Language) -> Self {
        let words: HashMap<&str, Role> = grammar.roles.iter().copied().collect();
        let ids = 0..u16::try_from(language.node_kind_count()).unwrap_or(u16::MAX);
        let role = |id: u16| {
            let kind = language.node_kind_for_id(id).filter(|_| language.node_kind_is_named(id))?;
            words.get(kind).copied()
        };
        Self(ids.map(role).collect())
    }

    pub(super) fn of(&self, node: Node<'_>) -> Option<Role> {
        self.0.get(usize::from(node.kind_id())).copied().flatten()
    }
}
