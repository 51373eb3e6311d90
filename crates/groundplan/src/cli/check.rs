//! `groundplan check`: what contradicts itself, and mending what can be mended.

mod mend;
mod watch;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use groundplan_analysis::Suppressed;
use groundplan_model::{Diagnostic, Severity};

use super::{Outcome, Run, Ui};
use crate::config::{self, Configs, Overrides};
use crate::date;
use crate::diff::unified;
use crate::disk::{
    Baseline, Cache, Files, Profiles, Split, Templates, is_stdin, parent, printed, workspace_root,
    write,
};
use crate::exit::{Exit, Failure};
use crate::findings::{Found, summary, suppressed_sentence};
use crate::load::{Stdin, load_with, tell};
use crate::render::{Format, Report, Sources, format_parser, plural, statistics};
use crate::units::Reader;
use mend::Mended;

/// Report what contradicts itself or is missing in documents
///
/// Folders are searched for Markdown; ignore files are honoured. A file that is named is read
/// whatever its name. Errors and warnings fail the run, information never does unless `--fail-on`
/// says so.
#[derive(clap::Parser)]
#[command(name = "check")]
pub(crate) struct Check {
    /// Documents, or folders of them; `-` is standard input
    #[arg(default_value = ".", value_name = "PATH")]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    stdin: Stdin,

    /// How findings are written
    #[arg(alias = "format", long, value_name = "FORMAT", default_value = "text", value_parser = format_parser())]
    output_format: &'static Format,

    /// Write findings to a file; the summary stays here
    #[arg(long, value_name = "FILE")]
    output_file: Option<PathBuf>,

    /// Run only these rules or groups
    #[arg(long, value_name = "RULE,…", value_delimiter = ',')]
    select: Vec<String>,

    /// Run these rules or groups, too
    #[arg(long, value_name = "RULE,…", value_delimiter = ',')]
    extend_select: Vec<String>,

    /// Leave out these rules or groups
    #[arg(long, value_name = "RULE,…", value_delimiter = ',')]
    ignore: Vec<String>,

    /// Run rules on trial, too: those that are off until they are asked for
    #[arg(long)]
    preview: bool,

    /// The least severity that fails the run; `warning` where nothing is settled
    #[arg(long, value_name = "SEVERITY")]
    fail_on: Option<FailOn>,

    #[command(flatten)]
    configuration: super::config::Configuration,

    /// Exit with 0 whatever is found
    #[arg(long)]
    exit_zero: bool,

    /// Mend what can be mended for certain, then report the rest
    #[arg(long, group = "mending")]
    fix: bool,

    /// Mend what is only probably meant, too
    #[arg(long, requires = "mending")]
    unsafe_fixes: bool,

    /// Show what --fix would change, and change nothing
    #[arg(long, group = "mending")]
    diff: bool,

    /// Show how many findings there are of each rule instead of the findings
    #[arg(long, conflicts_with_all = ["output_format", "output_file", "diff"])]
    statistics: bool,

    /// Check once more whenever a document changes, until Ctrl-C
    #[arg(long, conflicts_with = "diff")]
    watch: bool,

    /// Read every document anew, and remember nothing
    #[arg(long)]
    no_cache: bool,

    /// Print findings only, no summary
    #[arg(short, long)]
    quiet: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Info,
}

impl Run for Check {
    const EXAMPLES: &[(&str, &str)] = &[
        ("check", "everything under this folder"),
        ("check docs --ignore documents", "all rules but one group"),
        ("check --diff", "what --fix would change"),
        ("check --output-format github", "annotations for a pull request"),
        ("check --watch docs", "again after each change"),
        ("check - --stdin-filename docs/a.md < a.md", "a text that is not saved yet"),
    ];

    fn run(self, ui: &mut Ui) -> Outcome {
        if self.watch { watch::watch(&self, ui) } else { self.once(ui) }
    }
}

impl Check {
    fn once(&self, ui: &mut Ui) -> Outcome {
        if self.fix && self.paths.iter().any(|path| is_stdin(path)) {
            return Err(unmendable());
        }
        let configs = self.configs();
        if self.fix || self.diff {
            let loaded = load_with(&self.paths, Some(&self.stdin), configs.clone())?;
            config::tell(&configs.problems(), self.configuration.deny_config_warnings, ui)?;
            let mended = mend::mend(loaded, &Files::default(), self.unsafe_fixes);
            if self.diff {
                return show_diff(mended, ui);
            }
            self.keep(&mended, ui)?;
        }
        self.report(&configs, ui)
    }

    /// What files settle, with the arguments over it.
    fn configs(&self) -> Arc<Configs> {
        let overrides = Overrides {
            select: self.select.clone(),
            extend_select: self.extend_select.clone(),
            ignore: self.ignore.clone(),
            preview: self.preview,
        };
        Arc::new(Configs::new(self.configuration.source(), overrides))
    }

