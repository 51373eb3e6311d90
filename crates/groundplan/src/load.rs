//! Arguments to documents: found, read, parsed and lowered, file by file in parallel.

mod ahead;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use groundplan_model::{Approvals, Document, lower_all, lower_with};
use groundplan_syntax::{Source, Tree, parse};

use crate::config::Configs;
use crate::disk::{ApprovalFile, Place, Profiles, find_telling, is_stdin, parent, read};
use crate::exit::{Exit, Failure};
use crate::in_order::in_order;
use crate::ui::Ui;

/// What was read, and what could not be.
pub(crate) struct Loaded {
    /// The documents, sorted by path.
    pub(crate) documents: Vec<Document>,
    /// What told their kinds.
    pub(crate) profiles: Profiles,
    /// What was settled for them.
    pub(crate) configs: Arc<Configs>,
    places: Vec<Place>,
    /// Files and folders that could not be read. The others count all the same.
    pub(crate) failures: Vec<Failure>,
}

impl Loaded {
    /// Where the document named `name` lies.
    pub(crate) fn place(&self, name: &str) -> Option<&Place> {
        let at = self.places.binary_search_by(|it| it.name.as_str().cmp(name)).ok()?;
        self.places.get(at)
    }

    /// No document.
    pub(crate) fn empty(profiles: Profiles) -> Self {
        let configs = Arc::default();
        Self { documents: Vec::new(), profiles, configs, places: Vec::new(), failures: Vec::new() }
    }

    /// The document at `path`, whatever way the path is written.
    pub(crate) fn index_of(&self, path: &std::path::Path) -> Option<usize> {
        let wanted = std::fs::canonicalize(path).ok()?;
        let is_it = |it: &Document| {
            let place = self.place(it.source.path());
            place.and_then(|it| std::fs::canonicalize(&it.path).ok()).as_ref() == Some(&wanted)
        };
        self.documents.iter().position(is_it)
    }

    /// Leaves out the document at `path`, whatever way the path is written.
    pub(crate) fn leave_out(&mut self, path: &std::path::Path) {
        if let Some(index) = self.index_of(path) {
            self.documents.remove(index);
        }
    }

    /// What was approved of the documents that were read.
    pub(crate) fn approvals(&self) -> Result<Approvals, Failure> {
        let Some(first) = self.places.iter().find(|it| !is_stdin(&it.path)) else {
            return Ok(Approvals::default());
        };
        Ok(ApprovalFile::of(&parent(&first.path))?.by_name(self.places.iter()))
    }

    /// The document that `source` is now.
    pub(crate) fn reread(&self, source: &Source) -> Document {
        document(source, &self.profiles, &self.configs)
    }
}

/// `-` as the name of a document.
#[derive(clap::Args)]
pub(crate) struct Stdin {
    /// Name of the document that `-` reads from standard input
    #[arg(long, value_name = "NAME", default_value = "<stdin>")]
    pub(crate) stdin_filename: String,
}

/// Reads every document under `paths`.
pub(crate) fn load(paths: &[PathBuf], stdin: Option<&Stdin>) -> Result<Loaded, Failure> {
    let loaded = load_with(paths, stdin, Arc::default())?;
    loaded.configs.refuse()?;
    Ok(loaded)
}

/// As [`load`], with what was settled read another way than from the nearest files.
pub(crate) fn load_with(
    paths: &[PathBuf],
    stdin: Option<&Stdin>,
    configs: Arc<Configs>,
) -> Result<Loaded, Failure> {
    let mut found = Documents::find_with(paths, stdin, configs)?;
    let mut documents = Vec::with_capacity(found.places.len());
    let failures = found.each(
        |document| document,
        |document| {
            documents.push(document);
            Ok(())
        },
    )?;
    let Documents { profiles, configs, places, .. } = found;
    Ok(Loaded { documents, profiles, configs, places, failures })
}

/// Documents that were found and are not read yet.
pub(crate) struct Documents {
    profiles: Profiles,
    configs: Arc<Configs>,
    places: Vec<Place>,
    /// Those that are read already, by name.
    ahead: HashMap<String, Result<Document, Failure>>,
    unwalked: Vec<Failure>,
}

impl Documents {
    /// Finds every document under `paths`.
    pub(crate) fn find(paths: &[PathBuf], stdin: Option<&Stdin>) -> Result<Self, Failure> {
        let found = Self::find_with(paths, stdin, Arc::default())?;
        found.configs.refuse()?;
        Ok(found)
    }

