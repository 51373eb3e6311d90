//! Java.

use tree_sitter::Node;

use super::grammar::{Grammar, Role};
use super::walk::Walk;
use super::{Call, Value};
use crate::code::Language;

pub(super) static GRAMMAR: Grammar = Grammar {
    languages: &[Language::Java],
    language: |_| tree_sitter_java::LANGUAGE.into(),
    roles: &[
        ("method_invocation", Role::Call),
        ("object_creation_expression", Role::Call),
        ("field_access", Role::Member),
        ("scoped_identifier", Role::Member),
        ("identifier", Role::Name),
        ("string_literal", Role::Text),
        ("binary_expression", Role::Joined),
        ("element_value_array_initializer", Role::List),
        ("element_value_pair", Role::Pair),
        ("method_declaration", Role::Function),
        ("constructor_declaration", Role::Function),
        ("lambda_expression", Role::Function),
        ("class_declaration", Role::Type),
        ("interface_declaration", Role::Type),
        ("record_declaration", Role::Type),
        ("enum_declaration", Role::Type),
        ("parenthesized_expression", Role::Wrapper),
        ("line_comment", Role::Comment),
        ("block_comment", Role::Comment),
        ("variable_declarator", Role::Binding),
        ("annotation", Role::Decorator),
        ("marker_annotation", Role::Decorator),
    ],
    decorator,
    import: |_| Vec::new(),
};

/// `@GetMapping("/x")`, `@RequestMapping(path = "/x", method = RequestMethod.GET)`, `@Test`.
fn decorator<'a>(walk: &mut Walk<'_, 'a>, node: Node<'_>) -> Option<Call<'a>> {
    let name = walk.text(node.child_by_field_name("name")?);
    let arguments = node.child_by_field_name("arguments");
    Some(Call {
        receiver: Value::None,
        name: name.rsplit('.').next().unwrap_or(name),
        arguments: arguments.map(|it| walk.arguments(it)).unwrap_or_default(),
        scope: walk.scope(),
        range: node.byte_range(),
    })
}
