//! `groundplan fmt`: white space and order of documents, and nothing that they say.

use std::path::PathBuf;

use groundplan_analysis::fmt::{Formatted, Reason, Refused, format};
use groundplan_syntax::Source;
use rayon::prelude::*;

use super::{Outcome, Run, Ui};
use crate::config::Configs;
use crate::diff::unified;
use crate::disk::{Place, find, is_stdin, read, write};
use crate::exit::{Exit, Failure};
use crate::load::{Stdin, tell};
use crate::render::plural;

/// Format documents: white space and order, and nothing that they say
///
/// Tables are padded, lists of contents rebuilt from the headings, lists numbered, boxes written
/// alike, change logs sorted, and blanks at line ends removed. Code, HTML and front matter stay as
/// they are, as does everything between `<!-- groundplan-fmt-off -->` and
/// `<!-- groundplan-fmt-on -->`. A document that would say something else afterwards is left alone.
#[derive(clap::Parser)]
#[command(name = "fmt")]
pub(crate) struct Fmt {
    /// Documents, or folders of them; `-` is standard input, formatted to standard output
    #[arg(default_value = ".", value_name = "PATH")]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    stdin: Stdin,

    /// Write nothing; name the documents that are not formatted and end with 1
    #[arg(long)]
    check: bool,

    /// Write nothing; show what would change and end with 1
    #[arg(long)]
    diff: bool,
}

/// A document with what formatting makes of it.
struct Read {
    place: Place,
    before: Source,
    after: Formatted,
}

impl Run for Fmt {
    const EXAMPLES: &[(&str, &str)] = &[
        ("fmt", "everything under this folder"),
        ("fmt docs --check", "for CI: name what is not formatted"),
        ("fmt docs --diff", "what would change"),
        ("fmt - --stdin-filename docs/a.md < a.md", "a text that is not saved yet"),
    ];

    fn run(self, ui: &mut Ui) -> Outcome {
        let configs = Configs::default();
        let found = find(&self.paths, Some(&self.stdin.stdin_filename), &configs)?;
        configs.refuse()?;
        let mut failures = found.failures;
        let read: Vec<Result<Read, Failure>> =
            found.places.into_par_iter().map(formatted).collect();
        let (mut changed, mut unchanged) = (0, 0);
        for read in read {
            match read.and_then(|it| self.take(&it, ui)) {
                Ok(true) => changed += 1,
                Ok(false) => unchanged += 1,
                Err(Failure::Output(error)) => return Err(error.into()),
                Err(failure) => failures.push(failure),
            }
        }
        if !self.paths.iter().all(|path| is_stdin(path)) {
            ui.note(&self.summary(changed, unchanged));
        }
        let exit = Exit::of_findings(changed > 0 && (self.check || self.diff));
        Ok(tell(failures, ui)?.or(exit))
    }
}

impl Fmt {
    /// Shows or writes a document; whether it was not formatted.
    fn take(&self, read: &Read, ui: &mut Ui) -> Result<bool, Failure> {
        let (before, after) = (read.before.text(), &read.after.text);
        let (name, is_changed) = (&read.place.name, before != after);
        let is_piped = is_stdin(&read.place.path);
        if is_changed && self.diff {
            ui.print(&unified(name, before, after, ui.styled()))?;
        } else if is_changed && self.check {
            ui.print(&format!("Would format {name}: {}\n", read.after.changed.join(", ")))?;
        } else if is_piped && !self.diff && !self.check {
            ui.print(after)?;
        } else if is_changed {
            write(&read.place.path, after).map_err(|error| unwritable(name, &error))?;
        }
        Ok(is_changed)
    }

    /// "2 documents formatted, 5 left as they are."
    fn summary(&self, changed: usize, unchanged: usize) -> String {
        let would = if self.check || self.diff { " would be" } else { "" };
        let changed = format!("{}{would} formatted", plural(changed, "document"));
        match unchanged {
            0 => format!("{changed}.\n"),
            1 => format!("{changed}, 1 is as it should be.\n"),
            _ => format!("{changed}, {unchanged} are as they should be.\n"),
        }
    }
}

fn formatted(place: Place) -> Result<Read, Failure> {
    let before = read(&place)?;
    if let Some(at) = before.invalid_utf8() {
        return Err(not_utf8(&place.name, before.line(at)));
    }
    let after = format(&before).map_err(|it| refused(&place.name, it))?;
    Ok(Read { place, before, after })
}

fn not_utf8(name: &str, line: usize) -> Failure {
    Failure::new(
        format!("`{name}` is not formatted: line {line} is not UTF-8"),
        "save it as UTF-8: what cannot be read would be lost",
    )
}

fn refused(name: &str, refused: Refused) -> Failure {
    let pass = refused.pass;
    let reason = match refused.reason {
        Reason::Overlap => "two changes of this kind overlap",
        Reason::Meaning => "it would say something else afterwards",
        Reason::Endless => "formatting it comes to no end",
    };
    Failure::new(
        format!("`{name}` stays as it is ({pass}): {reason}"),
        "this is a fault of groundplan: please report it with the document",
    )
}

fn unwritable(name: &str, error: &std::io::Error) -> Failure {
    let doing = format!("cannot write `{name}`");
    Failure::io(doing, error, "make it and its folder writable")
}
