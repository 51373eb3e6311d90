//! Interfaces, objects and classes of fields and methods in their plainest form.

use std::ops::Range;

use super::super::scanner::Scanner;
use super::super::{Block, Entity, EntityField};
use super::is_handler;

/// Words that are no names of members here: they may begin or go on with something else.
const SPECIAL: [&str; 38] = [
    "abstract",
    "accessor",
    "as",
    "asserts",
    "async",
    "class",
    "const",
    "constructor",
    "declare",
    "enum",
    "export",
    "extends",
    "function",
    "get",
    "global",
    "import",
    "in",
    "infer",
    "instanceof",
    "interface",
    "is",
    "keyof",
    "let",
    "module",
    "namespace",
    "new",
    "of",
    "override",
    "private",
    "protected",
    "public",
    "readonly",
    "satisfies",
    "set",
    "static",
    "typeof",
    "unique",
    "var",
];

/// Where members stand.
#[derive(Clone, Copy, PartialEq)]
enum Body {
    Type,
    Class,
}

/// The type of a block; `None` where anything in it is not plain.
pub(super) fn read(block: &Block<'_>) -> Option<Entity> {
    if block.text.contains(['\r', '`']) {
        return None;
    }
    let mut it = Scanner::new(block.text);
    gap(&mut it)?;
    it.eat("export ");
    let (name, body) = head(&mut it)?;
    let mut fields = Vec::new();
    loop {
        gap(&mut it)?;
        if it.eat("}") {
            return it.is_done().then(|| block.entity_at(name, fields));
        }
        fields.extend(member(&mut it, block, body)?);
    }
}

/// The name of what is defined, up to its opening brace.
fn head(it: &mut Scanner<'_>) -> Option<(Range<usize>, Body)> {
    if it.eat("type ") {
        let name = it.name()?;
        return it.eat(" = {").then_some((name, Body::Type));
    }
    let body = if it.eat("interface ") { Body::Type } else { Body::Class };
    if body == Body::Class && !it.eat("class ") {
        return None;
    }
    let name = it.name()?;
    if it.eat(" extends ") {
        it.path()?;
    }
    while body == Body::Type && it.eat(", ") {
        it.path()?;
    }
    if body == Body::Class && it.eat(" implements ") {
        it.path()?;
    }
    it.eat(" {").then_some((name, body))
}

/// Steps over blanks, ends of lines and comments, and says whether it saw a comment. A brace in a
/// comment would count where the block was cut.
fn gap(it: &mut Scanner<'_>) -> Option<bool> {
    let mut has_comment = false;
    loop {
        it.run(|byte| matches!(byte, b' ' | b'\t' | b'\n'));
        let start = it.at();
        if it.eat("//") {
            it.line();
        } else if it.eat("/*") {
            it.skip(it.rest().find("*/")? + "*/".len());
        } else {
            return Some(has_comment);
        }
        has_comment = true;
        if it.since(start).contains(['{', '}']) {
            return None;
        }
    }
}

/// A field, or `Some(None)` for a method.
fn member(it: &mut Scanner<'_>, block: &Block<'_>, body: Body) -> Option<Option<EntityField>> {
    if body == Body::Class {
        let _ = it.eat("public ") || it.eat("private ") || it.eat("protected ");
        it.eat("static ");
    }
    let is_plain = !it.eat("readonly ");
    let is_method = body == Body::Class && is_plain && has_mark(it);
    let name = it.name()?;
    let word = block.text.get(name.clone())?;
    if it.peek() == Some(b'(') {
        let is_built = body == Body::Class && word == "constructor";
        let is_name = is_plain && (is_built || !SPECIAL.contains(&word));
        return if is_name { method(it, body).map(|()| None) } else { None };
    }
    if is_method || SPECIAL.contains(&word) {
        return None;
    }
    let optional = it.eat("?");
    if !it.eat(": ") {
        return None;
    }
    let start = it.at();
    let is_function = whole_type(it)?;
    let ty = it.since(start);
    if body == Body::Class && it.eat(" = ") {
        value(it)?;
    }
    end(it, body)?;
    let counts = !is_function || is_handler(block, name.clone());
    Some(counts.then(|| block.field_at(name, ty, optional)))
}

