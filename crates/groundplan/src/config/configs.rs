//! The configurations of a run: which file counts for which document.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use groundplan_analysis::Selection;
use groundplan_model::profile::Kind;
use groundplan_model::{Digest, Severity};

use super::discover::{file_in, load};
use super::entries::{PerFile, severity, unknown_rule};
use super::folders::Folders;
use super::{Config, Problem, Source};
use crate::exit::Failure;

/// What the command line says about rules; it comes before what files say.
#[derive(Clone, Debug, Default)]
pub(crate) struct Overrides {
    /// Run only these.
    pub(crate) select: Vec<String>,
    /// Run these besides.
    pub(crate) extend_select: Vec<String>,
    /// Leave these out.
    pub(crate) ignore: Vec<String>,
    /// Run those on trial, too.
    pub(crate) preview: bool,
}

/// The configurations of a run.
pub(crate) struct Configs {
    source: Source,
    overrides: Overrides,
    known: Mutex<Known>,
}

/// What was found so far.
#[derive(Default)]
struct Known {
    folders: Folders,
    all: Vec<Arc<Config>>,
    by_file: HashMap<PathBuf, usize>,
    by_folder: HashMap<OsString, (usize, PathBuf)>,
    selections: HashMap<(usize, Vec<bool>), Arc<Selection>>,
    problems: Vec<Problem>,
    failure: Option<Failure>,
}

impl Configs {
    /// Those of a run.
    pub(crate) fn new(source: Source, overrides: Overrides) -> Self {
        // The first is the one of documents that no file speaks for.
        let known = Known { all: vec![Arc::default()], ..Known::default() };
        Self { source, overrides, known: Mutex::new(known) }
    }

