//! Where code lies: the language that the design is written for, the paths that it states, and for
//! the rest the same pattern, or the usual one of the language.

mod files;
mod go;
mod java;
mod language;
mod neutral;
mod python;
mod rust;
mod stated;
#[cfg(test)]
mod tests;
mod tree;
mod typescript;

use groundplan_model::Workspace;

use super::design::{Design, Noun};
pub(crate) use files::{Entry, files};
pub(crate) use language::{Language, Role};
pub(crate) use stated::StatedFile;
pub(crate) use tree::drawn;

/// Every language whose layout is known, the last one for all others.
pub(crate) static ALL: &[&Language] =
    &[&python::IT, &typescript::IT, &go::IT, &rust::IT, &java::IT, &neutral::IT];

/// How designs name files that there is one of.
const SINGLE: [(Role, &[&str]); 4] = [
    (Role::Settings, &["settings", "config", "configuration"]),
    (Role::Entry, &["__main__", "main", "app", "server", "application"]),
    (Role::Errors, &["exceptions", "errors", "error"]),
    (Role::Guards, &["guards", "middleware", "auth_middleware", "dependencies"]),
];

/// Where the code of one design lies.
pub(crate) struct Layout {
    pub(crate) language: &'static Language,
    /// Whether anything tells the language.
    pub(crate) is_known: bool,
    /// The folder of the sources: `src/data_export`.
    pub(crate) root: String,
    /// The paths that the design states.
    pub(crate) stated: Vec<StatedFile>,
    /// Patterns that those paths follow.
    patterns: Vec<(Role, String)>,
    feature: String,
}

impl Layout {
    pub(crate) fn of(design: &Design<'_>, workspace: &Workspace<'_>) -> Self {
        let stated = stated::files(design);
        let found = language::of(design, workspace, &stated);
        let language = found.unwrap_or(&neutral::IT);
        let feature = design.feature_snake();
        let patterns = stated::patterns(&stated, &design.nouns);
        let own = stated::root(&stated, language);
        let root =
            own.unwrap_or_else(|| language.root.replace("{feature}", &(language.case)(&feature)));
        Self { language, is_known: found.is_some(), root, stated, patterns, feature }
    }

    /// The path of the file with this role for what is called `one` and `many` in snake case.
    pub(crate) fn path(&self, role: Role, one: &str, many: &str) -> String {
        let stated = self.patterns.iter().find(|(it, _)| *it == role).map(|(_, path)| &**path);
        let pattern = stated.unwrap_or_else(|| self.language.pattern(role));
        let case = self.language.case;
        pattern
            .replace("{root}", &self.root)
            .replace("{feature}", &case(&self.feature))
            .replace("{one}", &case(one))
            .replace("{many}", &case(many))
            .replace("{class}", &super::naming::pascal(one))
    }

    /// The path of a table's file with this role.
    pub(crate) fn noun_path(&self, role: Role, noun: &Noun) -> String {
        self.path(role, &noun.one, &noun.many)
    }

    /// The path of a file that there is only one of; the design's own, where it has one.
    pub(crate) fn single(&self, role: Role) -> String {
        let stems = SINGLE.iter().filter(|(it, _)| *it == role).flat_map(|(_, stems)| *stems);
        let is_own = |path: &str| path.starts_with(&self.root) && !path.contains("test");
        let own = stems.filter_map(|stem| self.stated_named(stem)).find(|it| is_own(&it.path));
        if let Some(own) = own {
            return own.path.clone();
        }
        self.path(role, &self.feature, &self.feature)
    }

    /// The stated file whose name, without ending, is `stem` in the language's spelling.
    pub(crate) fn stated_named(&self, stem: &str) -> Option<&StatedFile> {
        self.stated.iter().find(|it| {
            let own = stated::stem(&it.path);
            own == stem || own == (self.language.case)(stem)
        })
    }
}
