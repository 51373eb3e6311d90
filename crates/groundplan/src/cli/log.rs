//! `groundplan log`: the change log, drafted from what Git knows of a document and its facts.

use std::path::PathBuf;

use groundplan_analysis::changelog::{Entry, Revision, draft, insert, rows};
use groundplan_model::Document;
use groundplan_syntax::{Source, apply};

use super::{Outcome, Run, Ui};
use crate::date::DateOption;
use crate::diff::unified;
use crate::disk::{Place, parent, path_within, printed, write};
use crate::exit::{Exit, Failure};
use crate::git::Git;
use crate::load::{Loaded, load};
use crate::render::plural;

/// Up to this many revisions of a document are read.
const MOST_REVISIONS: usize = 500;

/// Draft the rows that a document's change log lacks
///
/// What happened to the document's facts since its newest row, by Git: endpoints, tables, columns,
/// targets, error answers, requirements, status, and sections whose words are others. The rows
/// stand in the document's own table form and go on with its own versions. Nothing is written
/// without --write. A text that is not committed yet counts too.
#[derive(clap::Parser)]
#[command(name = "log")]
pub(crate) struct Log {
    /// The document
    #[arg(value_name = "DOCUMENT")]
    document: PathBuf,

    /// Insert the rows, and set the version of the header
    #[arg(long)]
    write: bool,

    /// Write nothing; end with 1 where rows are missing
    #[arg(long, conflicts_with = "write")]
    check: bool,

    #[command(flatten)]
    date: DateOption,
}

impl Run for Log {
    const EXAMPLES: &[(&str, &str)] = &[
        ("log docs/001_TDD-export.md", "the rows that are missing, as a diff"),
        ("log docs/001_TDD-export.md --write", "insert them"),
        ("log docs/001_TDD-export.md --check", "for CI: is the change log complete?"),
    ];

    fn run(self, ui: &mut Ui) -> Outcome {
        if self.document.is_dir() {
            return Err(folder(&self.document));
        }
        let loaded = load(std::slice::from_ref(&self.document), None)?;
        let Some((document, place)) = single(&loaded) else { return Err(folder(&self.document)) };
        let revisions = self.revisions(&loaded, document, place)?;
        let entries = draft(&revisions);
        let name = document.source.path();
        if entries.is_empty() {
            ui.print(&format!("{name}: the change log lacks nothing.\n"))?;
            return Ok(Exit::Clean);
        }
        let edits = insert(document, &entries).map_err(|fault| {
            let line = document.source.line(fault.heading.start as usize);
            no_table(name, line, &entries)
        })?;
        let before = document.source.text();
        let after = apply(before, &edits).map_err(|_| {
            Failure::new(format!("the rows do not fit into `{name}`"), "add them by hand")
        })?;
        let count = plural(entries.len(), "row");
        if self.write {
            keep(place, &after)?;
            ui.print(&format!("{name}: added {count} to the change log.\n"))?;
            return Ok(Exit::Clean);
        }
        ui.print(&unified(name, before, &after, ui.styled()))?;
        ui.note(&format!("{count} would be added; --write adds them.\n"));
        Ok(Exit::of_findings(self.check))
    }
}

impl Log {
    /// The revisions since the one that the newest row belongs to, and that one's predecessor; from
    /// the oldest on.
    fn revisions(
        &self,
        loaded: &Loaded,
        document: &Document,
        place: &Place,
    ) -> Result<Vec<Revision>, Failure> {
        let git = Git::of(&parent(&place.path)).ok_or_else(|| no_history(document))?;
        let path = printed(&path_within(&git.root, &place.path));
        let mut revisions = Vec::new();
        for (index, commit) in git.commits_of(&path).iter().take(MOST_REVISIONS).enumerate() {
            let Some(text) = git.text_at(commit) else { continue };
            if index == 0 && text != document.source.text() {
                revisions.push(self.uncommitted(loaded, document, &git)?);
            }
            let revision = Revision {
                document: loaded.reread(&Source::new(document.source.path(), &text)),
                date: commit.date.clone(),
                author: Some(commit.author.clone()),
            };
            let is_before = rows(&revision.document) != rows(document);
            revisions.push(revision);
            if is_before {
                break;
            }
        }
        if revisions.is_empty() {
            revisions.push(self.uncommitted(loaded, document, &git)?);
        }
        revisions.reverse();
        Ok(revisions)
    }

    /// The document as it lies on the disk.
    fn uncommitted(
        &self,
        loaded: &Loaded,
        document: &Document,
        git: &Git,
    ) -> Result<Revision, Failure> {
        let document = loaded.reread(&document.source);
        Ok(Revision { document, date: self.date.date()?, author: git.author() })
    }
}

fn single(loaded: &Loaded) -> Option<(&Document, &Place)> {
    let document = loaded.documents.first()?;
    Some((document, loaded.place(document.source.path())?))
}

fn keep(place: &Place, text: &str) -> Result<(), Failure> {
    write(&place.path, text).map_err(|error| {
        let doing = format!("cannot write `{}`", place.name);
        Failure::io(doing, &error, "make it and its folder writable")
    })
}

fn folder(path: &std::path::Path) -> Failure {
    Failure::new(
        format!("`{}` is no document", printed(path)),
        "name one document: each has a change log of its own",
    )
}

fn no_history(document: &Document) -> Failure {
    Failure::new(
        format!("`{}` has no history: no Git repository is around it", document.source.path()),
        "run `git init` and commit the document, or write its change log by hand",
    )
}

/// The rows as text, for who keeps the change log in another form.
fn no_table(name: &str, line: usize, entries: &[Entry]) -> Failure {
    let rows: Vec<String> =
        entries.iter().map(|it| format!("{} ({}): {}", it.version, it.date, it.text)).collect();
    Failure::new(
        format!("the change log of `{name}`, line {line}, is no table of versions and dates"),
        format!("add by hand what is missing: {}", rows.join(" · ")),
    )
}
