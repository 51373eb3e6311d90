//! The source code of a workspace: found, read and parsed, file by file in parallel; and the results
//! of its tests.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use groundplan_model::code::{CodeFile, LIMIT_BYTES, TestResult, is_code, read_code, read_junit};
use groundplan_model::paths::relative;
use groundplan_model::profile::Pattern;
use ignore::{DirEntry, WalkBuilder};
use rayon::prelude::*;

use super::find::{FOREIGN, unwalkable};
use super::{Place, printed, within, workspace_root};
use crate::config::{Config, Configs};
use crate::exit::Failure;

/// The largest file of test results that is read.
const RESULTS_LIMIT_BYTES: u64 = 256 * 1024 * 1024;

/// Folders of what tools make and others wrote.
const NOT_OURS: [&str; 2] = ["__pycache__", "site-packages"];

/// The file by which tools mark what they can make anew.
const CACHE_MARK: &str = "CACHEDIR.TAG";

/// What the source code of a workspace says.
#[derive(Debug, Default)]
pub(crate) struct Code {
    /// The files with facts or none, sorted by path; paths are written as those of documents are:
    /// from the folder that the program was started in.
    pub(crate) files: Vec<CodeFile>,
    /// Folders that could not be walked, and files that could not be read.
    pub(crate) failures: Vec<Failure>,
}

impl Code {
    /// Reads the code that the documents under `paths` are about: where `root` under `[code]` says
    /// that it lies, else in their repository.
    pub(crate) fn around(paths: &[PathBuf], configs: &Configs) -> Result<Self, Failure> {
        let config = configs.workspace(&within(paths));
        match config.path("code.root") {
            None => Ok(Self::read(&repository(paths), configs)),
            Some(root) if root.is_dir() => Ok(Self::under(&root, &config)),
            Some(root) => Err(Failure::new(
                format!("`root` under `[code]` names `{}`, which is no folder", printed(&root)),
                "name the folder that the code lies in, seen from the configuration file",
            )),
        }
    }

    /// Reads all files of code under `root`, as `[code]` of the workspace there has it.
    pub(crate) fn read(root: &Path, configs: &Configs) -> Self {
        Self::under(root, &configs.workspace(root))
    }

    /// Links are not followed; what the ignore files leave out is left out.
    fn under(root: &Path, config: &Config) -> Self {
        let mut failures = Vec::new();
        let mut paths = walk(root, config, &mut failures);
        paths.sort_unstable();
        let read: Vec<Result<Option<CodeFile>, Failure>> =
            paths.par_iter().map(|(name, path)| read(name, path, config)).collect();
        let mut files = Vec::with_capacity(read.len());
        for result in read {
            match result {
                Ok(file) => files.extend(file),
                Err(failure) => failures.push(failure),
            }
        }
        Self { files, failures }
    }
}

/// The folders where `root` under `[code]` says that code lies, written as paths of documents are.
pub(crate) fn code_roots(configs: &Configs) -> Vec<String> {
    let here = std::env::current_dir().and_then(fs::canonicalize).unwrap_or_default();
    let shown = |root: &PathBuf| {
        let resolved = fs::canonicalize(root).unwrap_or_else(|_| root.clone());
        seen_from(&here, &resolved)
    };
    configs.paths("code.root").iter().map(shown).collect()
}

/// Reads the OpenAPI files at these places.
pub(crate) fn read_contracts(
    places: &[Place],
    configs: &Configs,
    failures: &mut Vec<Failure>,
) -> Vec<CodeFile> {
    let one = |it: &Place| read(&it.name, &it.path, &configs.of(&it.path).0);
    let read: Vec<Result<Option<CodeFile>, Failure>> = places.par_iter().map(one).collect();
    let file = |it: Result<Option<CodeFile>, Failure>| {
        it.map_err(|failure| failures.push(failure)).ok().flatten()
    };
    read.into_iter().filter_map(file).collect()
}

/// The root of the repository around `paths`; outside of one, that of the workspace.
fn repository(paths: &[PathBuf]) -> PathBuf {
    let folder = within(paths);
    let resolved = fs::canonicalize(&folder).unwrap_or_else(|_| folder.clone());
    let repository = resolved.ancestors().find(|it| it.join(".git").exists());
    repository.map_or_else(|| workspace_root(&folder), Path::to_owned)
}

/// The results of tests in JUnit files.
pub(crate) fn read_results(paths: &[PathBuf]) -> Result<Vec<TestResult>, Failure> {
    let mut all = Vec::new();
    for path in paths {
        let name = printed(path);
        let text = text_of(path, RESULTS_LIMIT_BYTES).map_err(|error| {
            let help = "name the JUnit file that your test runner wrote";
            Failure::io(format!("cannot read the test results `{name}`"), &error, help)
        })?;
        all.extend(read_junit(&text).map_err(|fault| {
            let message = format!(
                "`{name}` is no JUnit file: {} at byte {}",
                fault.message.trim_end_matches('.'),
                fault.offset
            );
            Failure::new(message, "have the test runner write JUnit XML")
        })?);
    }
    Ok(all)
}

