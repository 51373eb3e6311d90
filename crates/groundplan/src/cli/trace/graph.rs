//! The graph of a run: documents, code and test results read and joined.

use std::path::PathBuf;

use groundplan_analysis::trace::{KINDS, Sources, Trace};
use groundplan_model::Workspace;
use groundplan_model::policy::Policy;

use crate::date;
use crate::disk::{Code, Files, read_results};
use crate::exit::Failure;
use crate::load::load;
use crate::suggest::closest;

/// What the graph is made of besides documents.
#[derive(clap::Args)]
pub(crate) struct GraphOptions {
    /// Where the code lies; the root of the repository if not given
    #[arg(long, value_name = "DIR")]
    code: Option<PathBuf>,

    /// Results of tests in JUnit XML; may be given several times
    #[arg(long, value_name = "FILE")]
    junit: Vec<PathBuf>,
}

/// The graph, with what a run says about it.
pub(crate) struct Graph {
    /// The graph.
    pub(crate) trace: Trace,
    /// Where requirements must be covered.
    pub(crate) policies: Vec<Policy>,
    /// The day on which waivers are judged.
    pub(crate) today: String,
    /// What could not be read. The rest counts all the same.
    pub(crate) failures: Vec<Failure>,
}

impl Graph {
    /// Reads the documents under `paths`, the code around them and the results of tests.
    pub(crate) fn read(paths: &[PathBuf], options: &GraphOptions) -> Result<Self, Failure> {
        let results = read_results(&options.junit)?;
        let loaded = load(paths, None)?;
        let first = paths.first().cloned().unwrap_or_default();
        let policies = loaded.configs.workspace(&first).policies.clone();
        policies.iter().try_for_each(known_kind)?;
        let code = match &options.code {
            Some(folder) if !folder.is_dir() => return Err(no_folder(folder)),
            Some(folder) => Code::read(folder, &loaded.configs),
            None => Code::around(paths, &loaded.configs)?,
        };
        let mut failures = loaded.failures;
        failures.extend(code.failures);
        let files = Files::default();
        let workspace = Workspace::new(loaded.documents, &files);
        let linked = workspace.link();
        let line = |path: &str, offset: u32| {
            let source = workspace.document(path).map(|it| &it.source);
            source.map_or(1, |it| u32::try_from(it.line(offset as usize)).unwrap_or(u32::MAX))
        };
        let (code, results) = (code.files.as_slice(), results.as_slice());
        let trace = Trace::of(&Sources { linked: &linked, code, results, line: &line });
        Ok(Self { trace, policies, today: date::today(), failures })
    }
}

fn no_folder(folder: &std::path::Path) -> Failure {
    let name = crate::disk::printed(folder);
    Failure::new(format!("there is no folder `{name}`"), "name the folder of the source code")
}

fn known_kind(policy: &Policy) -> Result<(), Failure> {
    if KINDS.contains(&policy.kind.as_str()) {
        return Ok(());
    }
    let help = match closest(&policy.kind, KINDS.into_iter()) {
        Some(close) => format!("did you mean `{close}`?"),
        None => format!("write one of {}", KINDS.join(", ")),
    };
    let kind = &policy.kind;
    Err(Failure::new(format!("a table `[[trace.policy]]` has the unknown kind `{kind}`"), help))
}
