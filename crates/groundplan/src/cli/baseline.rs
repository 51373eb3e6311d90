//! `groundplan baseline`: the findings that a team knows of and accepts for a time.

mod show;

use std::path::PathBuf;

use groundplan_model::{Diagnostic, Workspace};

use super::{Outcome, Run, Ui};
use crate::date::{self, DateOption};
use crate::disk::{Baseline, Entry, Files, Known, Split, Templates, is_stdin, parent, printed};
use crate::exit::{Exit, Failure};
use crate::findings::check_all;
use crate::load::{load, tell};
use crate::render::{Sources, plural};

/// Accept the findings of today, for a time and with a reason
///
/// They are kept in .groundplan/baseline.toml, and `check` leaves them out. A finding whose time is
/// over shows again; one that is gone is pruned. Without --write, --prune or --check they are listed.
#[derive(clap::Parser)]
#[command(name = "baseline")]
pub(crate) struct BaselineCommand {
    /// Documents, or folders of them
    #[arg(default_value = ".", value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Accept what `check` reports now; what is accepted already stays as it is
    #[arg(long, group = "doing")]
    write: bool,

    /// Take out what is gone
    #[arg(long, group = "doing")]
    prune: bool,

    /// List what is accepted
    #[arg(long, group = "doing")]
    list: bool,

    /// Fail where something is gone or its time is over, or where more is accepted than at --base
    #[arg(long, group = "doing")]
    check: bool,

    /// Why the findings are accepted
    #[arg(long, value_name = "TEXT", requires = "write")]
    reason: Option<String>,

    /// Who accepts them
    #[arg(long, value_name = "NAME", requires = "write")]
    author: Option<String>,

    /// The last day on which they are accepted, as YYYY-MM-DD
    #[arg(long, value_name = "DATE", requires = "write")]
    until: Option<String>,

    /// The Git revision that --check compares with, such as origin/main
    #[arg(long, value_name = "REVISION", requires = "check")]
    base: Option<String>,

    #[command(flatten)]
    date: DateOption,
}

/// What is known beside what is there.
struct Compared {
    baseline: Baseline,
    known: Known,
    /// Paths of the documents that were looked at.
    looked_at: Vec<String>,
    today: String,
}

impl Run for BaselineCommand {
    const EXAMPLES: &[(&str, &str)] = &[
        ("baseline", "what is accepted, why and how long"),
        (
            "baseline --write --reason \"moved to the new API\" --until 2027-01-31",
            "accept the rest",
        ),
        ("baseline --prune", "take out what is mended"),
        ("baseline --check --base origin/main", "in CI"),
    ];

    fn run(self, ui: &mut Ui) -> Outcome {
        let until = self.until.as_deref().map(date::parse).transpose()?;
        let today = self.date.date()?;
        let loaded = load(&self.paths, None)?;
        let (approvals, templates) = (loaded.approvals()?, Templates::around(&self.paths)?);
        let files = Files::default();
        let workspace = Workspace::new(loaded.documents, &files)
            .with_approvals(approvals)
            .with_templates(&templates.all);
        let configs = loaded.configs;
        let findings = check_all(&workspace, |path| configs.selection(path));
        let sources = Sources::of(&workspace.documents);
        let baseline = Baseline::of(&self.folder())?;
        let Split { findings, expired, known } = baseline.split(findings, &sources, &today);
        let paths = workspace.documents.iter().map(|it| it.source.path().to_owned());
        let compared = Compared { baseline, known, looked_at: paths.collect(), today };
        let exit = if self.write {
            let all = findings.into_iter().enumerate();
            let new: Vec<_> = all.filter(|it| !expired.contains(&it.0)).map(|it| it.1).collect();
            let Self { reason, author, .. } = self;
            let accepted = Entry { reason, author, until, ..Entry::default() };
            compared.write(&new, &sources, &accepted, ui)?
        } else if self.prune {
            compared.prune(ui)?
        } else if self.check {
            compared.check(self.base.as_deref(), ui)?
        } else {
            ui.print(&show::list(&compared.baseline, &compared.today, ui.styled()))?;
            Exit::Clean
        };
        Ok(tell(loaded.failures, ui)?.or(exit))
    }
}

impl BaselineCommand {
    fn folder(&self) -> PathBuf {
        let first = self.paths.iter().find(|it| !is_stdin(it));
        let folder = |path: &PathBuf| if path.is_dir() { path.clone() } else { parent(path) };
        first.map_or_else(|| PathBuf::from("."), folder)
    }
}

