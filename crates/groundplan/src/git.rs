//! What a repository knows, asked through the `git` program. A folder without Git, and a machine
//! without the program, have no [`Git`]; everything goes on without it.

mod history;
mod revisions;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub(crate) use revisions::Range;

/// How many branches are looked through, the newest first.
const MOST_BRANCHES: usize = 200;

/// The repository that a folder lies in.
pub(crate) struct Git {
    /// The top folder of its working tree, absolute.
    pub(crate) root: PathBuf,
}

impl Git {
    /// The repository around `folder`; `None` where there is none.
    pub(crate) fn of(folder: &Path) -> Option<Self> {
        let root = output(folder, &["rev-parse", "--show-toplevel"])?;
        Some(Self { root: PathBuf::from(root.trim_end_matches(['\n', '\r'])) })
    }

    /// What `git ARGUMENTS` prints, run at the root; `None` where it fails.
    pub(crate) fn run(&self, arguments: &[&str]) -> Option<String> {
        output(&self.root, arguments)
    }

    /// The name under which commits are made.
    pub(crate) fn author(&self) -> Option<String> {
        let name = self.run(&["config", "user.name"])?;
        Some(name.trim().to_owned()).filter(|name| !name.is_empty())
    }

    /// Paths of Markdown files, from the root, on every branch, where the current one left the main
    /// one, and in the other working trees, whether committed or not.
    pub(crate) fn documents_elsewhere(&self) -> Vec<String> {
        let mut found = BTreeSet::new();
        for reference in self.branches() {
            let listing = self.run(&["ls-tree", "-r", "-z", "--name-only", &reference]);
            found.extend(markdown(&listing.unwrap_or_default()));
        }
        for tree in self.other_trees() {
            let arguments = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
            found.extend(markdown(&output(&tree, &arguments).unwrap_or_default()));
        }
        found.into_iter().collect()
    }

    /// Commits to look at, each once: tips of branches, local and remote, and the merge base with
    /// the main branch.
    fn branches(&self) -> Vec<String> {
        let count = format!("--count={MOST_BRANCHES}");
        let form = "--format=%(objectname)";
        let arguments =
            ["for-each-ref", "--sort=-committerdate", &count, form, "refs/heads", "refs/remotes"];
        let tips = self.run(&arguments).unwrap_or_default();
        let mut all: Vec<String> = tips.lines().map(str::to_owned).collect();
        let main = ["origin/HEAD", "main", "master"];
        let base = main.iter().find_map(|main| self.run(&["merge-base", "HEAD", main]));
        all.extend(base.map(|it| it.trim().to_owned()));
        let mut seen = BTreeSet::new();
        all.retain(|commit| seen.insert(commit.clone()));
        all
    }

    fn other_trees(&self) -> Vec<PathBuf> {
        let listing = self.run(&["worktree", "list", "--porcelain"]).unwrap_or_default();
        let trees = listing.lines().filter_map(|line| line.strip_prefix("worktree "));
        trees.map(PathBuf::from).filter(|tree| *tree != self.root && tree.is_dir()).collect()
    }
}

/// Markdown files of a list that is separated by NUL.
fn markdown(listing: &str) -> Vec<String> {
    let paths = listing.split('\0').filter(|path| path.ends_with(".md"));
    paths.map(str::to_owned).collect()
}

fn output(folder: &Path, arguments: &[&str]) -> Option<String> {
    let mut command = Command::new("git");
    command.arg("--no-optional-locks").args(["-c", "core.quotepath=off"]).args(arguments);
    command.current_dir(folder).env("LC_ALL", "C").stdin(Stdio::null()).stderr(Stdio::null());
    let output = command.output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    output.status.success().then_some(text)
}