    fn report(&self, configs: &Configs, ui: &mut Ui) -> Outcome {
        let profiles = Profiles::of(&self.paths)?;
        let templates = Templates::around(&self.paths)?;
        let reader = Reader { profiles: &profiles, templates: &templates.all, configs };
        let mut units = reader.find(&self.paths, &self.stdin)?;
        if !self.fix {
            config::tell(&configs.problems(), self.configuration.deny_config_warnings, ui)?;
        }
        let cache = match self.no_cache {
            true => Cache::none(),
            false => {
                let parts = (configs.digest(), profiles.stamps(), templates.stamps());
                Cache::of(self.cache_folder(configs), &self.paths, &parts).for_count(units.found())
            }
        };
        let Found { findings, suppressed } = reader.found(&mut units, &cache)?;
        let count = units.count();
        let baseline = Baseline::of(&self.folder())?;
        // Ten thousand texts are not read to be counted.
        let are_needed = !self.statistics || !baseline.is_empty();
        let texts = if are_needed { units.texts(&findings) } else { Vec::new() };
        let sources = Sources::new(texts.iter());
        let Split { findings, known, .. } = baseline.split(findings, &sources, &date::today());
        let most =
            self.paths.first().and_then(|it| configs.workspace(it).count("check.max-findings"));
        let shown = findings.get(..most.unwrap_or(usize::MAX)).unwrap_or(&findings);
        self.write(shown, &suppressed, &sources, ui)?;
        if !self.quiet && (self.output_format.for_people || self.output_file.is_some()) {
            ui.print(&summary(&findings, count, ui))?;
            ui.print(&suppressed_sentence(&suppressed))?;
            ui.print(&known.sentence())?;
            ui.print(&not_shown(findings.len() - shown.len()))?;
        }
        let exit = tell(units.failures, ui)?.or(self.exit(&findings, configs));
        // Freeing them takes a tenth of a run in which nothing changed: nobody has to wait for it.
        std::thread::spawn(move || drop(findings));
        Ok(exit)
    }

    /// Where the workspace keeps what it knows: `dir` under `[cache]`.
    fn cache_folder(&self, configs: &Configs) -> PathBuf {
        let folder = self.folder();
        let settled = configs.workspace(&folder).path("cache.dir");
        settled.unwrap_or_else(|| Cache::folder(&workspace_root(&folder)))
    }

    /// The folder of the first path.
    fn folder(&self) -> PathBuf {
        let first = self.paths.iter().find(|it| !is_stdin(it));
        let folder = |path: &PathBuf| if path.is_dir() { path.clone() } else { parent(path) };
        first.map_or_else(|| PathBuf::from("."), folder)
    }

    fn write(
        &self,
        findings: &[Diagnostic],
        suppressed: &[Suppressed],
        sources: &Sources<'_>,
        ui: &mut Ui,
    ) -> Result<(), Failure> {
        let styled = self.output_file.is_none() && ui.styled();
        let report = Report { findings, suppressed, sources, styled, width: ui.width() };
        let text = match self.statistics {
            true => statistics(&report),
            false => (self.output_format.render)(&report),
        };
        match &self.output_file {
            Some(path) => write(path, &text).map_err(|error| unwritable(path, &error)),
            None => ui.print(&text),
        }
    }

    fn exit(&self, findings: &[Diagnostic], configs: &Configs) -> Exit {
        let own = self.fail_on.map(|it| match it {
            FailOn::Error => Severity::Error,
            FailOn::Warning => Severity::Warning,
            FailOn::Info => Severity::Info,
        });
        let least = |path: &str| own.unwrap_or_else(|| configs.fails_from(path));
        let fails = findings.iter().any(|it| it.severity >= least(&it.path));
        Exit::of_findings(fails && !self.exit_zero)
    }

    /// Writes the mended documents.
    fn keep(&self, mended: &Mended, ui: &mut Ui) -> Result<(), Failure> {
        for change in &mended.changes {
            let path = &change.place.path;
            write(path, &change.after).map_err(|error| unwritable(path, &error))?;
        }
        if mended.count > 0 && !self.quiet {
            ui.note(&format!("Fixed {}.\n", mended.counted()));
        }
        Ok(())
    }
}

fn show_diff(mended: Mended, ui: &mut Ui) -> Outcome {
    for change in &mended.changes {
        let (name, before) = (&change.place.name, change.before.text());
        ui.print(&unified(name, before, &change.after, ui.styled()))?;
    }
    ui.note(&match mended.count {
        0 => "Nothing to fix.\n".to_owned(),
        _ => format!("Would fix {}.\n", mended.counted()),
    });
    let exit = Exit::of_findings(mended.count > 0);
    Ok(tell(mended.loaded.failures, ui)?.or(exit))
}

/// What `max-findings` keeps from being shown.
fn not_shown(count: usize) -> String {
    match count {
        0 => String::new(),
        _ => format!("{} more than `max-findings` are not shown.\n", plural(count, "finding")),
    }
}

fn unmendable() -> Failure {
    Failure::new(
        "`--fix` cannot write to standard input",
        "name the file itself, or use `--diff` to see the change",
    )
}

fn unwritable(path: &Path, error: &std::io::Error) -> Failure {
    let doing = format!("cannot write `{}`", printed(path));
    Failure::io(doing, error, "make it and its folder writable, or name another file")
}
