//! Rust.

use tree_sitter::Node;

use super::grammar::{Grammar, Role};
use super::names::ident;
use super::walk::Walk;
use super::{Call, Value};
use crate::code::{Import, Language};

pub(super) static GRAMMAR: Grammar = Grammar {
    languages: &[Language::Rust],
    language: |_| tree_sitter_rust::LANGUAGE.into(),
    roles: &[
        ("call_expression", Role::Call),
        ("macro_invocation", Role::Macro),
        ("field_expression", Role::Member),
        ("scoped_identifier", Role::Member),
        ("identifier", Role::Name),
        ("string_literal", Role::Text),
        ("raw_string_literal", Role::Text),
        ("array_expression", Role::List),
        ("tuple_expression", Role::List),
        ("function_item", Role::Function),
        ("closure_expression", Role::Function),
        ("struct_item", Role::Type),
        ("enum_item", Role::Type),
        ("trait_item", Role::Type),
        ("impl_item", Role::Type),
        ("mod_item", Role::Type),
        ("generic_function", Role::Wrapper),
        ("reference_expression", Role::Wrapper),
        ("try_expression", Role::Wrapper),
        ("await_expression", Role::Wrapper),
        ("parenthesized_expression", Role::Wrapper),
        ("line_comment", Role::Comment),
        ("block_comment", Role::Comment),
        ("let_declaration", Role::Binding),
        ("assignment_expression", Role::Binding),
        ("const_item", Role::Binding),
        ("static_item", Role::Binding),
        ("field_declaration", Role::Binding),
        ("attribute_item", Role::Decorator),
        ("use_declaration", Role::Import),
    ],
    decorator,
    import,
};

/// `#[get("/x")]`, `#[tokio::test]`, `#[sea_orm(table_name = "x")]`.
fn decorator<'a>(walk: &mut Walk<'_, 'a>, node: Node<'_>) -> Option<Call<'a>> {
    let attribute = node.named_child(0)?;
    let path = walk.text(attribute.named_child(0)?);
    let (receiver, name) = match path.rsplit_once("::") {
        Some((receiver, name)) => (Value::Name(receiver), name),
        None => (Value::None, path),
    };
    let arguments = attribute.child_by_field_name("arguments");
    Some(Call {
        receiver,
        name,
        arguments: arguments.map(|it| walk.tokens(it)).unwrap_or_default(),
        scope: walk.scope(),
        range: node.byte_range(),
    })
}

/// `use a::b::{c, d as e};` Braces within braces are read as if there were one pair.
fn import(text: &str) -> Vec<Import> {
    let at = text.find("use ").map_or(0, |at| at + 4);
    let path = text.get(at..).unwrap_or("").trim_end_matches(';').trim();
    let (base, names) = path.split_once('{').unwrap_or(("", path));
    let names = names.split([',', '{', '}']).map(str::trim).filter(|it| !ident(it).is_empty());
    names.map(|name| one(base, name)).collect()
}

fn one(base: &str, part: &str) -> Import {
    let (path, local) = part.split_once(" as ").unwrap_or((part, part));
    let whole = format!("{base}{path}");
    let (module, name) = whole.rsplit_once("::").unwrap_or(("", &whole));
    let local = local.rsplit("::").next().unwrap_or(local);
    Import {
        local: ident(local).to_owned(),
        module: module.to_owned(),
        name: Some(ident(name).to_owned()),
    }
}
