//! `groundplan upgrade`: a newer version of its template, merged into a document.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use groundplan_model::provenance::TemplateRef;
use groundplan_model::template::values_of;
use groundplan_model::{Document, Provenance, Template};

use clap::Parser;

use super::new::{New, is_derived};
use super::{Outcome, Run, Ui};
use crate::diff::unified;
use crate::disk::{Base, Templates, parent};
use crate::exit::{Exit, Failure};
use crate::load::{Loaded, load, tell};
use crate::weave::{joined, weave};

/// Bring documents up to the newest version of their templates
///
/// What changed in the template is merged into the document; what people wrote stays. Where both
/// changed the same lines, both versions stand between conflict markers, and the lines are named.
#[derive(clap::Parser)]
#[command(name = "upgrade")]
pub(crate) struct Upgrade {
    /// Documents that `groundplan new` made, or folders of them
    #[arg(value_name = "DOCUMENT", required_unless_present = "all")]
    paths: Vec<PathBuf>,

    /// Every document of the workspace
    #[arg(long)]
    all: bool,

    /// Show what would change, and change nothing
    #[arg(long, visible_alias = "dry-run")]
    diff: bool,
}

/// What happens to one document.
struct Step<'a> {
    path: &'a Path,
    old: TemplateRef,
    template: &'a Template,
    fresh: String,
}

impl Run for Upgrade {
    const EXAMPLES: &[(&str, &str)] = &[
        ("upgrade docs/001_TDD-data-export.md", "one document"),
        ("upgrade --all --diff", "what would change everywhere"),
    ];

    fn run(self, ui: &mut Ui) -> Outcome {
        let paths =
            if self.paths.is_empty() { vec![PathBuf::from(".")] } else { self.paths.clone() };
        let templates = Templates::around(&paths)?;
        let loaded = load(&paths, None)?;
        let mut exit = Exit::Clean;
        let mut steps = 0;
        for document in &loaded.documents {
            let step = step(document, &loaded, &templates);
            let done = step.and_then(|step| match step {
                Some(step) => self.take(&step, document, ui).map(Some),
                None => Ok(None),
            });
            match done {
                Ok(Some(done)) => (exit, steps) = (exit.or(done), steps + 1),
                Ok(None) => {}
                // The other documents count all the same.
                Err(Failure::Message { message, help }) => {
                    ui.fail(&message, help.as_deref());
                    exit = Exit::Failed;
                }
                Err(output) => return Err(output),
            }
        }
        if steps == 0 && exit == Exit::Clean {
            ui.note("Nothing to upgrade.\n");
        }
        Ok(tell(loaded.failures, ui)?.or(exit))
    }
}

impl Upgrade {
    fn take(&self, step: &Step<'_>, document: &Document, ui: &mut Ui) -> Outcome {
        if let Some(derivation) = self.derivation(step, document) {
            return derivation?.run(ui);
        }
        let name = document.source.path();
        let Step { path, old, template, fresh } = step;
        let label = format!("{} {}", template.name, template.version);
        let woven = weave(path, fresh, &label)?;
        if self.diff {
            ui.print(&unified(name, &woven.before, &woven.text, ui.styled()))?;
            return Ok(Exit::Findings);
        }
        woven.keep(path, fresh)?;
        let (from, to) = (old.version, template.version);
        let versions = match from == to {
            true => format!("version {to} as it is now"),
            false => format!("version {from} to {to}"),
        };
        ui.print(&format!("{name}: upgraded, `{}` {versions}\n", template.name))?;
        Ok(woven.tell(path, ui))
    }
}

impl Upgrade {
    /// The command that derives a document anew by the newer template; `None` for one that was not
    /// derived from a design.
    fn derivation(&self, step: &Step<'_>, document: &Document) -> Option<Result<New, Failure>> {
        let source = document.provenance.as_ref()?.sources.first()?;
        let design = parent(step.path).join(&source.path);
        let is_there = design.is_file() && is_derived(step.template);
        let dry_run = if self.diff { "--dry-run" } else { "--format=text" };
        let words = ["new", &step.template.name, dry_run, "--output"].map(OsString::from);
        let rest = [step.path.into(), "--from".into(), design.into_os_string()];
        is_there.then(|| {
            New::try_parse_from(words.into_iter().chain(rest)).map_err(|error| {
                Failure::new(error.to_string(), "name the files without `-` in front")
            })
        })
    }
}

/// What there is to do for a document; `None` where it names no template, or has the newest.
fn step<'a>(
    document: &Document,
    loaded: &'a Loaded,
    templates: &'a Templates,
) -> Result<Option<Step<'a>>, Failure> {
    let Some(provenance) = &document.provenance else { return Ok(None) };
    let Some(old) = provenance.template.clone() else { return Ok(None) };
    let name = document.source.path();
    let template = templates.named(&old.name).ok_or_else(|| {
        Failure::new(
            format!("`{name}` was made from `{}`, and there is no such template", old.name),
            "bring it back into `.groundplan/templates/`",
        )
    })?;
    let Some(place) = loaded.place(name).filter(|_| old.digest != template.digest) else {
        return Ok(None);
    };
    if old.version > template.version {
        return Err(Failure::new(
            format!(
                "`{name}` was made from version {} of `{}`, newer than the one here",
                old.version, old.name
            ),
            "update groundplan, or the template in `.groundplan/templates/`",
        ));
    }
    let base = Base::of(&place.path).read(&place.path)?;
    let text = base.as_deref().unwrap_or(document.source.text());
    let filled = template.fill(&values_of(template, text)).text;
    let fresh = Provenance { template: Some(template.reference()), ..provenance.clone() };
    let fresh = joined(&filled, &fresh.to_text());
    Ok(Some(Step { path: &place.path, old, template, fresh }))
}
