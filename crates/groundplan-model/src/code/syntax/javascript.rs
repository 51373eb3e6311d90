//! JavaScript and TypeScript, which name their nodes alike.

use super::grammar::{Grammar, Role};
use super::names::ident;
use super::value;
use crate::code::{Import, Language};

pub(super) static GRAMMAR: Grammar = Grammar {
    languages: &[Language::JavaScript, Language::TypeScript, Language::Tsx],
    language: |language| match language {
        Language::TypeScript => tree_sitter_typescript::LANGUAGE_TYPESCRIPT.into(),
        Language::Tsx => tree_sitter_typescript::LANGUAGE_TSX.into(),
        _ => tree_sitter_javascript::LANGUAGE.into(),
    },
    roles: &[
        ("call_expression", Role::Call),
        ("new_expression", Role::Call),
        ("member_expression", Role::Member),
        ("subscript_expression", Role::Member),
        ("identifier", Role::Name),
        ("shorthand_property_identifier", Role::Name),
        ("string", Role::Text),
        ("template_string", Role::Text),
        ("binary_expression", Role::Joined),
        ("array", Role::List),
        ("object", Role::Map),
        ("pair", Role::Pair),
        ("function_declaration", Role::Function),
        ("generator_function_declaration", Role::Function),
        ("function_expression", Role::Function),
        ("arrow_function", Role::Function),
        ("method_definition", Role::Function),
        ("class_declaration", Role::Type),
        ("abstract_class_declaration", Role::Type),
        ("class", Role::Type),
        ("interface_declaration", Role::Type),
        ("await_expression", Role::Wrapper),
        ("parenthesized_expression", Role::Wrapper),
        ("as_expression", Role::Wrapper),
        ("satisfies_expression", Role::Wrapper),
        ("non_null_expression", Role::Wrapper),
        ("comment", Role::Comment),
        ("variable_declarator", Role::Binding),
        ("assignment_expression", Role::Binding),
        ("public_field_definition", Role::Binding),
        ("field_definition", Role::Binding),
        ("decorator", Role::Decorator),
        ("import_statement", Role::Import),
        ("export_statement", Role::Export),
    ],
    decorator: value::decorator,
    import,
};

/// `import a, { b as c } from './x'`, `import * as d from './x'`.
fn import(text: &str) -> Vec<Import> {
    let Some((names, module)) = text.rsplit_once(" from ") else { return Vec::new() };
    let module = module.trim().trim_matches(['\'', '"', ';']);
    let names = names.trim_start_matches("import").trim_start().trim_start_matches("type ");
    let (default, braced) = names.split_once('{').unwrap_or((names, ""));
    let mut found = list(braced.trim_end().trim_end_matches('}'), module);
    let default = default.trim().trim_end_matches(',').trim_start_matches("* as ");
    if !ident(default).is_empty() {
        let local = ident(default).to_owned();
        found.push(Import { local, module: module.to_owned(), name: None });
    }
    found
}

/// Names in braces: those of an import, and those of `const { a: b } = require('./x')`.
pub(super) fn list(names: &str, module: &str) -> Vec<Import> {
    let mut found = Vec::new();
    for part in names.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let (name, local) =
            part.split_once(" as ").or_else(|| part.split_once(':')).unwrap_or((part, part));
        let (name, local) = (ident(name.trim()), ident(local.trim()));
        let name = Some(name).filter(|it| *it != "default").map(str::to_owned);
        found.push(Import { local: local.to_owned(), module: module.to_owned(), name });
    }
    found
}