    /// Finds what counts for documents of these names, so that [`Configs::problems`] knows all.
    pub(crate) fn look_at<'n>(&self, names: impl Iterator<Item = &'n str>) -> Result<(), Failure> {
        let mut folder = None;
        for path in names.map(Path::new) {
            // Names are sorted, and what counts for one counts for all in its folder.
            if folder.replace(path.parent()) != Some(path.parent()) {
                self.of(path);
            }
        }
        self.readable()?;
        self.arguments_are_known()
    }

    /// A name that is wrong in an argument ends the run; in a file it may be of a rule that another
    /// version has.
    fn arguments_are_known(&self) -> Result<(), Failure> {
        let Overrides { select, extend_select, ignore, .. } = &self.overrides;
        let known = self.known.lock().map_err(|_| poisoned())?;
        let team = || known.all.iter().flat_map(|it| &it.team);
        let mut names = [select, extend_select, ignore].into_iter().flatten();
        match names.find_map(|it| unknown_rule(it, team())) {
            Some((message, help)) => Err(Failure::new(message, help)),
            None => Ok(()),
        }
    }

    /// The first error in the files that were read so far, as a failure.
    pub(crate) fn refuse(&self) -> Result<(), Failure> {
        let wrong = self.problems().into_iter().find(|it| it.is_error);
        wrong.map_or(Ok(()), |it| Err(it.into_failure()))
    }

    /// Why a file could not be read, where one could not.
    fn readable(&self) -> Result<(), Failure> {
        let mut known = self.known.lock().map_err(|_| poisoned())?;
        known.failure.take().map_or(Ok(()), Err)
    }

    /// The configuration of a document that need not be there.
    pub(crate) fn settled(&self, document: &Path) -> Result<Arc<Config>, Failure> {
        let (config, _) = self.of(document);
        self.readable()?;
        Ok(config)
    }

    /// What is wrong with the files that were read so far.
    pub(crate) fn problems(&self) -> Vec<Problem> {
        self.known.lock().map(|it| it.problems.clone()).unwrap_or_default()
    }

    /// The configuration of the whole workspace around a document or a folder: the outermost file,
    /// or the first on the way up that says that it is the root.
    pub(crate) fn workspace(&self, of: &Path) -> Arc<Config> {
        let start = if of.is_dir() { of.to_owned() } else { crate::disk::parent(of) };
        let Ok(mut known) = self.known.lock() else { return Arc::default() };
        let files: Vec<PathBuf> = match &self.source {
            Source::None => Vec::new(),
            Source::File(path) => vec![path.clone()],
            Source::Found => known.on_the_way_up(&start),
        };
        let mut found = Arc::default();
        for file in files {
            let index = known.index_of(file);
            found = known.all.get(index).cloned().unwrap_or_default();
            if found.flag("root", false) {
                break;
            }
        }
        found
    }

    /// The configuration of a document, and the document's resolved path.
    pub(crate) fn of(&self, document: &Path) -> (Arc<Config>, PathBuf) {
        let (config, _, path) = self.find(document);
        (config, path)
    }

    /// The rules that are run on a document.
    pub(crate) fn selection(&self, document: &str) -> Arc<Selection> {
        let (config, index, path) = self.find(Path::new(document));
        let fits = config.per_file.iter().map(|it| it.paths.mean(&path));
        let meant = config.team.iter().map(|it| it.paths.is_empty() || it.paths.mean(&path));
        let key = (index, fits.chain(meant).collect::<Vec<bool>>());
        let Ok(mut known) = self.known.lock() else { return Arc::default() };
        let made = known.selections.entry(key);
        let made = made.or_insert_with_key(|it| Arc::new(self.selected(&config, &it.1)));
        Arc::clone(made)
    }

    /// The least severity of a finding in a document that fails the run.
    pub(crate) fn fails_from(&self, document: &str) -> Severity {
        let (config, _) = self.of(Path::new(document));
        config.text("check.fail-on").and_then(severity).unwrap_or(Severity::Warning)
    }

    /// The kind that was settled for a document.
    pub(crate) fn kind(&self, document: &str) -> Option<Kind> {
        let (config, path) = self.of(Path::new(document));
        config.kind(&path)
    }

    /// Whether a document that was found in a folder belongs to the workspace.
    pub(crate) fn includes(&self, document: &Path) -> bool {
        let (config, path) = self.of(document);
        config.includes(&path)
    }

    /// Whether a file that was found in a folder is left out.
    pub(crate) fn excludes(&self, path: &Path) -> bool {
        let (config, path) = self.of(path);
        config.excludes(&path)
    }

    /// The paths that the files which were read so far set for a key, each once.
    pub(crate) fn paths(&self, key: &str) -> Vec<PathBuf> {
        let known = self.known.lock();
        let mut paths: Vec<PathBuf> =
            known.iter().flat_map(|it| &it.all).filter_map(|it| it.path(key)).collect();
        paths.sort_unstable();
        paths.dedup();
        paths
    }

    /// What all configurations and the command line come to.
    pub(crate) fn digest(&self) -> Digest {
        let known = self.known.lock();
        let all: Vec<String> =
            known.iter().flat_map(|it| &it.all).map(|it| it.digest().to_string()).collect();
        Digest::of(&format!("{all:?} {:?}", self.overrides))
    }

    fn find(&self, document: &Path) -> (Arc<Config>, usize, PathBuf) {
        let folder = document.parent().unwrap_or(Path::new(""));
        let name = document.file_name().unwrap_or_default();
        let Ok(mut known) = self.known.lock() else { return Default::default() };
        let (index, resolved) = match known.by_folder.get(folder.as_os_str()) {
            Some(found) => found.clone(),
            None => {
                let found = self.of_folder(folder, &mut known);
                known.by_folder.insert(folder.into(), found.clone());
                found
            }
        };
        let config = known.all.get(index).cloned().unwrap_or_default();
        (config, index, resolved.join(name))
    }

    fn of_folder(&self, folder: &Path, known: &mut Known) -> (usize, PathBuf) {
        let resolved = known.folders.resolved(folder);
        let file = match &self.source {
            Source::None => None,
            Source::File(path) => Some(path.clone()),
            Source::Found => {
                known.folders.file(&resolved).map(|it| known.folders.seen_from_here(&it))
            }
        };
        (file.map_or(0, |it| known.index_of(it)), resolved)
    }

    /// What counts for a document that those parts of a configuration fit.
    fn selected(&self, config: &Config, fits: &[bool]) -> Selection {
        let mut selection = Selection {
            select: config.texts("check.select"),
            extend_select: config.texts("check.extend-select"),
            ignore: config.texts("check.ignore"),
            preview: config.flag("check.preview", false),
            severity: severities(config),
            require_reasons: config.flag("check.require-reasons", false),
            ..Selection::default()
        };
        let (per_file, team) = fits.split_at(config.per_file.len().min(fits.len()));
        let fitting = config.per_file.iter().zip(per_file).filter(|it| *it.1);
        fitting.for_each(|(it, _)| add(&mut selection, it));
        let own = config.team.iter().zip(team).filter(|it| *it.1);
        selection.team = own.map(|(it, _)| Arc::clone(&it.rule)).collect();
        self.overrule(selection)
    }

    /// The command line comes first: what it selects is run whatever files leave out.
    fn overrule(&self, mut selection: Selection) -> Selection {
        let Overrides { select, extend_select, ignore, preview } = self.overrides.clone();
        if !select.is_empty() {
            selection.select = select;
            selection.extend_select.clear();
            selection.ignore.clear();
            selection.severity.retain(|it| it.1.is_some());
        }
        selection.extend_select.extend(extend_select);
        selection.ignore.extend(ignore);
        selection.preview |= preview;
        selection
    }
}

