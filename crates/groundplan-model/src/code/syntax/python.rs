//! Python.

use super::grammar::{Grammar, Role};
use super::names::ident;
use super::value;
use crate::code::{Import, Language};

pub(super) static GRAMMAR: Grammar = Grammar {
    languages: &[Language::Python],
    language: |_| tree_sitter_python::LANGUAGE.into(),
    roles: &[
        ("call", Role::Call),
        ("attribute", Role::Member),
        ("subscript", Role::Member),
        ("identifier", Role::Name),
        ("string", Role::Text),
        ("concatenated_string", Role::Joined),
        ("binary_operator", Role::Joined),
        ("list", Role::List),
        ("tuple", Role::List),
        ("set", Role::List),
        ("dictionary", Role::Map),
        ("pair", Role::Pair),
        ("function_definition", Role::Function),
        ("lambda", Role::Function),
        ("class_definition", Role::Type),
        ("await", Role::Wrapper),
        ("parenthesized_expression", Role::Wrapper),
        ("comment", Role::Comment),
        ("assignment", Role::Binding),
        ("decorator", Role::Decorator),
        ("import_statement", Role::Import),
        ("import_from_statement", Role::Import),
    ],
    decorator: value::decorator,
    import,
};

/// `from a.b import c as d, e`, `import a.b as c`.
fn import(text: &str) -> Vec<Import> {
    let (module, names) = match text.strip_prefix("from ").and_then(|it| it.split_once(" import")) {
        Some((module, names)) => (Some(module.trim()), names),
        None => (None, text.strip_prefix("import ").unwrap_or("")),
    };
    let parts = names.split(',').map(|part| part.trim_matches(['(', ')', ' ', '\n', '\r', '\t']));
    parts.filter(|part| !part.is_empty()).map(|part| one(module, part)).collect()
}

fn one(module: Option<&str>, part: &str) -> Import {
    let (name, local) = part.split_once(" as ").unwrap_or((part, part));
    let (name, local) = (name.trim(), ident(local.trim()));
    match module {
        Some(module) => Import {
            local: local.to_owned(),
            module: module.to_owned(),
            name: Some(ident(name).to_owned()),
        },
        // `import a.b` gives `a`, `import a.b as c` the whole.
        None => {
            let module = if part.contains(" as ") { name } else { local };
            Import { local: local.to_owned(), module: module.to_owned(), name: None }
        }
    }
}
