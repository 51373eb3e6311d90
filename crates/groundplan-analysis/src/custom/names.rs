//! Names that a document defines and that a cell may have to name.

use std::collections::HashSet;

use groundplan_model::Document;

macro_rules! defined {
    ($($(#[$doc:meta])* $name:ident = $key:literal: $read:expr,)*) => {
        /// What a cell may be held to name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Defined { $($(#[$doc])* $name,)* }

        impl Defined {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The word for it in settings.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }

            fn read(self) -> fn(&Document) -> Vec<&str> {
                match self { $(Self::$name => $read,)* }
            }
        }
    };
}

defined! {
    /// Components.
    Components = "components": |it| it.components.iter().map(|it| it.text.as_str()).collect(),
    /// Tables of the data model.
    Tables = "tables": |it| it.schema.tables.iter().map(|it| it.name.as_str()).collect(),
    /// Requirements.
    Requirements = "requirements": |it| it.requirements.iter().map(|it| it.id.text.as_str()).collect(),
    /// Environment variables.
    EnvVars = "env-vars": |it| it.env_vars.iter().map(|it| it.text.as_str()).collect(),
    /// Terms of the glossary.
    Terms = "terms": |it| it.glossary.iter().map(|it| it.term.as_str()).collect(),
    /// Phases of the work.
    Phases = "phases": |it| it.phases.iter().map(|it| it.title.as_str()).collect(),
    /// Paths of endpoints.
    Endpoints = "endpoints": |it| it.endpoints.iter().map(|it| it.path.as_str()).collect(),
    /// Headings.
    Sections = "sections": |it| it.sections.iter().map(|it| it.title.text.as_str()).collect(),
}

impl Defined {
    /// The names of this sort that `document` defines, in lower case.
    pub(super) fn names(self, document: &Document) -> HashSet<String> {
        self.read()(document).into_iter().map(|it| it.trim().to_lowercase()).collect()
    }
}
