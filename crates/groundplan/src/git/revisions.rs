//! Two revisions of a repository, and the documents that differ between them.

use std::path::Path;

use super::Git;
use crate::exit::Failure;

/// The words of a range: `A..B`, `A...B`, `A`.
const BETWEEN: &str = "..";

/// A revision: as it was asked for, and the commit that it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Revision {
    /// As it was written: `main~2`.
    pub(crate) written: String,
    /// The commit's whole hash.
    pub(crate) hash: String,
}

/// What is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Range {
    /// The older side.
    pub(crate) from: Revision,
    /// The newer side; `None` for the files as they lie on the disk.
    pub(crate) to: Option<Revision>,
}

impl Range {
    /// How the newer side is called.
    pub(crate) fn to_name(&self) -> &str {
        self.to.as_ref().map_or("the working tree", |it| &it.written)
    }
}

impl Git {
    /// The range that `text` asks for: `A..B`; `A...B`, from where B left A; `A`, up to the files on
    /// the disk.
    pub(crate) fn range(&self, text: &str) -> Result<Range, Failure> {
        let Some((from, to)) = text.split_once(BETWEEN) else {
            return Ok(Range { from: self.revision(text)?, to: None });
        };
        let or_head =
            |name: &str| if name.is_empty() { "HEAD".to_owned() } else { name.to_owned() };
        let is_fork = to.starts_with('.');
        let to = self.revision(&or_head(to.trim_start_matches('.')))?;
        let from = self.revision(&or_head(from))?;
        match is_fork {
            true => Ok(Range { from: self.fork(&from, &to)?, to: Some(to) }),
            false => Ok(Range { from, to: Some(to) }),
        }
    }

    /// Whether `name` is a revision, or a range.
    pub(crate) fn knows(&self, name: &str) -> bool {
        name.contains(BETWEEN) && !name.starts_with('.') && !name.contains('/')
            || name.split(BETWEEN).all(|it| self.commit(it.trim_start_matches('.')).is_some())
    }

    fn revision(&self, name: &str) -> Result<Revision, Failure> {
        match self.commit(name) {
            Some(hash) => Ok(Revision { written: name.to_owned(), hash }),
            None => Err(Failure::new(
                format!("there is no revision `{name}` in this repository"),
                "name a branch, a tag or a commit, as `git log` shows them; a shallow clone has only \
                 the newest ones: fetch more with `git fetch --unshallow`",
            )),
        }
    }

    fn commit(&self, name: &str) -> Option<String> {
        let wanted = format!("{name}^{{commit}}");
        // What begins with a hyphen would be read as an option.
        let name = Some(wanted).filter(|it| !it.starts_with('-'))?;
        let hash = self.run(&["rev-parse", "--verify", "--quiet", &name])?;
        Some(hash.trim().to_owned()).filter(|it| !it.is_empty())
    }

    fn fork(&self, one: &Revision, other: &Revision) -> Result<Revision, Failure> {
        let base = self.run(&["merge-base", &one.hash, &other.hash]).ok_or_else(|| {
            let names = format!("`{}` and `{}`", one.written, other.written);
            Failure::new(
                format!("{names} have no commit in common"),
                "name the two revisions with two dots: `A..B`",
            )
        })?;
        Ok(Revision { written: one.written.clone(), hash: base.trim().to_owned() })
    }

    /// Paths of Markdown files, from the root, that differ, came or went.
    pub(crate) fn changed_documents(&self, range: &Range) -> Vec<String> {
        let mut arguments = vec!["diff", "--name-only", "-z", "--no-renames", &range.from.hash];
        arguments.extend(range.to.as_ref().map(|it| it.hash.as_str()));
        arguments.push("--");
        let mut found = documents(&self.run(&arguments).unwrap_or_default());
        if range.to.is_none() {
            let arguments = ["ls-files", "-z", "--others", "--exclude-standard"];
            found.extend(documents(&self.run(&arguments).unwrap_or_default()));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The text of the file at `path` from the root, as it was in `revision`.
    pub(crate) fn text_in(&self, revision: &Revision, path: &str) -> Option<String> {
        self.run(&["show", &format!("{}:{path}", revision.hash)])
    }
}

/// Markdown files of a list that is separated by NUL.
fn documents(listing: &str) -> Vec<String> {
    let is_markdown = |path: &&str| {
        let extension = Path::new(path).extension();
        extension
            .is_some_and(|it| it.eq_ignore_ascii_case("md") || it.eq_ignore_ascii_case("markdown"))
    };
    listing.split('\0').filter(is_markdown).map(str::to_owned).collect()
}
