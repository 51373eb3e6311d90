//! Making the document.

use std::path::{Path, PathBuf};

use groundplan_model::provenance::SourceRef;
use groundplan_model::template::spoken;
use groundplan_model::{Document, Provenance, Template, lower, paths};
use groundplan_syntax::{Source, parse};

use super::New;
use super::derived::{Request, derived, is_derived, renew};
use super::place::{Workspace, inside};
use super::values::{Plan, values};
use crate::cli::{Outcome, Ui};
use crate::disk::{
    Base, Lock, Profiles, Templates, create, exists, is_stdin, parent, printed, workspace_root,
};
use crate::exit::{Exit, Failure};
use crate::git::Git;
use crate::load::{Loaded, load};
use crate::render::plural;
use crate::weave::joined;

/// A document, ready to be written.
struct Made {
    path: PathBuf,
    text: String,
    /// Whether it is to be merged into the document that is there.
    renews: bool,
}

pub(super) fn make(new: &New, template: &Template, templates: &Templates, ui: &mut Ui) -> Outcome {
    let keys: Vec<String> = new.set.iter().map(|it| it.0.clone()).collect();
    template.knows(&keys).map_err(|error| {
        let message = format!("`{}` has no place `{}`", template.name, error.key);
        Failure::new(message, format!("it has {}", error.known.join(", ")))
    })?;
    let near = new.from.as_deref().or(new.output.as_deref().filter(|it| !is_stdin(it)));
    let root = workspace_root(&near.map_or_else(|| PathBuf::from("."), parent));
    let writes = !new.dry_run && !new.output.as_deref().is_some_and(is_stdin);
    let _lock = writes.then(|| Lock::of(&root)).transpose()?;
    let made = made(new, template, templates, root)?;
    if made.renews && !new.output.as_deref().is_some_and(is_stdin) {
        return renew(new, &made.path, &made.text, ui);
    }
    if !writes {
        ui.note(&format!("{}\n", printed(&made.path)));
        ui.print(&made.text)?;
        return Ok(Exit::Clean);
    }
    create(&made.path, &made.text)?;
    Base::of(&made.path).write(&made.path, &made.text)?;
    ui.print(&format!("{}\n", printed(&made.path)))?;
    ui.note(&hint(&made, template));
    Ok(Exit::Clean)
}

/// "Made from `tid`, version 1. 31 places to fill in: `groundplan check FILE` shows them."
fn hint(made: &Made, template: &Template) -> String {
    let source = Source::new("", &made.text);
    let count = lower(&source, &parse(&source)).placeholders.len();
    let from = format!("Made from `{}`, version {}.", template.name, template.version);
    if count == 0 {
        return format!("{from}\n");
    }
    let places = plural(count, "place");
    format!("{from} {places} to fill in: `groundplan check {}` shows them.\n", printed(&made.path))
}

/// Where the document goes, and what it is about.
struct Target {
    name: String,
    number: Option<String>,
    path: PathBuf,
    /// The path from the root.
    inside: String,
}

fn made(
    new: &New,
    template: &Template,
    templates: &Templates,
    root: PathBuf,
) -> Result<Made, Failure> {
    let git = Git::of(&root);
    let workspace = Workspace::new(root.clone(), documents(&root, new)?, git.as_ref());
    let from = new.from.as_deref().map(|path| index_of(&workspace.loaded, path)).transpose()?;
    let target = target(new, template, templates, &workspace, from)?;
    let path = target.path.clone();
    let document = from.and_then(|it| workspace.loaded.documents.get(it));
    let is_derived = document.is_some_and(|it| is_derived(template, it));
    let renews = is_derived && path.exists() && is_own(&workspace.loaded, &path, template);
    if path.exists() && !renews && !new.dry_run {
        return Err(exists(&printed(&path)));
    }
    let author = git.as_ref().and_then(Git::author);
    let (text, sources) = match from.filter(|_| is_derived) {
        Some(from) => {
            let shown = printed(&root.join(&target.inside));
            let base = if renews { Base::of(&path).read(&path)? } else { None };
            let request = Request { from, path: &shown, author: author.as_deref(), base };
            let made = derived(new, template, workspace.loaded, &request)?;
            (made.text, made.sources)
        }
        None => filled(new, template, &workspace, &target, from, author)?,
    };
    let provenance =
        Provenance { template: Some(template.reference()), sources, ..Provenance::default() };
    Ok(Made { path, text: joined(&text, &provenance.to_text()), renews })
}

