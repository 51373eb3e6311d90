//! What a repository knows of its files' past.

use std::collections::{HashMap, HashSet};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use super::Git;

/// Up to this many files are named to Git; for more it tells of all.
const MOST_NAMED: usize = 100;

/// Stands before the day of a commit.
const MARK: char = '\u{1}';

impl Git {
    /// The days of the last commits that changed these files, as `2026-01-31`, by their paths from
    /// the root. Reading ends as soon as every file was seen.
    pub(crate) fn last_commits(&self, files: &[String]) -> HashMap<String, String> {
        let mut wanted: HashSet<&str> = files.iter().map(String::as_str).collect();
        let mut found = HashMap::new();
        let mut command = Command::new("git");
        command.args(["--no-optional-locks", "--literal-pathspecs", "-c", "core.quotepath=off"]);
        command.args(["log", "--no-renames", "--name-only", "--format=%x01%cs", "--"]);
        if files.len() <= MOST_NAMED {
            command.args(files);
        }
        command.current_dir(&self.root).env("LC_ALL", "C");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let Ok(mut child) = command.spawn() else { return found };
        let mut day = String::new();
        if let Some(output) = child.stdout.take() {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                match line.strip_prefix(MARK) {
                    Some(date) => day = date.to_owned(),
                    None if wanted.remove(line.as_str()) => drop(found.insert(line, day.clone())),
                    None => {}
                }
                if wanted.is_empty() {
                    break;
                }
            }
        }
        let _ = child.kill();
        let _ = child.wait();
        found
    }
}

/// A commit that changed a file.
pub(crate) struct FileCommit {
    /// Its hash.
    pub(crate) hash: String,
    /// Its day: `2026-01-31`.
    pub(crate) date: String,
    /// Who wrote it.
    pub(crate) author: String,
    /// The file's path from the root, as it was then.
    pub(crate) path: String,
}

impl Git {
    /// The commits that changed the file at `path` from the root, the newest first; renamings are
    /// followed.
    pub(crate) fn commits_of(&self, path: &str) -> Vec<FileCommit> {
        let form = "--format=%x01%H%x00%cs%x00%aN";
        let arguments = ["--literal-pathspecs", "log", "--follow", "--name-only", form, "--", path];
        let text = self.run(&arguments).unwrap_or_default();
        let mut commits = Vec::new();
        for record in text.split(MARK) {
            let mut lines = record.lines().filter(|line| !line.is_empty());
            let head: Vec<&str> = lines.next().unwrap_or("").split('\0').collect();
            let ([hash, date, author], Some(path)) = (head.as_slice(), lines.next()) else {
                continue;
            };
            let [hash, date, author, path] = [*hash, *date, *author, path].map(str::to_owned);
            commits.push(FileCommit { hash, date, author, path });
        }
        commits
    }

    /// The text of a file as it was.
    pub(crate) fn text_at(&self, commit: &FileCommit) -> Option<String> {
        self.run(&["show", &format!("{}:{}", commit.hash, commit.path)])
    }
}
