//! `groundplan drift`: what documents and the code beside them say differently.

mod accept;
mod json;
mod show;

use std::collections::HashSet;
use std::fs::canonicalize;
use std::path::{Path, PathBuf};

use groundplan_analysis::drift::{Drift, Topic, drift};
use groundplan_analysis::{
    SUPPRESSIONS, Selection, Suppressed, Suppressions, apply_comments, sort,
};
use groundplan_model::{Diagnostic, Document, Severity, Workspace};
use groundplan_syntax::Source;

use super::{Outcome, Run, Ui};
use crate::config::Configs;
use crate::date::{self, DateOption};
use crate::disk::{
    Baseline, Code, Files, Known, Place, Split, is_stdin, parent, printed, read, workspace_root,
};
use crate::exit::{Exit, Failure};
use crate::load::{Loaded, load, tell};
use crate::render::{Format, Report, Sources, format_parser};

/// Report what documents and code say differently, in both directions
///
/// Endpoints, tables and environment variables of the documents are compared with routes,
/// migrations, models and OpenAPI files of the repository. What a document only plans is
/// information; a document that is approved or implemented, or whose tasks are all done, is held to
/// its word. Errors and warnings fail the run.
#[derive(clap::Parser)]
#[command(name = "drift")]
pub(crate) struct DriftCommand {
    /// Documents, or folders of them, whose drift is reported
    #[arg(default_value = ".", value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// The folder of the code [default: the repository that the documents lie in]
    #[arg(long, value_name = "DIR")]
    code: Option<PathBuf>,

    /// How findings are written
    #[arg(alias = "output-format", long, value_name = "FORMAT", default_value = "text", value_parser = format_parser())]
    format: &'static Format,

    /// Compare only these
    #[arg(long, value_name = "WHAT,…", value_delimiter = ',')]
    only: Vec<Only>,

    /// Accept what is reported now, in .groundplan/drift.toml
    #[arg(long, requires = "reason", conflicts_with = "prune")]
    accept: bool,

    /// Take out of .groundplan/drift.toml what is gone
    #[arg(long)]
    prune: bool,

    /// Why it is accepted
    #[arg(long, value_name = "TEXT", requires = "accept")]
    reason: Option<String>,

    /// Who accepts it; the name that Git knows, if not given
    #[arg(long, value_name = "NAME", requires = "accept")]
    author: Option<String>,

    /// The last day on which it is accepted, as YYYY-MM-DD
    #[arg(long, value_name = "DATE", requires = "accept")]
    until: Option<String>,

    #[command(flatten)]
    date: DateOption,
}

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Only {
    /// Endpoints with routes
    Routes,
    /// Tables with migrations and models
    Tables,
    /// Environment variables with what is read
    Env,
    /// Endpoints with OpenAPI files
    Openapi,
}

impl From<Only> for Topic {
    fn from(only: Only) -> Self {
        match only {
            Only::Routes => Self::Routes,
            Only::Tables => Self::Tables,
            Only::Env => Self::Variables,
            Only::Openapi => Self::Contracts,
        }
    }
}

/// What was compared, and what came of it.
struct Compared<'a> {
    drift: &'a Drift,
    /// Findings that nobody accepts.
    findings: Vec<Diagnostic>,
    /// Where among them those stand whose acceptance is over.
    expired: Vec<usize>,
    known: Known,
    /// What comments in the documents suppress.
    suppressed: Vec<Suppressed>,
    baseline: Baseline,
    sources: &'a Sources<'a>,
    /// How many files of code were read.
    files: usize,
    today: String,
}

impl Run for DriftCommand {
    const EXAMPLES: &[(&str, &str)] = &[
        ("drift", "all documents, all code of the repository"),
        ("drift docs/001_TDD-data-export.md --code service", "one design, one service"),
        ("drift --only routes,openapi --format sarif", "endpoints alone, for code scanning"),
        ("drift --accept --reason \"moves with v2\" --until 2027-01-31", "accept it for a time"),
        ("drift --prune", "forget what is mended"),
    ];

