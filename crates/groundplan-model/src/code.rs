//! What the source code of a repository says, to be compared with what documents say: routes,
//! tables, environment variables, trace tags, tests.
//!
//! [`read_code`] reads one file and sees no other; [`link_routes`] joins what files say together.
//! Pure: text in, facts out.

pub(crate) mod bounded;
mod env_vars;
mod facts;
mod junit;
mod language;
mod link;
mod linked;
mod openapi;
mod resolve;
mod routes;
mod symbols;
mod syntax;
mod tables;
mod tags;
mod test_cases;
#[cfg(test)]
mod tests;

pub use facts::{
    ApiOperation, CodeColumn, CodeFile, CodeTable, Constant, Import, Migration, Mount, Named,
    Place, Route, Router, TableChange, TableForm, Tag, TagForm,
};
pub use junit::{JunitFault, Outcome, TestResult, read_junit};
pub use language::Language;
pub use link::link_routes;
pub use linked::{LinkedOperation, LinkedRoute, LinkedTable};
pub use openapi::{is_contract, link_operations};
pub use tables::link_tables;

/// Files above this size are not read: they are generated, or data.
pub const LIMIT_BYTES: usize = 1 << 20;

/// Whether a file's name says that it may hold facts.
pub fn is_code(path: &str) -> bool {
    Language::of(path).is_some()
}

/// Every reader of source code.
static READERS: &[&[Reader]] =
    &[routes::READERS, tables::READERS, env_vars::READERS, tags::READERS, test_cases::READERS];

/// Reads one form of facts from source code.
struct Reader {
    languages: &'static [Language],
    /// Words of which a file with such facts holds one.
    words: &'static [&'static str],
    read: fn(&syntax::Syntax<'_>, &mut CodeFile),
}

impl Reader {
    fn wants(&self, language: Language, text: &str) -> bool {
        let holds = |word: &&str| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some();
        self.languages.contains(&language) && self.words.iter().any(holds)
    }
}

/// Reads every fact that a file of code states; `None` for a file that is not read: by its name, or
/// because it is larger than [`LIMIT_BYTES`]. Never fails.
pub fn read_code(path: &str, text: &str) -> Option<CodeFile> {
    let language = Language::of(path).filter(|_| text.len() <= LIMIT_BYTES)?;
    let mut file = CodeFile::new(path, language);
    read_plain(&mut file, text);
    read_syntax(&mut file, text);
    Some(file)
}

/// What is read of files that are no programs.
fn read_plain(file: &mut CodeFile, text: &str) {
    symbols::read(file, text);
    match file.language {
        Language::Sql => tables::sql::read(file, text),
        Language::Prisma => tables::prisma::read(file, text),
        Language::Env => env_vars::read_env(file, text),
        Language::Yaml => {
            openapi::read(file, text);
            env_vars::read_compose(file, text);
        }
        Language::Json => openapi::read(file, text),
        // Grammars know what is a comment.
        _ => return,
    }
    tags::read_lines(file, text);
}

/// What is read by a grammar. Parsing costs most, so that files without any word of a reader are
/// left out.
fn read_syntax(file: &mut CodeFile, text: &str) -> Option<()> {
    let all = READERS.iter().copied().flatten();
    let wanted = all.filter(|it| it.wants(file.language, text));
    let wanted: Vec<&Reader> = wanted.collect();
    if wanted.is_empty() {
        return None;
    }
    let syntax = syntax::Syntax::read(file.language, text)?;
    for reader in wanted {
        (reader.read)(&syntax, file);
    }
    routes::constants(&syntax, file);
    file.imports.clone_from(&syntax.imports);
    Some(())
}