    fn find_with(
        paths: &[PathBuf],
        stdin: Option<&Stdin>,
        configs: Arc<Configs>,
    ) -> Result<Self, Failure> {
        let profiles = OnceLock::new();
        let profiled = || profiles.get_or_init(|| Profiles::of(paths)).as_ref().ok();
        let stdin = stdin.map(|it| it.stdin_filename.as_str());
        let (found, ahead) = ahead::meanwhile(
            |tell| find_telling(paths, stdin, &configs, tell),
            |place| opened([place], profiled()?, &configs).pop(),
        );
        let found = found?;
        let profiles = profiles.into_inner().unwrap_or_else(|| Profiles::of(paths))?;
        configs.look_at(found.places.iter().map(|it| it.name.as_str()))?;
        Ok(Self { profiles, configs, places: found.places, ahead, unwalked: found.failures })
    }

    /// Reads the documents in parallel, makes of each what `make` makes, and hands that to `take`,
    /// sorted by path. What could not be read is returned.
    pub(crate) fn each<T: Send>(
        &mut self,
        make: impl Fn(Document) -> T + Sync,
        mut take: impl FnMut(T) -> Result<(), Failure> + Send,
    ) -> Result<Vec<Failure>, Failure> {
        let ahead = Mutex::new(std::mem::take(&mut self.ahead));
        let read = |places: &&[Place]| -> Vec<Result<T, Failure>> {
            let from_ahead =
                |it: &Place| ahead.lock().unwrap_or_else(PoisonError::into_inner).remove(&it.name);
            let known: Vec<_> = places.iter().map(from_ahead).collect();
            let due = places.iter().zip(&known).filter(|(_, it)| it.is_none());
            let due = due.map(|(place, _)| place);
            let mut opened = opened(due, &self.profiles, &self.configs).into_iter();
            let all = known.into_iter().filter_map(|it| it.or_else(|| opened.next()));
            all.map(|it| it.map(&make)).collect()
        };
        let mut failures = std::mem::take(&mut self.unwalked);
        let mut take_one = |made| match made {
            Ok(made) => take(made),
            Err(failure) => {
                failures.push(failure);
                Ok(())
            }
        };
        let batches: Vec<&[Place]> = self.places.chunks(batch(self.places.len())).collect();
        in_order(&batches, read, |made| made.into_iter().try_for_each(&mut take_one))?;
        Ok(failures)
    }
}

/// How many of `count` documents are worked at together. Each step finds its own code near the
/// processor for all but the first of them; more would push one another out. Every thread gets its
/// share several times, for some documents are long.
fn batch(count: usize) -> usize {
    const MOST: usize = 8;
    count.div_ceil(4 * rayon::current_num_threads()).clamp(1, MOST)
}

/// The documents at `places`, or why they could not be read.
fn opened<'a>(
    places: impl IntoIterator<Item = &'a Place>,
    profiles: &Profiles,
    configs: &Configs,
) -> Vec<Result<Document, Failure>> {
    let sources: Vec<Result<Source, Failure>> = places.into_iter().map(read).collect();
    let trees: Vec<Tree> = sources.iter().flatten().map(parse).collect();
    let parsed = sources.iter().flatten().zip(&trees);
    let mut lowered = lower_all(parsed, &profiles.all).into_iter();
    let all = sources.into_iter().filter_map(|source| match source {
        Ok(_) => lowered.next().map(|it| Ok(settled(it, configs))),
        Err(failure) => Some(Err(failure)),
    });
    all.collect()
}

/// The document that a text is.
pub(crate) fn document(source: &Source, profiles: &Profiles, configs: &Configs) -> Document {
    settled(lower_with(source, &parse(source), &profiles.all), configs)
}

/// A document with what the configuration says of it.
fn settled(mut document: Document, configs: &Configs) -> Document {
    if let Some(kind) = configs.kind(document.source.path()) {
        document.classification.kind = kind;
        document.classification.reasons = vec!["the configuration says so".to_owned()];
    }
    document
}

/// Says what could not be read. The run goes on, and ends with `Failed`.
pub(crate) fn tell(failures: Vec<Failure>, ui: &mut Ui) -> Result<Exit, Failure> {
    let mut exit = Exit::Clean;
    for failure in failures {
        match failure {
            Failure::Message { message, help } => ui.fail(&message, help.as_deref()),
            output @ Failure::Output(_) => return Err(output),
        }
        exit = Exit::Failed;
    }
    Ok(exit)
}