impl Compared {
    fn write(
        mut self,
        new: &[Diagnostic],
        sources: &Sources<'_>,
        accepted: &Entry,
        ui: &mut Ui,
    ) -> Outcome {
        let renewed = self.renew(accepted);
        self.baseline.add(new, sources, accepted);
        self.baseline.save()?;
        let (added, name) = (plural(new.len(), "finding"), self.baseline.name());
        ui.print(&format!("Accepted {added} more in {name}.\n"))?;
        let expired = self.expired().count();
        ui.print(&match (renewed, expired) {
            (0, 0) => String::new(),
            (0, _) => {
                format!("{} of it {}: give a new day with `--until`.\n", expired, are_over(expired))
            }
            _ => format!("Accepted {} anew.\n", plural(renewed, "finding")),
        })?;
        Ok(Exit::Clean)
    }

    /// Gives what has expired its new day, where there is one; how many findings that are.
    fn renew(&mut self, accepted: &Entry) -> usize {
        let Some(until) = &accepted.until else { return 0 };
        let mut count = 0;
        let expired = self.baseline.entries.iter_mut().filter(|it| it.is_expired(&self.today));
        for entry in expired {
            entry.until = Some(until.clone());
            entry.reason = accepted.reason.clone().or(entry.reason.take());
            entry.author = accepted.author.clone().or(entry.author.take());
            count += entry.count;
        }
        count
    }

    fn prune(mut self, ui: &mut Ui) -> Outcome {
        let gone: Vec<usize> = (0..self.baseline.entries.len()).map(|at| self.gone(at)).collect();
        let pruned: usize = gone.iter().sum();
        for (entry, gone) in self.baseline.entries.iter_mut().zip(&gone) {
            entry.count = entry.count.saturating_sub(*gone);
        }
        self.baseline.entries.retain(|it| it.count > 0);
        if pruned > 0 {
            self.baseline.save()?;
        }
        ui.print(&match pruned {
            0 => "Nothing in the baseline is gone.\n".to_owned(),
            _ => format!("Took {} out of {}.\n", plural(pruned, "finding"), self.baseline.name()),
        })?;
        Ok(Exit::Clean)
    }

    fn check(&self, base: Option<&str>, ui: &mut Ui) -> Outcome {
        let grown = base.map(|base| self.grown_since(base)).transpose()?.unwrap_or(0);
        let gone: usize = (0..self.baseline.entries.len()).map(|at| self.gone(at)).sum();
        let expired: usize = self.expired().map(|it| it.count).sum();
        let mut faults = String::new();
        for (count, what, way_out) in [
            (grown, "accepted since then", "mend them instead"),
            (gone, "gone", "take them out: `groundplan baseline --prune`"),
            (expired, "not accepted any more", "mend them, or give a new day with `--until`"),
        ] {
            if count > 0 {
                let (count, verb) =
                    (plural(count, "finding"), if count == 1 { "is" } else { "are" });
                faults.push_str(&format!("{count} of the baseline {verb} {what}: {way_out}.\n"));
            }
        }
        let is_clean = faults.is_empty();
        let clean =
            format!("The baseline is in order: {}.\n", plural(self.baseline.count(), "finding"));
        ui.print(if is_clean { &clean } else { &faults })?;
        Ok(Exit::of_findings(!is_clean))
    }

    fn grown_since(&self, base: &str) -> Result<usize, Failure> {
        let before = self.baseline.count_at(base).ok_or_else(|| {
            let message = format!("Git knows no revision `{base}` here");
            Failure::new(message, "fetch it first, or leave `--base` out")
        })?;
        Ok(self.baseline.count().saturating_sub(before))
    }

    fn expired(&self) -> impl Iterator<Item = &Entry> {
        self.baseline.entries.iter().filter(|it| it.is_expired(&self.today))
    }

    /// How many findings of an entry are gone. Of a document that was not looked at nobody knows,
    /// unless it is gone itself.
    fn gone(&self, at: usize) -> usize {
        let Some(entry) = self.baseline.entries.get(at) else { return 0 };
        let document = self.baseline.document(entry);
        let is_looked_at = self.looked_at.contains(&printed(&document)) || !document.exists();
        let left = self.known.vanished.get(at).copied().unwrap_or(0);
        if is_looked_at { left } else { 0 }
    }
}

fn are_over(count: usize) -> &'static str {
    if count == 1 { "has expired" } else { "have expired" }
}