fn target(
    new: &New,
    template: &Template,
    templates: &Templates,
    workspace: &Workspace,
    from: Option<usize>,
) -> Result<Target, Failure> {
    let document = from.and_then(|it| workspace.loaded.documents.get(it));
    let from = from.and_then(|it| workspace.path_of(it));
    let (form, family) = workspace.forms(template, &templates.all, new.profile.as_deref(), from)?;
    let propose = |name: Option<&str>| workspace.propose(&form, &family, from, name, new.number);
    let given = new.name.as_deref().map(in_words);
    let title = document.and_then(named_by_title);
    let proposed = propose(given.as_deref()).or_else(|| propose(title.as_deref()));
    let (name, proposal) = proposed.ok_or_else(no_name)?;
    let path = match new.output.as_deref().filter(|path| !is_stdin(path)) {
        Some(path) => path.to_owned(),
        None => short(&workspace.root.join(&proposal.path)),
    };
    let inside = inside(&workspace.root, &path);
    Ok(Target { name, number: proposal.number, path, inside })
}

/// The template with what is known in its places, and what the document rests on.
fn filled(
    new: &New,
    template: &Template,
    workspace: &Workspace,
    target: &Target,
    from: Option<usize>,
    author: Option<String>,
) -> Result<(String, Vec<SourceRef>), Failure> {
    let (name, number) = (&target.name, target.number.as_deref());
    let plan = Plan { name, path: &target.inside, number, from };
    let text = template.fill(&values(new, &plan, workspace, author)?).text;
    let source = from.and_then(|it| {
        let (document, path) = (workspace.loaded.documents.get(it)?, workspace.path_of(it)?);
        Some(SourceRef::of(&paths::relative(&target.inside, path), document, |_| true))
    });
    Ok((text, source.into_iter().collect()))
}

/// Whether the document at `path` was made from the template: then it may be renewed.
fn is_own(loaded: &Loaded, path: &Path, template: &Template) -> bool {
    let document = loaded.index_of(path).and_then(|it| loaded.documents.get(it));
    let made = document.and_then(|it| it.provenance.as_ref()?.template.as_ref());
    made.is_some_and(|it| it.name == template.name)
}

/// Every document of the workspace, and the one that the new document follows from.
fn documents(root: &Path, new: &New) -> Result<Loaded, Failure> {
    let mut paths = vec![root.to_owned()];
    let loaded = match load(&paths, None) {
        Ok(loaded) => loaded,
        // A workspace without documents is where the first one is made.
        Err(_) => Loaded::empty(Profiles::of(&paths)?),
    };
    let is_known = |path: &PathBuf| loaded.index_of(path).is_some();
    match new.from.as_ref().filter(|path| !is_known(path)) {
        None => Ok(loaded),
        Some(from) => {
            paths.push(from.clone());
            load(&paths, None)
        }
    }
}

fn index_of(loaded: &Loaded, path: &Path) -> Result<usize, Failure> {
    loaded.index_of(path).ok_or_else(|| {
        let name = printed(path);
        Failure::new(format!("`{name}` is no document"), "name a Markdown file behind --from")
    })
}

/// `data-export` and `DataExport` are "Data Export"; what has blanks is left as it is.
fn in_words(name: &str) -> String {
    let name = name.trim();
    let is_slug = !name.contains(' ') && (name.contains(['-', '_']) || has_hump(name));
    if is_slug { spoken(name) } else { name.to_owned() }
}

fn has_hump(name: &str) -> bool {
    let capitals = name.chars().skip(1).filter(|c| c.is_uppercase()).count();
    capitals > 0 && capitals * 2 < name.chars().count()
}

/// "Data Export" of "Technical Design: Data Export".
fn named_by_title(document: &Document) -> Option<String> {
    let title = document.title.as_ref()?.text.trim().to_owned();
    let name = title.rsplit_once(": ").map_or(title.as_str(), |it| it.1).trim();
    Some(name.to_owned()).filter(|name| !name.is_empty())
}

fn no_name() -> Failure {
    Failure::new(
        "the document has no name",
        "say what it is about: `groundplan new KIND \"Data export\"`",
    )
}

/// The path from where the program was started, if it lies there.
fn short(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(&here)
        .unwrap_or(path)
        .components()
        .filter(|it| it.as_os_str() != ".")
        .collect()
}
