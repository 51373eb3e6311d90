//! Go.

use super::grammar::{Grammar, Role};
use crate::code::{Import, Language};

pub(super) static GRAMMAR: Grammar = Grammar {
    languages: &[Language::Go],
    language: |_| tree_sitter_go::LANGUAGE.into(),
    roles: &[
        ("call_expression", Role::Call),
        ("selector_expression", Role::Member),
        ("identifier", Role::Name),
        ("interpreted_string_literal", Role::Text),
        ("raw_string_literal", Role::Text),
        ("binary_expression", Role::Joined),
        ("function_declaration", Role::Function),
        ("method_declaration", Role::Function),
        ("func_literal", Role::Function),
        ("type_spec", Role::Type),
        ("parenthesized_expression", Role::Wrapper),
        ("unary_expression", Role::Wrapper),
        ("expression_list", Role::Wrapper),
        ("literal_element", Role::Wrapper),
        ("comment", Role::Comment),
        ("short_var_declaration", Role::Binding),
        ("assignment_statement", Role::Binding),
        ("var_spec", Role::Binding),
        ("const_spec", Role::Binding),
        ("field_declaration", Role::Binding),
        ("import_spec", Role::Import),
    ],
    decorator: |_, _| None,
    import,
};

/// `alias "example.com/shop/items"`.
fn import(text: &str) -> Vec<Import> {
    let mut parts = text.split('"');
    let (alias, module) = (parts.next().unwrap_or("").trim(), parts.next().unwrap_or(""));
    let own = module.rsplit('/').next().unwrap_or(module);
    let local = if alias.is_empty() { own } else { alias }.to_owned();
    vec![Import { local, module: module.to_owned(), name: None }]
}
