//! Data types in the forms that are no SQL: type blocks of programming languages by their own
//! grammars, Mermaid ER diagrams, Prisma models, trees and tables of fields, and
//! lists of attributes. One file a form.

mod attribute_list;
mod field_table;
mod go;
mod mermaid;
mod prisma;
mod python;
mod rust;
mod scanner;
mod slices;
#[cfg(test)]
mod tests;
mod tree;
mod typescript;

use std::ops::Range;

use groundplan_syntax::Span;
use tree_sitter::{Language, Node, Parser, TreeCursor};

use super::{Fence, Reading};
use crate::code::bounded;
use crate::document::{Entity, EntityField, Text};

/// A programming language whose type blocks are read.
struct Grammar {
    form: &'static str,
    /// Info strings of its fences.
    names: &'static [&'static str],
    /// The parts of a block that define types.
    slices: fn(&str) -> Vec<Range<usize>>,
    /// Reads such a part where it is plain enough to be told without a parser.
    plain: fn(&Block<'_>) -> Option<Entity>,
    /// The parts of such a part that are parsed.
    parsed: fn(&str) -> Vec<tree_sitter::Range>,
    language: fn() -> Language,
    read: fn(&Block<'_>, Node<'_>) -> Vec<Entity>,
}

/// Every language, in no order.
const GRAMMARS: &[&Grammar] =
    &[&typescript::GRAMMAR, &python::GRAMMAR, &go::GRAMMAR, &rust::GRAMMAR];

pub(super) fn read(reading: &mut Reading<'_>) {
    let mut found = Vec::new();
    for fence in &reading.fences {
        let language = reading.language(*fence);
        match language.as_ref() {
            "mermaid" => found.extend(mermaid::read(reading, *fence)),
            "prisma" => found.extend(prisma::read(reading, *fence)),
            "" | "text" => found.extend(tree::read(reading, *fence)),
            name => found.extend(typed(reading, *fence, name).unwrap_or_default()),
        }
    }
    found.extend(field_table::read(reading));
    found.extend(attribute_list::read(reading));
    found.sort_by_key(|entity| entity.name.span);
    reading.document.entities = found;
}

fn typed(reading: &Reading<'_>, fence: Fence, name: &str) -> Option<Vec<Entity>> {
    let grammar = GRAMMARS.iter().find(|grammar| grammar.names.contains(&name))?;
    let text = reading.source.slice(fence.content);
    let slices = (grammar.slices)(text);
    if slices.is_empty() {
        return None;
    }
    let mut parser = None;
    let mut found = Vec::new();
    for slice in slices {
        let base = fence.content.start as usize + slice.start;
        let block = Block { text: text.get(slice)?, base, form: grammar.form };
        match (grammar.plain)(&block) {
            Some(entity) => found.push(entity),
            None => found.extend(parsed(grammar, &block, &mut parser)?),
        }
    }
    found.retain(|entity| !entity.fields.is_empty());
    Some(found)
}

fn parser(grammar: &Grammar) -> Option<Parser> {
    let mut parser = Parser::new();
    parser.set_language(&(grammar.language)()).ok()?;
    Some(parser)
}

/// The types of a part, by its grammar. The parser is made for the first part that needs one.
fn parsed(
    grammar: &Grammar,
    block: &Block<'_>,
    parser: &mut Option<Parser>,
) -> Option<Vec<Entity>> {
    if parser.is_none() {
        *parser = Some(self::parser(grammar)?);
    }
    let parser = parser.as_mut()?;
    parser.set_included_ranges(&(grammar.parsed)(block.text)).ok()?;
    let tree = bounded::tree(parser, block.text)?;
    Some((grammar.read)(block, tree.root_node()))
}

/// A block of code, and how its nodes become facts.
struct Block<'a> {
    text: &'a str,
    base: usize,
    form: &'static str,
}

impl Block<'_> {
    fn text(&self, node: Node<'_>) -> &str {
        self.text.get(node.byte_range()).unwrap_or("")
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.base + range.start, self.base + range.end)
    }

    fn entity(&self, name: Node<'_>, fields: Vec<EntityField>) -> Entity {
        self.entity_at(name.byte_range(), fields)
    }

    fn field(&self, name: Node<'_>, ty: Option<Node<'_>>, optional: bool) -> EntityField {
        let written = ty.map_or("", |node| self.text(node));
        self.field_at(name.byte_range(), written.trim_start_matches(':').trim(), optional)
    }

    fn entity_at(&self, name: Range<usize>, fields: Vec<EntityField>) -> Entity {
        let text = self.text.get(name.clone()).unwrap_or("").to_owned();
        Entity { name: Text { text, span: self.span(name) }, form: self.form, fields }
    }

    fn field_at(&self, name: Range<usize>, ty: &str, optional: bool) -> EntityField {
        let text = self.text.get(name.clone()).unwrap_or("");
        let text = text.trim_matches(['"', '\'']).to_owned();
        EntityField { name: text, ty: ty.to_owned(), optional, span: self.span(name) }
    }
}

/// Every outermost node of one of `kinds`, in order. What stands inside one is a part of its own, or
/// left out of what is parsed.
fn nodes<'tree>(root: Node<'tree>, kinds: &[&str]) -> Vec<Node<'tree>> {
    let mut found = Vec::new();
    let mut cursor = root.walk();
    let mut is_below = cursor.goto_first_child();
    while is_below {
        let node = cursor.node();
        let is_one = kinds.contains(&node.kind());
        found.extend(is_one.then_some(node));
        is_below = !is_one && cursor.goto_first_child() || goto_next(&mut cursor);
    }
    found
}

/// Goes on behind a node and what stands in it; says whether there is more.
fn goto_next(cursor: &mut TreeCursor<'_>) -> bool {
    while !cursor.goto_next_sibling() {
        if !cursor.goto_parent() {
            return false;
        }
    }
    true
}

/// The named children of a node.
fn children(node: Node<'_>) -> Vec<Node<'_>> {
    let mut cursor = node.walk();
    node.named_children(&mut cursor).collect()
}
