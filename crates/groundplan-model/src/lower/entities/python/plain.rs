//! Classes of fields with a type each, in their plainest form.

use super::super::scanner::Scanner;
use super::super::{Block, Entity, EntityField};
use super::{is_data, is_field, is_optional};

/// Words of the language, and those that begin a statement in some of its versions.
const WORDS: [&str; 40] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "case", "class",
    "continue", "def", "del", "elif", "else", "except", "exec", "finally", "for", "from", "global",
    "if", "import", "in", "is", "lambda", "match", "nonlocal", "not", "or", "pass", "print",
    "raise", "return", "try", "type", "while", "with", "yield",
];

/// The type of a block; `None` where anything in it is not plain.
pub(super) fn read(block: &Block<'_>) -> Option<Entity> {
    if block.text.contains(['\r', '\\', '\t']) {
        return None;
    }
    let mut it = Scanner::new(block.text);
    it.eat("class ").then_some(())?;
    let name = it.name()?;
    let bases = bases(&mut it)?;
    it.eat(":\n").then_some(())?;
    let mut fields = Vec::new();
    let mut indent = None;
    while !it.is_done() {
        let blanks = it.run(|byte| byte == b' ');
        if !(it.is_done() || it.eat("\n")) {
            let is_in_line = *indent.get_or_insert(blanks) == blanks && blanks > 0;
            is_in_line.then_some(())?;
            fields.extend(statement(&mut it, block)?);
        }
    }
    (is_data(bases) && indent.is_some()).then(|| block.entity_at(name, fields))
}

/// `(BaseModel, Generic)`.
fn bases<'a>(it: &mut Scanner<'a>) -> Option<&'a str> {
    let start = it.at();
    if it.eat("(") {
        it.path()?;
        while it.eat(", ") {
            it.path()?;
        }
        it.eat(")").then_some(())?;
    }
    Some(it.since(start))
}

/// A field, or `Some(None)` for a comment and a text that tells about the class.
fn statement(it: &mut Scanner<'_>, block: &Block<'_>) -> Option<Option<EntityField>> {
    if it.eat("\"\"\"") {
        return text(it).map(|()| None);
    }
    let field = if it.peek() == Some(b'#') { None } else { Some(field(it, block)?) };
    it.blanks();
    if it.peek() == Some(b'#') {
        it.line();
    }
    (it.is_done() || it.eat("\n")).then_some(field.flatten())
}

/// The rest of a text in three quotes, which ends its line.
fn text(it: &mut Scanner<'_>) -> Option<()> {
    it.skip(it.rest().find("\"\"\"")? + "\"\"\"".len());
    it.blanks();
    (it.is_done() || it.eat("\n")).then_some(())
}

/// `total: int = 0`, `id = Column(Integer)`; `Some(None)` for a value that is no field.
fn field(it: &mut Scanner<'_>, block: &Block<'_>) -> Option<Option<EntityField>> {
    let name = it.name()?;
    let word = block.text.get(name.clone())?;
    if WORDS.contains(&word) {
        return None;
    }
    let ty = if it.eat(": ") {
        let start = it.at();
        type_of(it)?;
        Some(it.since(start))
    } else {
        None
    };
    let has_value = it.eat(" = ");
    let start = it.at();
    if has_value {
        value(it)?;
    }
    let value = it.since(start);
    if ty.is_none() && !has_value {
        return None;
    }
    let counts = is_field(word, ty.is_some(), value);
    let optional = ty.is_some_and(is_optional);
    Some(counts.then(|| block.field_at(name, ty.unwrap_or(""), optional)))
}

/// `dict[str, Order] | None`, `Literal["a", "b"]`.
fn type_of(it: &mut Scanner<'_>) -> Option<()> {
    loop {
        one_type(it)?;
        if !it.eat(" | ") {
            return Some(());
        }
    }
}

fn one_type(it: &mut Scanner<'_>) -> Option<()> {
    if matches!(it.peek(), Some(b'"' | b'\'')) {
        return it.quoted();
    }
    let name = it.path()?;
    if name != "None" && WORDS.contains(&name) {
        return None;
    }
    if it.eat("[") { it.list("]", type_of) } else { Some(()) }
}

/// A name, a number, a text, or a call with such values: `Field(default=None, ge=0)`.
fn value(it: &mut Scanner<'_>) -> Option<()> {
    match it.peek()? {
        b'"' | b'\'' => it.quoted(),
        b'0'..=b'9' => it.number(),
        b'.' => it.eat("...").then_some(()),
        b'[' => it.eat("[]").then_some(()),
        b'{' => it.eat("{}").then_some(()),
        _ => called(it),
    }
}

fn called(it: &mut Scanner<'_>) -> Option<()> {
    let name = it.path()?;
    let is_value = matches!(name, "None" | "True" | "False");
    if !is_value && WORDS.contains(&name) {
        return None;
    }
    if is_value || !it.eat("(") {
        return Some(());
    }
    while !it.eat(")") {
        let mut named = *it;
        let start = named.at();
        if named.name().is_some() && named.peek() == Some(b'=') {
            if WORDS.contains(&named.since(start)) {
                return None;
            }
            named.eat("=");
            *it = named;
        }
        value(it)?;
        if !it.eat(", ") && it.peek() != Some(b')') {
            return None;
        }
    }
    Some(())
}