/// The files of code under `root`: how they are printed, and how they are opened.
fn walk(root: &Path, config: &Config, failures: &mut Vec<Failure>) -> Vec<(String, PathBuf)> {
    let honours_git = config.flag("respect-gitignore", true);
    let (include, exclude) = (globs(config, "code.include"), globs(config, "code.exclude"));
    let base = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    let here = std::env::current_dir().and_then(fs::canonicalize).unwrap_or_default();
    let walk = WalkBuilder::new(&base)
        .hidden(false)
        .git_ignore(honours_git)
        .git_exclude(honours_git)
        .require_git(false)
        .add_custom_ignore_filename(".groundplanignore")
        .filter_entry(is_wanted)
        .build();
    let mut found = Vec::new();
    for entry in walk {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|it| it.is_file()) => {
                let inside = printed(entry.path().strip_prefix(&base).unwrap_or(entry.path()));
                let means = |globs: &[Pattern]| is_meant(globs, &inside);
                if is_code(&inside) && (include.is_empty() || means(&include)) && !means(&exclude) {
                    found.push((seen_from(&here, entry.path()), entry.into_path()));
                }
            }
            Ok(_) => {}
            Err(error) => failures.push(unwalkable(&error)),
        }
    }
    found
}

fn is_wanted(entry: &DirEntry) -> bool {
    let is_folder = entry.file_type().is_some_and(|it| it.is_dir());
    let name = entry.file_name().to_str().unwrap_or("");
    // Examples of environment files begin with a dot, so that files are judged by their names later.
    if !is_folder || entry.depth() == 0 {
        return true;
    }
    let is_foreign = FOREIGN.contains(&name) || NOT_OURS.contains(&name);
    !is_foreign && !entry.path().join(CACHE_MARK).exists()
}

/// The patterns of a setting. Those that cannot be read were reported with the file.
fn globs(config: &Config, key: &str) -> Vec<Pattern> {
    config.texts(key).into_iter().filter_map(|it| Pattern::parse(it).ok()).collect()
}

/// Whether a file or a folder around it is meant.
fn is_meant(globs: &[Pattern], path: &str) -> bool {
    let mut around = Path::new(path).ancestors().map(printed);
    around.any(|path| globs.iter().any(|it| it.matches(&path)))
}

/// A resolved path as it is written from `here`, with `..` where it lies beside or above.
fn seen_from(here: &Path, path: &Path) -> String {
    if let Ok(inside) = path.strip_prefix(here) {
        return printed(inside);
    }
    // Further up than this the way back says less than the whole path.
    let mut above = here.ancestors().skip(1).take(3).filter(|it| it.parent().is_some());
    match above.any(|it| path.starts_with(it)) {
        true => relative(&format!("{}/x", printed(here)), &printed(path)),
        false => printed(path),
    }
}

/// Reads a file; `None` for one that is too large or no text, which is no code of a person.
fn read(name: &str, path: &Path, config: &Config) -> Result<Option<CodeFile>, Failure> {
    let length = fs::metadata(path).map(|it| it.len()).unwrap_or(0);
    if length > LIMIT_BYTES as u64 {
        return Ok(None);
    }
    let text = match text_of(path, LIMIT_BYTES as u64) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::InvalidData => return Ok(None),
        Err(error) => {
            let help = "make it readable, or leave it out with `exclude` under `[code]`";
            return Err(Failure::io(format!("cannot read `{name}`"), &error, help));
        }
    };
    Ok(read_code(name, &text).map(|file| only_wanted(file, config)))
}

/// Without the facts that the configuration switched off.
fn only_wanted(mut file: CodeFile, config: &Config) -> CodeFile {
    let is_off = |key: &str| !config.flag(key, true);
    if is_off("code.routes") {
        file.routes.clear();
        file.operations.clear();
    }
    if is_off("code.tables") {
        file.tables.clear();
        file.table_changes.clear();
    }
    if is_off("code.variables") {
        file.env_vars.clear();
    }
    if is_off("code.tags") {
        file.tags.clear();
    }
    if is_off("code.tests") {
        file.tests.clear();
    }
    file
}

fn text_of(path: &Path, limit_bytes: u64) -> std::io::Result<String> {
    let mut text = String::new();
    File::open(path)?.take(limit_bytes).read_to_string(&mut text)?;
    Ok(text)
}

#[cfg(test)]
mod tests;
