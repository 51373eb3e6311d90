//! `groundplan new`: a document from a template, at its place and with what is known filled in.

mod derived;
mod list;
mod make;
pub(super) mod place;
mod values;

use std::path::PathBuf;

use groundplan_model::Template;

use super::inspect::Shape;
use super::{Outcome, Run, Ui};
use crate::date::DateOption;
use crate::disk::Templates;
use crate::exit::{Exit, Failure};
use crate::suggest::closest;

/// Start a document from a template
///
/// The path and the number follow the documents that are there already, on every branch; date,
/// author, requirement and links to related documents are filled in. Nothing is overwritten. A
/// team's own templates are the files `.groundplan/templates/*.md`; they come before the built-in
/// ones of the same name.
#[derive(clap::Parser)]
#[command(name = "new")]
pub(crate) struct New {
    /// The template: `--list` shows all
    #[arg(value_name = "KIND", required_unless_present_any = ["list", "show"])]
    kind: Option<String>,

    /// What the document is about, such as "Data export"; with --from its name is the default
    #[arg(value_name = "NAME")]
    name: Option<String>,

    /// The document that this one follows from
    #[arg(long, value_name = "DOCUMENT")]
    from: Option<PathBuf>,

    /// Fill a place or a header field
    #[arg(long, value_name = "KEY=VALUE", value_parser = pair)]
    set: Vec<(String, String)>,

    /// The document's number, instead of the next free one
    #[arg(long, value_name = "NUMBER")]
    number: Option<u32>,

    /// The family whose paths are used: xcc, speckit, kiro, or plain [default: as the documents here]
    #[arg(long, value_name = "PROFILE")]
    profile: Option<String>,

    /// Where the document is written
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Show the document instead of writing it
    #[arg(long)]
    dry_run: bool,

    /// List the templates
    #[arg(long, conflicts_with_all = ["kind", "show"])]
    list: bool,

    /// Show a template as it is, to make your own from
    #[arg(long, value_name = "KIND", conflicts_with = "kind")]
    show: Option<String>,

    /// How the list is written
    #[arg(alias = "output-format", long, value_name = "FORMAT", default_value = "text")]
    format: Shape,

    #[command(flatten)]
    date: DateOption,
}

/// `key=value`
fn pair(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or("write it as KEY=VALUE")?;
    match key.trim().is_empty() {
        true => Err("the key is missing: write it as KEY=VALUE".to_owned()),
        false => Ok((key.trim().to_owned(), value.to_owned())),
    }
}

impl Run for New {
    const EXAMPLES: &[(&str, &str)] = &[
        ("new --list", "every template"),
        ("new feature-prd \"Data export\"", "docs/001_PRD-data-export.md"),
        ("new technical-design --from docs/001_PRD-data-export.md", "its design"),
        ("new decision-record \"Use SQLite\" --set status=Accepted", "docs/adr/0001-use-sqlite.md"),
        ("new --show tid > .groundplan/templates/tid.md", "a template of your own"),
    ];

    fn run(self, ui: &mut Ui) -> Outcome {
        let folder = self.from.as_deref().map_or_else(|| PathBuf::from("."), crate::disk::parent);
        let templates = Templates::of(&folder)?;
        if self.list {
            ui.print(&list::list(&templates, self.format, ui.styled()))?;
            return Ok(Exit::Clean);
        }
        if let Some(name) = &self.show {
            let template = known(&templates, name)?;
            ui.print(&template.text)?;
            return Ok(Exit::Clean);
        }
        let template = known(&templates, self.kind.as_deref().unwrap_or(""))?;
        make::make(&self, template, &templates, ui)
    }
}

/// Whether documents of the template are derived from designs.
pub(super) fn is_derived(template: &Template) -> bool {
    template.name == derived::DERIVED
}

/// The template of this name.
fn known<'a>(templates: &'a Templates, name: &str) -> Result<&'a Template, Failure> {
    templates.named(name).ok_or_else(|| {
        let also = |it: &&Template| it.also.iter().any(|also| also == name);
        let meant: Vec<&str> =
            templates.all.iter().filter(also).map(|it| it.name.as_str()).collect();
        let near = closest(name, templates.all.iter().map(|it| it.name.as_str()));
        let help = match (meant.as_slice(), near) {
            ([], Some(near)) => format!("did you mean `{near}`? `groundplan new --list` shows all"),
            ([], None) => "`groundplan new --list` shows all".to_owned(),
            (meant, _) => format!("did you mean `{}`?", meant.join("` or `")),
        };
        Failure::new(format!("no template is named `{name}`"), help)
    })
}
