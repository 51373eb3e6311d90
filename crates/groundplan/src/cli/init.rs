//! `groundplan init`: a repository that has documents already becomes a workspace.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use groundplan_model::template::Forms;
use groundplan_model::{Document, Template, Workspace};

use super::new::place::{PLAIN, Workspace as Family};
use super::{Outcome, Run, Ui};
use crate::config::Configs;
use crate::disk::{Baseline, Files, Profiles, Templates, create, printed};
use crate::exit::Failure;
use crate::findings::check_all;
use crate::load::{Loaded, load, tell};
use crate::render::{Sources, plural};

/// Name of the file that is written.
const FILE: &str = "groundplan.toml";

/// Make a folder a workspace: find its documents, and write a short groundplan.toml
///
/// Documents stay as they are. With --baseline the findings of today are recorded, and `check`
/// leaves them out from then on: what is new shows.
#[derive(clap::Parser)]
#[command(name = "init")]
pub(crate) struct Init {
    /// The folder; the root of a repository, as a rule
    #[arg(value_name = "FOLDER", default_value = ".")]
    folder: PathBuf,

    /// Record today's findings as known
    #[arg(long)]
    baseline: bool,

    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

impl Run for Init {
    const EXAMPLES: &[(&str, &str)] = &[
        ("init", "in the root of a repository"),
        ("init --baseline", "and begin without the findings of today"),
    ];

    fn run(self, ui: &mut Ui) -> Outcome {
        if !self.folder.is_dir() {
            let message = format!("there is no folder `{}`", printed(&self.folder));
            return Err(Failure::new(message, "name the folder that is to be a workspace"));
        }
        let templates = Templates::of(&self.folder)?;
        let family = Family::new(self.folder.clone(), self.documents()?, None);
        let profile = family.main_profile().to_owned();
        ui.print(&found(&family.loaded.documents, &templates.all))?;
        self.settings(&profile, ui)?;
        let loaded = family.loaded;
        let approvals = loaded.approvals()?;
        if self.baseline {
            let files = Files::default();
            let workspace = Workspace::new(loaded.documents, &files)
                .with_approvals(approvals)
                .with_templates(&templates.all);
            self.record(&workspace, &loaded.configs, ui)?;
        }
        tell(loaded.failures, ui)
    }
}

impl Init {
    fn documents(&self) -> Result<Loaded, Failure> {
        let paths = [self.folder.clone()];
        match load(&paths, None) {
            Ok(loaded) => Ok(loaded),
            // An empty folder can be a workspace as well.
            Err(_) => Ok(Loaded::empty(Profiles::of(&paths)?)),
        }
    }

    /// Writes `groundplan.toml` where there is none.
    fn settings(&self, profile: &str, ui: &mut Ui) -> Result<(), Failure> {
        let path = plain(&self.folder.join(FILE));
        let name = printed(&path);
        let text = settings(profile);
        if path.exists() {
            return ui.print(&format!("{name} is there already, and stays as it is.\n"));
        }
        if self.dry_run {
            return ui.print(&format!("Would write {name}:\n\n{text}"));
        }
        create(&path, &text)?;
        ui.print(&format!("Wrote {name}: new documents go where those of `{profile}` are.\n"))
    }

    /// Records the findings of today.
    fn record(
        &self,
        workspace: &Workspace<'_>,
        configs: &Configs,
        ui: &mut Ui,
    ) -> Result<(), Failure> {
        let findings = check_all(workspace, |path| configs.selection(path));
        let sources = Sources::of(&workspace.documents);
        let baseline = Baseline::recorded(&self.folder, &findings, &sources);
        let (count, name) = (plural(findings.len(), "finding"), baseline.name());
        if self.dry_run {
            return ui.print(&format!("Would record {count} in {name}.\n"));
        }
        baseline.save()?;
        ui.print(&format!("Recorded {count} in {name}: `groundplan check` leaves them out.\n"))
    }
}

/// "12 documents: 4 technical-design (xcc), …", and which templates they follow.
fn found(documents: &[Document], templates: &[Template]) -> String {
    let mut text = format!("Found {}.\n", plural(documents.len(), "document"));
    let mut kinds: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let known = Forms::of(templates);
    let mut forms: BTreeMap<&str, usize> = BTreeMap::new();
    for document in documents {
        let of = &document.classification;
        *kinds.entry((&of.profile, of.kind.as_str())).or_insert(0) += 1;
        if let Some(found) = known.recognise(document) {
            *forms.entry(&found.template.name).or_insert(0) += 1;
        }
    }
    for ((profile, kind), count) in &kinds {
        let _ = writeln!(text, "  {count:>4}  {kind} ({profile})");
    }
    for (name, count) in &forms {
        let verb = if *count == 1 { "has" } else { "have" };
        let _ = writeln!(
            text,
            "{} {verb} the form of the template `{name}`.",
            plural(*count, "document")
        );
    }
    text
}

fn settings(profile: &str) -> String {
    let names: Vec<String> = groundplan_model::Profile::built_in()
        .iter()
        .filter(|it| it.files.len() > 1)
        .map(|it| it.name.clone())
        .chain([PLAIN.to_owned()])
        .collect();
    format!(
        "# Settings of Groundplan for the workspace that this file is the root of. What is behind a\n\
         # `#` is an example. `groundplan config` shows what counts and why.\n\n\
         # The family of documents: where `groundplan new` writes, and how it names and numbers.\n\
         # One of {}, or a profile of your own.\nprofile = \"{profile}\"\n{EXAMPLES}",
        names.join(", ")
    )
}

/// What else is often settled. A test takes the marks away and reads it.
const EXAMPLES: &str = r#"
# Documents that are left out.
# exclude = ["docs/archive/**"]

# [check]
# ignore = ["template-example-left"]
# fail-on = "error"
# severity = { broken-link = "error" }

# Other settings for some documents.
# [[per-file]]
# paths = ["docs/drafts/**"]
# severity = { broken-link = "info" }

# Documents whose kind cannot be seen.
# [[documents]]
# kind = "technical-design"
# paths = ["design/*.md"]

# A rule of your own.
# [[rule]]
# name = "alerts-need-runbook"
# table = { heading = "Alerts", columns = ["Alert", "Runbook"] }
# column.Runbook = { required = true }

# Where requirements must be covered.
# [[trace.policy]]
# pattern = "FR-*"
# requires = ["design", "task"]
"#;

/// Without `.` parts, as it is printed in messages.
fn plain(path: &Path) -> PathBuf {
    path.components().filter(|part| part.as_os_str() != ".").collect()
}