    fn run(self, ui: &mut Ui) -> Outcome {
        let today = self.date.date()?;
        let until = self.until.as_deref().map(date::parse).transpose()?;
        let (loaded, asked) = self.load()?;
        let code = self.code(&loaded.configs)?;
        let files = Files::default();
        let workspace = Workspace::new(loaded.documents, &files);
        let mut drift = drift(&workspace.link(), &code.files, &self.topics());
        drift.documents.retain(|it| asked.as_ref().is_none_or(|asked| asked.contains(&it.path)));
        let mut findings: Vec<Diagnostic> =
            drift.documents.iter().flat_map(|it| it.findings.iter().cloned()).collect();
        sort(&mut findings);
        let (findings, suppressed) = unsuppressed(findings, &workspace);
        let texts = texts(&findings, &workspace);
        let documents = workspace.documents.iter().map(|it| &it.source);
        let sources = Sources::new(documents.chain(&texts));
        let baseline = Baseline::of_drift(&self.folder())?;
        let Split { findings, expired, known } = baseline.split(findings, &sources, &today);
        let compared = Compared {
            drift: &drift,
            findings,
            expired,
            known,
            suppressed,
            baseline,
            sources: &sources,
            files: code.files.len(),
            today,
        };
        let exit = match (self.accept, self.prune) {
            (true, _) => self.accept(compared, until, ui)?,
            (_, true) => compared.prune(asked.as_ref(), ui)?,
            _ => self.show(&compared, ui)?,
        };
        let failures = loaded.failures.into_iter().chain(code.failures).collect();
        Ok(tell(failures, ui)?.or(exit))
    }
}

impl DriftCommand {
    /// All documents of the workspace, and which of them are asked about: what no document says can
    /// only be told from all. `None` where all are.
    fn load(&self) -> Result<(Loaded, Option<HashSet<String>>), Failure> {
        let root = workspace_root(&self.folder());
        let mut paths = self.paths.clone();
        // Two spellings of one path would be two documents.
        let is_plain = paths.iter().all(|it| it.is_relative());
        if is_plain && root.is_relative() {
            paths.push(root);
        }
        let loaded = load(&paths, None)?;
        let asked: Vec<PathBuf> =
            self.paths.iter().filter_map(|it| canonicalize(it).ok()).collect();
        let is_asked = |path: &Path| {
            canonicalize(path).is_ok_and(|path| asked.iter().any(|it| path.starts_with(it)))
        };
        let names = loaded.documents.iter().map(|it| it.source.path());
        let asked = names.filter(|name| loaded.place(name).is_some_and(|it| is_asked(&it.path)));
        let asked: HashSet<String> = asked.map(str::to_owned).collect();
        let asked = Some(asked).filter(|it| it.len() < loaded.documents.len());
        Ok((loaded, asked))
    }

    fn folder(&self) -> PathBuf {
        let first = self.paths.iter().find(|it| !is_stdin(it));
        let folder = |path: &PathBuf| if path.is_dir() { path.clone() } else { parent(path) };
        first.map_or_else(|| PathBuf::from("."), folder)
    }

    fn code(&self, configs: &Configs) -> Result<Code, Failure> {
        match &self.code {
            None => Code::around(&self.paths, configs),
            Some(folder) if folder.is_dir() => Ok(Code::read(folder, configs)),
            Some(folder) => Err(Failure::new(
                format!("there is no folder `{}`", printed(folder)),
                "name the folder that the code lies in",
            )),
        }
    }

    fn topics(&self) -> Vec<Topic> {
        match self.only.is_empty() {
            true => Topic::ALL.to_vec(),
            false => self.only.iter().map(|it| Topic::from(*it)).collect(),
        }
    }

    fn show(&self, compared: &Compared<'_>, ui: &mut Ui) -> Outcome {
        let Compared { findings, sources, suppressed, .. } = compared;
        let (styled, width) = (ui.styled(), ui.width());
        let report = Report { findings, suppressed, sources, styled, width };
        match self.format.name {
            "json" => ui.print(&json::render(compared))?,
            _ => ui.print(&(self.format.render)(&report))?,
        }
        if self.format.for_people {
            ui.print(&show::summary(compared, styled))?;
        }
        let fails = findings.iter().any(|it| it.severity >= Severity::Warning);
        Ok(Exit::of_findings(fails))
    }
}

/// The findings that no comment of their documents suppresses, and the others. Comments that nothing
/// needs are `check`'s to tell of: it knows what it found, and nothing of drift.
fn unsuppressed(
    findings: Vec<Diagnostic>,
    workspace: &Workspace<'_>,
) -> (Vec<Diagnostic>, Vec<Suppressed>) {
    let own = |document: &Document| (document.source.path().to_owned(), Suppressions::of(document));
    let nothing = Selection { ignore: vec![SUPPRESSIONS.to_owned()], ..Selection::default() };
    apply_comments(findings, workspace.documents.iter().map(own), |_| &nothing)
}

/// The texts of the code that findings point to.
fn texts(findings: &[Diagnostic], workspace: &Workspace<'_>) -> Vec<Source> {
    let places = findings.iter().flat_map(|finding| {
        let related = finding.related.iter().map(|it| &*it.path);
        related.chain([&*finding.path])
    });
    let paths: HashSet<&str> = places.filter(|it| workspace.document(it).is_none()).collect();
    let place = |path: &str| Place { path: PathBuf::from(path), name: path.to_owned() };
    // What is gone since is shown by its path alone.
    paths.into_iter().filter_map(|path| read(&place(path)).ok()).collect()
}
