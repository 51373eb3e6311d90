//! Finding and reading configuration files, with those that they extend.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::layer::{File, Layer, Origin};
use super::{Config, Problem, read::read};
use crate::disk::{printed, read_if_there};
use crate::exit::Failure;

/// The names of a configuration file in a folder; the first that is there counts.
pub(crate) const NAMES: [&str; 3] =
    ["groundplan.toml", ".groundplan.toml", ".config/groundplan.toml"];

/// Files may extend one another this often.
const MAX_DEPTH: usize = 16;

/// Where the configuration comes from.
#[derive(Clone, Debug, Default)]
pub(crate) enum Source {
    /// The nearest file of each document.
    #[default]
    Found,
    /// This file, for all documents.
    File(PathBuf),
    /// Nowhere.
    None,
}

/// The configuration file of a folder itself.
pub(super) fn file_in(folder: &Path) -> Option<PathBuf> {
    NAMES.iter().map(|name| folder.join(name)).find(|it| it.is_file())
}

/// The folder that a configuration file speaks for.
fn folder_of(path: &Path) -> PathBuf {
    let folder = path.parent().unwrap_or(Path::new("")).to_owned();
    let is_nested = path.ends_with(NAMES[2]);
    let folder =
        if is_nested { folder.parent().map(Path::to_owned).unwrap_or_default() } else { folder };
    let folder = if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder };
    std::fs::canonicalize(&folder).unwrap_or(folder)
}

/// Reads a file and those that it extends.
pub(super) fn load(path: &Path) -> Result<(Config, Vec<Problem>), Failure> {
    let mut chain = Vec::new();
    let layer = layer(path, &mut chain, None)?;
    let files = chain.iter().rev().map(|it| shown(it)).collect();
    Ok(Config::of(files, layer))
}

/// The layer of a file over that of the file that it extends; `chain` are the files on the way.
fn layer(path: &Path, chain: &mut Vec<PathBuf>, from: Option<Origin>) -> Result<Layer, Failure> {
    let resolved = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let is_cycle = chain.contains(&resolved);
    chain.push(resolved);
    if is_cycle || chain.len() > MAX_DEPTH {
        return Err(Failure::new(
            format!("configuration files extend one another in a circle: {}", way(chain)),
            "take one `extends` out",
        ));
    }
    let text = read_if_there(path, "configuration", "make it readable")?;
    let Some(text) = text else { return Err(missing(path, chain, from)) };
    let file = Arc::new(File { name: printed(path), folder: folder_of(path) });
    let own = read(Arc::clone(&file), &text);
    let Some(base) = own.settings.get("extends") else { return Ok(own) };
    let Some(name) = base.value.as_str() else { return Ok(own) };
    let target = path.parent().unwrap_or(Path::new("")).join(name);
    let base = layer(&target, chain, Some(base.origin.clone()))?;
    Ok(own.over(base))
}

fn missing(path: &Path, chain: &[PathBuf], from: Option<Origin>) -> Failure {
    let name = printed(path);
    match from {
        None => Failure::new(
            format!("there is no configuration file `{name}`"),
            "check the spelling, or run it without `--config`",
        ),
        Some(origin) => Failure::new(
            format!("{}: `extends` names a file that is not there: {}", origin.shown(), way(chain)),
            "correct the path: it is seen from the file that names it",
        ),
    }
}

/// "a.toml -> b.toml -> a.toml"
fn way(chain: &[PathBuf]) -> String {
    let names: Vec<String> = chain.iter().map(|it| format!("`{}`", shown(it))).collect();
    names.join(" -> ")
}

/// A resolved path, from the folder that the program was started in where it lies there.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().and_then(std::fs::canonicalize).unwrap_or_default();
    printed(path.strip_prefix(&here).unwrap_or(path))
}
