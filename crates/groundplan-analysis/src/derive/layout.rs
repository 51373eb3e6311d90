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
        let root = own.unwrap_or_else(|| language.root.replace("{feature}", &feature));
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

    /// The path of a file that there is only one of.
    pub(crate) fn single(&self, role: Role) -> String {
        self.path(role, &self.feature, &self.feature)
    }

    /// The stated file whose name, without ending, is `stem` in the language's spelling.
    pub(crate) fn stated_named(&self, stem: &str) -> Option<&StatedFile> {
        self.stated.iter().find(|it| stated::stem(&it.path) == (self.language.case)(stem))
    }
}
