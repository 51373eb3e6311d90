//! Structs of fields in their plainest form.

use super::super::scanner::Scanner;
use super::super::{Block, Entity, EntityField};

/// Words of the language, which name neither fields nor types.
const WORDS: [&str; 25] = [
    "break",
    "case",
    "chan",
    "const",
    "continue",
    "default",
    "defer",
    "else",
    "fallthrough",
    "for",
    "func",
    "go",
    "goto",
    "if",
    "import",
    "interface",
    "map",
    "package",
    "range",
    "return",
    "select",
    "struct",
    "switch",
    "type",
    "var",
];

/// The type of a block; `None` where anything in it is not plain.
pub(super) fn read(block: &Block<'_>) -> Option<Entity> {
    let mut it = Scanner::new(block.text);
    it.blanks();
    it.eat("type ").then_some(())?;
    let name = it.name()?;
    it.eat(" struct {\n").then_some(())?;
    let mut fields = Vec::new();
    loop {
        it.blanks();
        if it.eat("}") {
            return it.is_done().then(|| block.entity_at(name, fields));
        }
        if !it.rest().starts_with(['\n', '/']) {
            fields.extend(field(&mut it, block)?);
        }
        end(&mut it)?;
    }
}

/// A field, or `Some(None)` for a type that is embedded without a name of its own.
fn field(it: &mut Scanner<'_>, block: &Block<'_>) -> Option<Option<EntityField>> {
    let name = it.name()?;
    let word = block.text.get(name.clone())?;
    if WORDS.contains(&word) {
        return None;
    }
    if it.eat(".") {
        own_name(it)?;
        tag(it)?;
        return Some(None);
    }
    it.blanks();
    if it.rest().starts_with(['\n', '/', '`']) {
        tag(it)?;
        return Some(None);
    }
    let start = it.at();
    type_of(it)?;
    let ty = it.since(start);
    tag(it)?;
    Some(Some(block.field_at(name, ty, ty.starts_with('*'))))
}

/// `string`, `*time.Time`, `[]byte`, `map[string][]int`, `interface{}`.
fn type_of(it: &mut Scanner<'_>) -> Option<()> {
    while it.eat("*") || it.eat("[]") {}
    if it.eat("map[") {
        type_of(it)?;
        it.eat("]").then_some(())?;
        return type_of(it);
    }
    if it.eat("interface{}") {
        return Some(());
    }
    own_name(it)?;
    if it.eat(".") { own_name(it) } else { Some(()) }
}

/// A name that is no word of the language.
fn own_name(it: &mut Scanner<'_>) -> Option<()> {
    let start = it.at();
    it.name()?;
    (!WORDS.contains(&it.since(start))).then_some(())
}

/// The tag in backticks behind a field, where there is one.
fn tag(it: &mut Scanner<'_>) -> Option<()> {
    it.blanks();
    if it.eat("`") {
        it.run(|byte| !matches!(byte, b'`' | b'\n'));
        it.eat("`").then_some(())?;
    }
    Some(())
}

/// The end of a line, with a comment before it or not.
fn end(it: &mut Scanner<'_>) -> Option<()> {
    it.blanks();
    if it.eat("//") && it.line().contains('\r') {
        return None;
    }
    it.eat("\n").then_some(())
}
