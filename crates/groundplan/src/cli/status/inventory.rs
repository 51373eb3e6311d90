//! The place in a Markdown file where an inventory is kept.

use std::fs;
use std::path::{Path, PathBuf};

use groundplan_syntax::{Edit, Kind, Source, Span, apply, parse};

use crate::disk::{printed, write};
use crate::exit::Failure;

/// The line above the inventory.
const OPEN: &str = "<!-- groundplan status -->";

/// The line below it.
const CLOSE: &str = "<!-- /groundplan status -->";

/// A file with a place for an inventory.
pub(super) struct Inventory {
    /// The file.
    pub(super) path: PathBuf,
    /// Its text.
    pub(super) text: String,
    /// What stands between the two lines.
    place: Span,
}

impl Inventory {
    /// Reads a file and finds the place.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let name = printed(path);
        let text = fs::read_to_string(path).map_err(|error| {
            let help = format!("name a Markdown file that holds {}", lines());
            Failure::io(format!("cannot read `{name}`"), &error, help)
        })?;
        match place(&name, &text) {
            Some(place) => Ok(Self { path: path.to_owned(), text, place }),
            None => Err(Failure::new(
                format!("`{name}` has no place for an inventory"),
                format!("put {} where it belongs", lines()),
            )),
        }
    }

    /// The file's text with this inventory.
    pub(super) fn with(&self, inventory: &str) -> String {
        let mut text = format!("\n{inventory}\n");
        if self.text.contains("\r\n") {
            text = text.replace('\n', "\r\n");
        }
        let edit = Edit::replace(self.place, text);
        apply(&self.text, &[edit]).unwrap_or_else(|_| self.text.clone())
    }

    /// Writes the file's new text.
    pub(super) fn write(&self, text: &str) -> Result<(), Failure> {
        write(&self.path, text).map_err(|error| {
            let doing = format!("cannot write `{}`", printed(&self.path));
            Failure::io(doing, &error, "make it and its folder writable")
        })
    }
}

fn lines() -> String {
    format!("the two lines `{OPEN}` and `{CLOSE}`")
}

/// The lines between the two marks; marks in code are examples and do not count.
fn place(name: &str, text: &str) -> Option<Span> {
    let source = Source::new(name, text);
    let tree = parse(&source);
    let blocks = tree.children(tree.root()).filter(|it| tree.kind(*it) == Kind::HtmlBlock);
    let marks: Vec<Span> = blocks.map(|it| tree.span(it)).collect();
    let is = |span: &Span, mark: &str| source.slice(*span).trim() == mark;
    let open = marks.iter().position(|it| is(it, OPEN))?;
    let close = marks.iter().skip(open).find(|it| is(it, CLOSE))?;
    let start = source.line_of(marks.get(open)?.start as usize).end as usize;
    let after = text.get(start..)?.find('\n')? + start + 1;
    Some(Span::new(after, close.start as usize))
}
