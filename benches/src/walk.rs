//! The raw limit of reading documents: walk a folder, read each Markdown file, parse it with byte
//! offsets on every core, and keep nothing.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use ignore::WalkBuilder;
use pulldown_cmark::{Options, Parser};
use rayon::prelude::*;

/// `walk FOLDER`
pub(crate) fn run(args: &[String]) -> Result<()> {
    let folder = args.first().context("usage: walk FOLDER")?;
    let files = markdown_files(Path::new(folder));
    let events: usize = files.par_iter().map(|path| events(path)).sum::<Result<usize>>()?;
    println!("{} files, {events} events", files.len());
    Ok(())
}

pub(crate) fn markdown_files(folder: &Path) -> Vec<PathBuf> {
    let entries = WalkBuilder::new(folder).hidden(false).build().filter_map(Result::ok);
    let is_file = |entry: &ignore::DirEntry| entry.file_type().is_some_and(|it| it.is_file());
    let files = entries.filter(is_file).map(ignore::DirEntry::into_path);
    files.filter(|path| path.extension().is_some_and(|it| it == "md")).collect()
}

fn events(path: &Path) -> Result<usize> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH;
    Ok(Parser::new_ext(&text, options).into_offset_iter().count())
}
