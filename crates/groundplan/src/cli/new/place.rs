//! Where the new document goes.

use std::path::{Path, PathBuf};

use groundplan_model::template::{Naming, Proposal};
use groundplan_model::{Document, Profile, Template, paths};

use crate::config::Configs;
use crate::disk::Profiles;
use crate::exit::Failure;
use crate::git::Git;
use crate::load::Loaded;
use crate::suggest::closest;

/// The name of the form that needs no profile.
pub(in crate::cli) const PLAIN: &str = "plain";

/// What is there already.
pub(in crate::cli) struct Workspace {
    /// The folder that paths start from.
    pub(in crate::cli) root: PathBuf,
    /// Its documents.
    pub(in crate::cli) loaded: Loaded,
    /// Their paths from the root.
    here: Vec<String>,
    /// Paths of other branches from the root.
    elsewhere: Vec<String>,
}

impl Workspace {
    pub(in crate::cli) fn new(root: PathBuf, loaded: Loaded, git: Option<&Git>) -> Self {
        let from_root = |it: &Document| inside(&root, Path::new(it.source.path()));
        let here = loaded.documents.iter().map(from_root).collect();
        let elsewhere = git.map_or_else(Vec::new, |git| elsewhere(git, &root));
        Self { root, loaded, here, elsewhere }
    }

    /// Whether there is a document whose path from the root is this.
    pub(in crate::cli) fn path_of(&self, index: usize) -> Option<&str> {
        self.here.get(index).map(String::as_str)
    }

    /// The form that documents of the template have here, and those of its family.
    pub(in crate::cli) fn forms<'a>(
        &'a self,
        template: &'a Template,
        templates: &'a [Template],
        wanted: Option<&str>,
        from: Option<&str>,
    ) -> Result<(String, Vec<String>), Failure> {
        let profile = self.profile(template, wanted, from)?;
        let own = profile.map(|it| it.files.as_slice()).unwrap_or_default();
        let form = own.iter().find(|it| it.0 == template.name).map(|it| it.1.clone());
        let mut family: Vec<String> = own.iter().map(|it| it.1.clone()).collect();
        if family.is_empty() {
            family = templates.iter().map(|it| it.file.clone()).collect();
        }
        Ok((form.unwrap_or_else(|| template.file.clone()), family))
    }

    /// The path, from the root.
    pub(in crate::cli) fn propose(
        &self,
        form: &str,
        family: &[String],
        from: Option<&str>,
        name: Option<&str>,
        number: Option<u32>,
    ) -> Option<(String, Proposal)> {
        let family: Vec<&str> = family.iter().map(String::as_str).collect();
        let (here, elsewhere) = (&self.here, &self.elsewhere);
        let naming = Naming { form, family: &family, here, elsewhere, from };
        let name = name.map(str::to_owned).or_else(|| naming.name())?;
        let proposal = naming.propose(&name, number);
        Some((name, proposal))
    }

    /// The profile whose paths are used; `None` for the plain form.
    fn profile(
        &self,
        template: &Template,
        wanted: Option<&str>,
        from: Option<&str>,
    ) -> Result<Option<&Profile>, Failure> {
        let all = &self.loaded.profiles.all;
        let config = Configs::default().settled(&self.root.join("new.md"))?;
        if let Some(name) = wanted.or(config.text("profile")) {
            return named(&self.loaded.profiles, name);
        }
        let has_form = |it: &&Profile| it.files.iter().any(|file| file.0 == template.name);
        let count = |profile: &Profile| self.here.iter().filter(|it| fits(profile, it)).count();
        let of_from = from.and_then(|path| all.iter().filter(has_form).find(|it| fits(it, path)));
        if of_from.is_some() || from.is_some() {
            return Ok(of_from);
        }
        let most = all.iter().filter(has_form).rev().max_by_key(|it| count(it));
        Ok(most.filter(|it| count(it) > 0).or_else(|| self.by_folder(has_form)))
    }

    /// The profile that most documents have, as far as new ones can have it.
    pub(in crate::cli) fn main_profile(&self) -> &str {
        let many = |it: &&Profile| it.files.len() > 1;
        let count = |profile: &Profile| self.here.iter().filter(|it| fits(profile, it)).count();
        let most = self.loaded.profiles.all.iter().filter(many).rev().max_by_key(|it| count(it));
        let most = most.filter(|it| count(it) > 0).or_else(|| self.by_folder(many));
        most.map_or(PLAIN, |it| &it.name)
    }

    /// A family whose own folder is there and still empty: `.kiro/`, `0xcc/`.
    fn by_folder(&self, has_form: impl Fn(&&Profile) -> bool) -> Option<&Profile> {
        let first = |form: &String| form.split('/').next().unwrap_or("").to_owned();
        let is_there = |folder: &String| {
            !matches!(folder.as_str(), "" | "docs" | "doc") && self.root.join(folder).is_dir()
        };
        let all = self.loaded.profiles.all.iter().filter(has_form);
        all.into_iter()
            .find(|it| it.files.iter().map(|file| first(&file.1)).any(|it| is_there(&it)))
    }
}

/// Whether the document at `path`, from the root, has a form of the profile.
fn fits(profile: &Profile, path: &str) -> bool {
    profile.files.iter().any(|file| Naming::fits(&file.1, path))
}

fn named<'a>(profiles: &'a Profiles, name: &str) -> Result<Option<&'a Profile>, Failure> {
    if name == PLAIN {
        return Ok(None);
    }
    let names = || profiles.all.iter().map(|it| it.name.as_str()).chain([PLAIN]);
    profiles.all.iter().find(|it| it.name == name).map(Some).ok_or_else(|| {
        let help = match closest(name, names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("known: {}", names().collect::<Vec<_>>().join(", ")),
        };
        Failure::new(format!("no profile is named `{name}`"), help)
    })
}

/// Paths of other branches, from the workspace's root; those outside of it do not count.
fn elsewhere(git: &Git, root: &Path) -> Vec<String> {
    let root = std::fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
    let top = std::fs::canonicalize(&git.root).unwrap_or_else(|_| git.root.clone());
    let below = root.strip_prefix(&top).map(crate::disk::printed).unwrap_or_default();
    let prefix = if below == "." { String::new() } else { format!("{below}/") };
    let all = git.documents_elsewhere().into_iter();
    all.filter_map(|path| path.strip_prefix(&prefix).map(str::to_owned)).collect()
}

/// A path from the root, whatever way either is written.
pub(in crate::cli) fn inside(root: &Path, path: &Path) -> String {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let real = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| absolute(path));
    let (root, path) = (real(root), real(path));
    let inside = path.strip_prefix(&root).unwrap_or(&path);
    inside.components().map(|it| it.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// A link to the document at `to` from the one at `from`.
pub(in crate::cli) fn link(from: &str, to: &str) -> String {
    let name = paths::file_name(to);
    let target = paths::link_encode(&paths::relative(from, to));
    format!("[{}]({target})", name.strip_suffix(".md").unwrap_or(name))
}
