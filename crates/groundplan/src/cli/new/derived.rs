//! Documents that are derived from what another one states.

use std::path::Path;

use groundplan_analysis::derive::{Derived, Options, tid};
use groundplan_model::profile::Kind;
use groundplan_model::template::Values;
use groundplan_model::{Document, Template, Workspace, lower};
use groundplan_syntax::{Source, parse};

use super::New;
use crate::cli::{Outcome, Ui};
use crate::diff::unified;
use crate::disk::Files;
use crate::disk::printed;
use crate::exit::{Exit, Failure};
use crate::load::Loaded;
use crate::weave::{split, weave};

/// The template whose documents are derived from a design.
pub(super) const DERIVED: &str = "tid";

/// Whether a document of the template is derived from this one.
pub(super) fn is_derived(template: &Template, from: &Document) -> bool {
    let states = matches!(from.classification.kind, Kind::TechnicalDesign | Kind::Specification);
    template.name == DERIVED && states
}

/// What to derive: the place of the design among the documents, and the path of the new document,
/// written as theirs are.
pub(super) struct Request<'a> {
    pub(super) from: usize,
    pub(super) path: &'a str,
    pub(super) author: Option<&'a str>,
    /// What was derived before, where there is something.
    pub(super) base: Option<String>,
}

/// The document that is derived from a design. One that would say what it said before keeps its
/// dates.
pub(super) fn derived(
    new: &New,
    template: &Template,
    loaded: Loaded,
    request: &Request<'_>,
) -> Result<Derived, Failure> {
    let name = loaded.documents.get(request.from).map(|it| it.source.path().to_owned());
    let files = Files::default();
    let workspace = Workspace::new(loaded.documents, &files);
    let design = name.as_deref().and_then(|name| workspace.document(name));
    let design = design.ok_or_else(|| Failure::new("the design is gone", "run this again"))?;
    let before = request.base.as_deref().map(|it| split(it).0);
    let field = |key: &str| {
        let source = Source::new("", before.as_deref()?);
        lower(&source, &parse(&source)).field(key).map(|it| it.value.text.clone())
    };
    let write = |date: &str| {
        let options = Options { path: request.path, date, author: request.author };
        let Derived { text, sources } = tid(&workspace, design, &options);
        let mut given = Values::default();
        field("Created").into_iter().for_each(|it| given.set("Created", it));
        new.set.iter().for_each(|(key, value)| given.set(key, value.as_str()));
        let text = Template { body: text, ..template.clone() }.fill(&given).text;
        Derived { text, sources }
    };
    let same = field("Last Updated").map(|date| write(&date));
    match same.filter(|it| before.as_ref() == Some(&it.text)) {
        Some(same) => Ok(same),
        None => Ok(write(&new.date.date()?)),
    }
}

/// Merges a document that is derived anew into the one that is there.
pub(super) fn renew(new: &New, path: &Path, fresh: &str, ui: &mut Ui) -> Outcome {
    let name = printed(path);
    let source = new.from.as_deref().map(printed).unwrap_or_default();
    let woven = weave(path, fresh, &format!("derived from {source}"))?;
    if new.dry_run {
        ui.print(&unified(&name, &woven.before, &woven.text, ui.styled()))?;
        return Ok(Exit::of_findings(!woven.is_unchanged()));
    }
    woven.keep(path, fresh)?;
    let what = if woven.is_unchanged() { "is up to date" } else { "brought up to date" };
    ui.print(&format!("{name}: {what} with `{source}`\n"))?;
    Ok(woven.tell(path, ui))
}
