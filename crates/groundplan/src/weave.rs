//! Bringing a newly made text together with what people made of the former one.

use std::path::Path;

use groundplan_model::Provenance;
use groundplan_syntax::{Labels, Source, merge};

use crate::disk::{Base, printed, write};
use crate::exit::{Exit, Failure};
use crate::render::plural;
use crate::ui::Ui;

/// A document after a new text was merged into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Woven {
    /// The document as it was.
    pub(crate) before: String,
    /// The document as it is now.
    pub(crate) text: String,
    /// Lines where a conflict begins.
    pub(crate) conflicts: Vec<usize>,
}

/// Merges `fresh` into the document at `path`: what people wrote since the program last did stays.
/// `fresh` has the provenance block that the document is to have. Nothing is written.
pub(crate) fn weave(path: &Path, fresh: &str, source: &str) -> Result<Woven, Failure> {
    let name = printed(path);
    let before = std::fs::read_to_string(path).map_err(|error| {
        Failure::io(format!("cannot read `{name}`"), &error, "make it readable")
    })?;
    if let Some(line) = conflict_line(&before) {
        return Err(Failure::new(
            format!("`{name}` has a conflict in line {line} that nobody resolved yet"),
            "take what is right of both versions, delete the markers, and run this again",
        ));
    }
    let base = Base::of(path).read(path)?.ok_or_else(|| no_base(&name))?;
    let (fresh_text, block) = split(fresh);
    let labels = Labels { ours: &name, theirs: source };
    let merged = merge(&split(&base).0, &split(&before).0, &fresh_text, labels);
    let text = joined(&merged.text, &block);
    Ok(Woven { before, text, conflicts: merged.lines })
}

impl Woven {
    /// Whether the document stays as it was.
    pub(crate) fn is_unchanged(&self) -> bool {
        self.before == self.text
    }

    /// Writes the document, and keeps `fresh` as the base of the next merge.
    pub(crate) fn keep(&self, path: &Path, fresh: &str) -> Result<(), Failure> {
        if !self.is_unchanged() {
            write(path, &self.text).map_err(|error| {
                let doing = format!("cannot write `{}`", printed(path));
                Failure::io(doing, &error, "make it and its folder writable")
            })?;
        }
        Base::of(path).write(path, fresh)
    }

    /// Names the lines of the conflicts on standard error; findings where there are any.
    pub(crate) fn tell(&self, path: &Path, ui: &mut Ui) -> Exit {
        let name = printed(path);
        for line in &self.conflicts {
            ui.note(&format!("{name}:{line}: both sides changed this; both versions stand here\n"));
        }
        if !self.conflicts.is_empty() {
            let count = plural(self.conflicts.len(), "conflict");
            let help = "take what is right of both, and delete the markers";
            ui.fail(&format!("{count} in `{name}`"), Some(help));
        }
        Exit::of_findings(!self.conflicts.is_empty())
    }
}

/// The line of a marker that an earlier merge left.
fn conflict_line(text: &str) -> Option<usize> {
    let begins = |line: &str| line.starts_with("<<<<<<< ");
    let ends = |line: &str| line.starts_with(">>>>>>> ");
    let first = text.lines().position(begins)?;
    text.lines().skip(first).any(ends).then_some(first + 1)
}

/// A text without its provenance block, and the block.
pub(crate) fn split(text: &str) -> (String, String) {
    let source = Source::new("", text);
    let Some(provenance) = Provenance::read(&source) else {
        return (text.to_owned(), String::new());
    };
    let range = provenance.span.range();
    let block = text.get(range.clone()).unwrap_or("").to_owned();
    let before = text.get(..range.start).unwrap_or("").trim_end();
    let after = text.get(range.end..).unwrap_or("").trim();
    let gap = if after.is_empty() { "" } else { "\n\n" };
    (format!("{before}{gap}{after}\n"), block)
}

/// A text with a provenance block at its end.
pub(crate) fn joined(text: &str, block: &str) -> String {
    let is_dos = text.contains("\r\n");
    let (text, gap) = (text.trim_end(), if block.is_empty() { "" } else { "\n\n" });
    let joined = format!("{text}{gap}{}\n", block.trim_end());
    if is_dos { joined.replace("\r\n", "\n").replace('\n', "\r\n") } else { joined }
}

fn no_base(name: &str) -> Failure {
    Failure::new(
        format!(
            "what was last written into `{name}` is not known, so nothing can be merged into it"
        ),
        "bring its file in `.groundplan/base` back, and move it along when you move the document",
    )
}