/// Whether a word that makes a method of what follows stands here; steps over it.
fn has_mark(it: &mut Scanner<'_>) -> bool {
    it.eat("async ") || it.eat("get ") || it.eat("set ")
}

/// The parameters, the type and the body of a method.
fn method(it: &mut Scanner<'_>, body: Body) -> Option<()> {
    parameters(it)?;
    if it.eat(": ") {
        whole_type(it)?;
    }
    if body == Body::Class && it.rest().starts_with(" {") {
        return it.braces();
    }
    (it.eat(";") || body == Body::Type && it.eat(",")).then_some(())
}

/// `(private db: Db, id?: string)`.
fn parameters(it: &mut Scanner<'_>) -> Option<()> {
    it.eat("(").then_some(())?;
    gap(it)?;
    while !it.eat(")") {
        let _ = it.eat("public ") || it.eat("private ") || it.eat("protected ");
        it.eat("readonly ");
        it.eat("...");
        let start = it.at();
        it.name()?;
        if SPECIAL.contains(&it.since(start)) {
            return None;
        }
        it.eat("?");
        if it.eat(": ") {
            whole_type(it)?;
        }
        gap(it)?;
        let has_more = it.eat(",");
        gap(it)?;
        if !has_more && it.peek() != Some(b')') {
            return None;
        }
    }
    Some(())
}

/// A type of any kind; says whether it is that of a function.
fn whole_type(it: &mut Scanner<'_>) -> Option<bool> {
    let mut function = *it;
    if function.peek() == Some(b'(') && parameters(&mut function).is_some() && function.eat(" => ")
    {
        whole_type(&mut function)?;
        *it = function;
        return Some(true);
    }
    union(it).map(|()| false)
}

/// `A | B & C`, over several lines too.
fn union(it: &mut Scanner<'_>) -> Option<()> {
    loop {
        one_type(it)?;
        let mut next = *it;
        gap(&mut next)?;
        if !(next.eat("| ") || next.eat("& ")) {
            return Some(());
        }
        *it = next;
    }
}

fn one_type(it: &mut Scanner<'_>) -> Option<()> {
    match it.peek()? {
        b'{' => it.braces()?,
        b'"' | b'\'' => it.quoted()?,
        b'0'..=b'9' => it.number()?,
        b'(' => {
            it.eat("(");
            whole_type(it)?;
            it.eat(")").then_some(())?;
        }
        _ => named_type(it)?,
    }
    while it.eat("[]") {}
    Some(())
}

/// `string`, `Map<string, Order>`.
fn named_type(it: &mut Scanner<'_>) -> Option<()> {
    let name = it.path()?;
    if SPECIAL.contains(&name) {
        return None;
    }
    if it.eat("<") { it.list(">", whole_type) } else { Some(()) }
}

/// What a field is set to at first.
fn value(it: &mut Scanner<'_>) -> Option<()> {
    match it.peek()? {
        b'{' => it.braces(),
        b'"' | b'\'' => it.quoted(),
        b'0'..=b'9' => it.number(),
        b'[' => it.eat("[]").then_some(()),
        _ => {
            it.eat("new ");
            named_type(it)?;
            it.eat("()");
            Some(())
        }
    }
}

/// The end of a member. Where only the end of a line tells it, what follows must begin a member and
/// nothing else.
fn end(it: &mut Scanner<'_>, body: Body) -> Option<()> {
    if it.eat(";") || body == Body::Type && it.eat(",") {
        return Some(());
    }
    let mut next = *it;
    let has_comment = gap(&mut next)?;
    let is_new_line = next.since(it.at()).contains('\n');
    let rest = next.rest().as_bytes();
    // `in` would go on with the line before it.
    let goes_on = matches!(rest, [b'i', b'n', it, ..] if !it.is_ascii_alphabetic());
    let begins = rest.first().is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'_');
    let is_end = rest.first() == Some(&b'}') || begins && is_new_line && !goes_on;
    (is_end && !has_comment).then_some(())
}
