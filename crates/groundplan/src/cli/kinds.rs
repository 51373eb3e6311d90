//! `groundplan kinds`: the families of documents that are known, and what a file was taken for.

use std::fmt::Write;
use std::path::PathBuf;

use groundplan_model::profile::{KindRule, Profile};
use groundplan_model::template::{Forms, Recognised};
use groundplan_model::{Classification, Document};
use rayon::prelude::*;
use serde_json::{Value, json};

use super::inspect::Shape;
use super::{Outcome, Run, Ui};
use crate::disk::{Profiles, Templates};
use crate::exit::{Exit, Failure};
use crate::load::{Stdin, load, tell};
use crate::render::json::{SCHEMA_VERSION, printed};
use crate::render::plural;
use crate::ui::{DIM, STRONG, paint, printable};

/// List the kinds of documents that are known, or say what documents are taken for
///
/// With the template whose form a document has: how many of its sections are the template's, which
/// are its own, and which are missing. A profile is a family of documents: how each kind of it is known by its path, its headings and
/// its header. A team's own profiles are the files `.groundplan/profiles/*.toml`; they come before
/// the built-in ones.
#[derive(clap::Parser)]
#[command(name = "kinds")]
pub(crate) struct Kinds {
    /// Documents, or folders of them; `-` is standard input
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    stdin: Stdin,

    /// `text` for people, `json` for programs
    #[arg(alias = "output-format", long, value_name = "FORMAT", default_value = "text")]
    format: Shape,
}

impl Run for Kinds {
    const EXAMPLES: &[(&str, &str)] = &[
        ("kinds", "every family with its kinds"),
        ("kinds docs", "what each document is taken for, and why"),
        ("kinds docs --format json | jq -r '.documents[].kind'", "for programs"),
    ];

    fn run(self, ui: &mut Ui) -> Outcome {
        if self.paths.is_empty() {
            return self.list(ui);
        }
        let loaded = load(&self.paths, Some(&self.stdin))?;
        let templates = Templates::around(&self.paths)?.all;
        let forms = Forms::of(&templates);
        let all = loaded.documents.par_iter();
        ui.print(&match self.format {
            Shape::Text => all.map(|it| line(it, &forms, ui.styled())).collect(),
            Shape::Json => in_json("documents", all.map(|it| document(it, &forms)).collect()),
        })?;
        tell(loaded.failures, ui)
    }
}

impl Kinds {
    fn list(&self, ui: &mut Ui) -> Result<Exit, Failure> {
        let profiles = Profiles::of(&[])?;
        let all = profiles.all.iter().enumerate().map(|(at, it)| (it, profiles.file(at)));
        ui.print(&match self.format {
            Shape::Text => all.map(|(it, file)| family(it, file, ui.styled())).collect(),
            Shape::Json => in_json("profiles", all.map(|(it, file)| profile(it, file)).collect()),
        })?;
        Ok(Exit::Clean)
    }
}

fn in_json(name: &str, values: Vec<Value>) -> String {
    printed(&json!({ "schema_version": SCHEMA_VERSION, name: values }))
}

/// A profile and its kinds, a line each.
fn family(profile: &Profile, file: Option<&str>, styled: bool) -> String {
    let from = paint(styled, DIM, file.unwrap_or("built in"));
    let name = paint(styled, STRONG, &profile.name);
    let mut text = format!("{name}: {} ({from})\n", printable(&profile.title));
    for (index, rule) in profile.kinds.iter().enumerate() {
        let known_by = known_by(profile, index, rule);
        let _ = writeln!(text, "  {:<23}  {}", rule.kind.as_str(), printable(&known_by));
    }
    text
}

/// "`docs/*.md`, `design/*.md`; 5 headings; header type, owner".
fn known_by(profile: &Profile, index: usize, rule: &KindRule) -> String {
    let paths: Vec<String> = profile.paths(index).map(|it| format!("`{it}`")).collect();
    let mut parts = vec![paths.join(", ")];
    if !rule.headings.is_empty() {
        let noun = if rule.headings.len() == 1 { "heading" } else { "headings" };
        parts.push(format!("{} {noun}", rule.headings.len()));
    }
    if !rule.header.is_empty() {
        parts.push(format!("header {}", rule.header.join(", ")));
    }
    parts.retain(|part| !part.is_empty());
    parts.join("; ")
}

fn profile(profile: &Profile, file: Option<&str>) -> Value {
    let kinds = profile.kinds.iter().enumerate().map(|(index, rule)| {
        json!({
            "kind": rule.kind.as_str(),
            "paths": profile.paths(index).collect::<Vec<_>>(),
            "headings": rule.headings,
            "header": rule.header,
        })
    });
    let kinds: Vec<Value> = kinds.collect();
    json!({ "name": profile.name, "title": profile.title, "file": file, "kinds": kinds })
}

/// "docs/a.md: technical-design (design): 9 of 10 headings; form of `technical-design`: 24 sections".
fn line(document: &Document, forms: &Forms<'_>, styled: bool) -> String {
    let Classification { kind, profile, .. } = &document.classification;
    let (path, why) = (document.source.path(), why(&document.classification));
    let path = paint(styled, STRONG, &printable(path));
    let form = forms.recognise(document).map(|it| form(&it)).unwrap_or_default();
    format!("{path}: {} ({profile}): {}{form}\n", kind.as_str(), printable(&why))
}

fn form(found: &Recognised<'_>) -> String {
    let Recognised { template, mapped, foreign, missing } = found;
    let mut text = format!("; form of `{}`: {}", template.name, plural(*mapped, "section"));
    for (list, word) in [(foreign, "of its own"), (missing, "missing")] {
        if !list.is_empty() {
            let _ = write!(text, ", {} {word}", list.len());
        }
    }
    text
}

fn document(document: &Document, forms: &Forms<'_>) -> Value {
    let Classification { kind, profile, reasons } = &document.classification;
    let form = forms.recognise(document).map(|it| {
        json!({
            "template": it.template.name,
            "sections": it.mapped,
            "foreign": it.foreign,
            "missing": it.missing,
        })
    });
    json!({
        "path": document.source.path(),
        "kind": kind.as_str(),
        "profile": profile,
        "reasons": reasons,
        "form": form,
    })
}

/// What a document was taken for it by.
pub(super) fn why(classification: &Classification) -> String {
    match classification.reasons.is_empty() {
        true => "no profile fits".to_owned(),
        false => classification.reasons.join(", "),
    }
}