impl Default for Configs {
    /// What files say, and nothing else.
    fn default() -> Self {
        Self::new(Source::Found, Overrides::default())
    }
}

impl Known {
    /// The configuration files of a folder and of those above it.
    fn on_the_way_up(&mut self, folder: &Path) -> Vec<PathBuf> {
        let resolved = self.folders.resolved(folder);
        let way = std::iter::successors(Some(resolved.as_path()), |it| self.folders.above(it));
        let files: Vec<PathBuf> = way.filter_map(file_in).collect();
        files.iter().map(|it| self.folders.seen_from_here(it)).collect()
    }

    /// The index of a file's configuration; that of nothing where the file cannot be read.
    fn index_of(&mut self, file: PathBuf) -> usize {
        if let Some(index) = self.by_file.get(&file) {
            return *index;
        }
        let index = match load(&file) {
            Ok((config, problems)) => {
                // Two files may extend one and the same.
                let known = self.problems.clone();
                self.problems.extend(problems.into_iter().filter(|it| !known.contains(it)));
                self.all.push(Arc::new(config));
                self.all.len() - 1
            }
            Err(failure) => {
                self.failure.get_or_insert(failure);
                0
            }
        };
        self.by_file.insert(file, index);
        index
    }
}

fn severities(config: &Config) -> Vec<(String, Option<Severity>)> {
    let settings = config.layer.settings.iter();
    let own = settings.filter_map(|(path, it)| Some((path.strip_prefix("check.severity.")?, it)));
    own.filter_map(|(name, it)| Some((name.to_owned(), severity(it.value.as_str()?)))).collect()
}

/// What a table for some documents adds.
fn add(selection: &mut Selection, own: &PerFile) {
    if let Some(select) = &own.select {
        selection.select.clone_from(select);
    }
    selection.extend_select.extend_from_slice(&own.extend_select);
    selection.ignore.extend_from_slice(&own.ignore);
    selection.preview = own.preview.unwrap_or(selection.preview);
    selection.severity.extend_from_slice(&own.severity);
}

fn poisoned() -> Failure {
    Failure::new("reading the configuration was broken off", "run it again")
}
