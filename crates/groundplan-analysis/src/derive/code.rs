//! What the design's code blocks define: types, functions, and the types that signatures name.
//! Line by line, in any of the usual languages: a design's code seldom compiles.

mod lines;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use groundplan_model::Document;
use groundplan_syntax::{Kind, Span, Tree};

/// Everything that code blocks define, in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Code {
    pub(crate) definitions: Vec<Definition>,
    /// The language of each fence of code, as its info string names it.
    pub(crate) languages: Vec<String>,
    /// Names that are imported or built in: nobody has to write them.
    imported: BTreeSet<String>,
}

/// A type or a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Definition {
    pub(crate) name: String,
    pub(crate) what: What,
    /// The type that it belongs to.
    pub(crate) owner: Option<String>,
    /// The line or lines that declare it.
    pub(crate) signature: String,
    /// Types that the signature names.
    pub(crate) names: Vec<String>,
    /// Where its first line stands.
    pub(crate) span: Span,
}

/// What a definition is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Type,
    Function,
}

/// Languages whose blocks define something.
const LANGUAGES: [&str; 17] = [
    "python",
    "py",
    "typescript",
    "ts",
    "tsx",
    "javascript",
    "js",
    "go",
    "rust",
    "rs",
    "java",
    "kotlin",
    "csharp",
    "cs",
    "swift",
    "cpp",
    "c++",
];

pub(crate) fn read(tree: &Tree, document: &Document) -> Code {
    let mut code = Code::default();
    for node in tree.descendants(tree.root()) {
        let Kind::Fence { info, content, .. } = tree.kind(node) else { continue };
        let info = document.source.slice(info);
        let language = info.split(|c: char| !c.is_alphanumeric() && c != '+').next().unwrap_or("");
        let language = language.to_ascii_lowercase();
        if LANGUAGES.contains(&language.as_str()) {
            code.imported.extend(lines::imported(document.source.slice(content)));
            code.definitions.extend(lines::definitions(document.source.slice(content), content));
            code.languages.push(language);
        }
    }
    code
}

impl Code {
    /// Every type, each once, with its first definition.
    pub(crate) fn types(&self) -> Vec<&Definition> {
        let mut seen = BTreeSet::new();
        let types = self.definitions.iter().filter(|it| it.what == What::Type);
        types.filter(|it| seen.insert(it.name.as_str())).collect()
    }

    /// Whether a block defines a type of this name.
    pub(crate) fn defines(&self, name: &str) -> bool {
        self.definitions.iter().any(|it| it.what == What::Type && it.name == name)
    }

    /// Methods of the type named `owner`, each once.
    pub(crate) fn methods<'a>(&'a self, owner: &'a str) -> impl Iterator<Item = &'a Definition> {
        let mut seen = BTreeSet::new();
        let methods = self.definitions.iter().filter(|it| it.what == What::Function);
        let methods = methods.filter(move |it| it.owner.as_deref() == Some(owner));
        methods.filter(move |it| !it.name.starts_with('_') && seen.insert(it.name.as_str()))
    }

    /// Functions that belong to no type, each once.
    pub(crate) fn functions(&self) -> Vec<&Definition> {
        let mut seen = BTreeSet::new();
        let free = self.definitions.iter().filter(|it| it.what == What::Function);
        free.filter(|it| it.owner.is_none() && seen.insert(it.name.as_str())).collect()
    }

    /// Types that signatures name and no block defines or imports: the name, and where it is first
    /// named.
    pub(crate) fn wanted(&self) -> Vec<(&str, &Definition)> {
        let mut seen = BTreeSet::new();
        let named = self.definitions.iter().flat_map(|it| it.names.iter().map(move |n| (&**n, it)));
        named
            .filter(|(name, _)| !self.defines(name) && !self.imported.contains(*name))
            .filter(|(name, _)| !lines::is_built_in(name) && seen.insert(*name))
            .collect()
    }
}
