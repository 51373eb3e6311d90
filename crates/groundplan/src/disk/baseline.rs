//! `.groundplan/baseline.toml`: findings that a team knows of, and that `check` leaves out until
//! somebody touches them or their time is over; `.groundplan/drift.toml`, the same for `drift`.

mod file;

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use groundplan_model::Diagnostic;

use super::path_within;
use super::read::read_if_there;
use super::state::{FOLDER, make};
use super::{printed, workspace_root, write};
use crate::date::days_between;
use crate::exit::Failure;
use crate::fingerprint::{Fingerprints, digits};
use crate::render::Sources;

/// A file of known findings inside `.groundplan/`.
#[derive(Debug)]
pub(crate) struct Ledger {
    file: &'static str,
    /// What the file is called in a message.
    noun: &'static str,
    /// The comment at the file's beginning.
    head: &'static str,
    /// How the file is written anew.
    anew: &'static str,
}

/// What `check` leaves out.
static FINDINGS: Ledger = Ledger {
    file: "baseline.toml",
    noun: "baseline",
    head: file::FINDINGS_HEAD,
    anew: "`groundplan init --baseline`",
};

/// What `drift` leaves out.
static DRIFT: Ledger = Ledger {
    file: "drift.toml",
    noun: "accepted drift",
    head: file::DRIFT_HEAD,
    anew: "`groundplan drift --accept`",
};

/// The known findings of one workspace.
#[derive(Clone, Debug)]
pub(crate) struct Baseline {
    root: PathBuf,
    ledger: &'static Ledger,
    /// The findings, in the order of the file.
    pub(crate) entries: Vec<Entry>,
}

/// A finding that is known, and how often it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Entry {
    /// The document, from the workspace's root.
    pub(crate) path: String,
    /// The rule.
    pub(crate) rule: String,
    /// What it says.
    pub(crate) message: String,
    /// Rule, section and marked words, as a number; nothing in files of the first version.
    pub(crate) fingerprint: Option<String>,
    /// How often it stands.
    pub(crate) count: usize,
    /// Why it is accepted.
    pub(crate) reason: Option<String>,
    /// Who accepted it.
    pub(crate) author: Option<String>,
    /// The day on which it was accepted, as `YYYY-MM-DD`.
    pub(crate) date: Option<String>,
    /// The last day on which it is accepted, as `YYYY-MM-DD`.
    pub(crate) until: Option<String>,
}

/// Findings after the baseline.
#[derive(Debug, Default)]
pub(crate) struct Split {
    /// What is to be shown: new findings, and those whose time is over.
    pub(crate) findings: Vec<Diagnostic>,
    /// Where among them those stand whose time is over.
    pub(crate) expired: Vec<usize>,
    /// What is left out.
    pub(crate) known: Known,
}

/// What the baseline leaves out.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// How many findings are left out.
    pub(crate) count: usize,
    /// In how many days the next of them shows again, and how many then do.
    pub(crate) next: Option<(i32, usize)>,
    /// For each entry, how many of its findings are not there any more.
    pub(crate) vanished: Vec<usize>,
}

/// Entries that expire later than this are not mentioned.
const SOON_DAYS: i32 = 14;

impl Baseline {
    /// The baseline of the workspace that `folder` lies in; an empty one where there is no file.
    pub(crate) fn of(folder: &Path) -> Result<Self, Failure> {
        Self::of_ledger(folder, &FINDINGS)
    }

    /// The accepted drift of the workspace that `folder` lies in.
    pub(crate) fn of_drift(folder: &Path) -> Result<Self, Failure> {
        Self::of_ledger(folder, &DRIFT)
    }

    fn of_ledger(folder: &Path, ledger: &'static Ledger) -> Result<Self, Failure> {
        let root = workspace_root(folder);
        let path = root.join(FOLDER).join(ledger.file);
        let text = read_if_there(&path, ledger.noun, "make it readable")?.unwrap_or_default();
        let entries = file::parse(&text).map_err(|reason| {
            let message = format!("`{}` cannot be read: {reason}", printed(&path));
            Failure::new(message, format!("correct it, or write it anew: {}", ledger.anew))
        })?;
        Ok(Self { root, ledger, entries })
    }

    /// A baseline of exactly these findings, for the workspace at `root`.
    pub(crate) fn recorded(root: &Path, findings: &[Diagnostic], sources: &Sources<'_>) -> Self {
        let mut baseline = Self { root: root.to_owned(), ledger: &FINDINGS, entries: Vec::new() };
        baseline.add(findings, sources, &Entry::default());
        baseline
    }

    /// Whether nothing was accepted.
    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Adds findings with the reason, author and date of `accepted`.
    pub(crate) fn add(&mut self, findings: &[Diagnostic], sources: &Sources<'_>, accepted: &Entry) {
        let mut fingerprints = Fingerprints::of(sources);
        let mut counts: BTreeMap<Entry, usize> = BTreeMap::new();
        for finding in findings {
            let entry = Entry {
                path: self.path_of(finding),
                rule: finding.rule.to_string(),
                message: finding.message.clone(),
                fingerprint: Some(digits(fingerprints.in_document(finding))),
                ..accepted.clone()
            };
            *counts.entry(entry).or_insert(0) += 1;
        }
        self.entries.extend(counts.into_iter().map(|(entry, count)| Entry { count, ..entry }));
        self.entries.sort();
    }

    /// The findings that are not known or not accepted any more on the day `today`.
    pub(crate) fn split(
        &self,
        findings: Vec<Diagnostic>,
        sources: &Sources<'_>,
        today: &str,
    ) -> Split {
        if self.entries.is_empty() {
            return Split { findings, ..Split::default() };
        }
        let mut open = Open::of(self, sources);
        let mut split = Split::default();
        for mut finding in findings {
            match open.take(&finding) {
                Some(entry) if entry.is_expired(today) => {
                    entry.remind(self.ledger, &mut finding);
                    split.expired.push(split.findings.len());
                    split.findings.push(finding);
                }
                Some(entry) => split.known.count_in(entry, today),
                None => split.findings.push(finding),
            }
        }
        split.known.vanished = open.left;
        split
    }

    /// Where the file lies, as it is printed.
    pub(crate) fn name(&self) -> String {
        printed(&self.root.join(FOLDER).join(self.ledger.file))
    }

    /// The path of a document that an entry names.
    pub(crate) fn document(&self, entry: &Entry) -> PathBuf {
        self.root.join(&entry.path)
    }

    /// How many findings are known.
    pub(crate) fn count(&self) -> usize {
        self.entries.iter().map(|it| it.count).sum()
    }

    /// How many findings were known at a Git revision; `None` where that cannot be told.
    pub(crate) fn count_at(&self, revision: &str) -> Option<usize> {
        let git = crate::git::Git::of(&self.root)?;
        git.run(&["rev-parse", "--verify", "--quiet", &format!("{revision}^{{commit}}")])?;
        let root = std::fs::canonicalize(&self.root).ok()?;
        let below = root.strip_prefix(std::fs::canonicalize(&git.root).ok()?).ok()?;
        let path = printed(&below.join(FOLDER).join(self.ledger.file));
        let text = git.run(&["show", &format!("{revision}:{path}")]).unwrap_or_default();
        Some(file::parse(&text).ok()?.iter().map(|it| it.count).sum())
    }

    /// Writes the file.
    pub(crate) fn save(&self) -> Result<(), Failure> {
        let folder = self.root.join(FOLDER);
        let text = file::to_text(self.ledger.head, &self.entries);
        let written = make(&folder).and_then(|()| write(&folder.join(self.ledger.file), &text));
        written.map_err(|error| {
            let doing = format!("cannot write the {} `{}`", self.ledger.noun, self.name());
            Failure::io(doing, &error, "make `.groundplan` writable")
        })
    }

    fn path_of(&self, finding: &Diagnostic) -> String {
        printed(&path_within(&self.root, Path::new(&*finding.path)))
    }
}

/// The entries whose findings were not all seen yet.
struct Open<'a> {
    baseline: &'a Baseline,
    /// Entries by document and rule.
    by_rule: HashMap<(&'a str, &'a str), Vec<usize>>,
    left: Vec<usize>,
    fingerprints: Fingerprints<'a>,
}

impl<'a> Open<'a> {
    fn of(baseline: &'a Baseline, sources: &'a Sources<'a>) -> Self {
        let mut by_rule: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
        for (at, entry) in baseline.entries.iter().enumerate() {
            by_rule.entry((&entry.path, &entry.rule)).or_default().push(at);
        }
        let left = baseline.entries.iter().map(|it| it.count).collect();
        Self { baseline, by_rule, left, fingerprints: Fingerprints::of(sources) }
    }

    /// Takes one finding out of what is left of its entry: of the one with its words and its
    /// fingerprint, or else with its words, or else with its fingerprint.
    fn take(&mut self, finding: &Diagnostic) -> Option<&'a Entry> {
        let path = self.baseline.path_of(finding);
        let of_rule = self.by_rule.get(&(path.as_str(), &*finding.rule))?;
        let fingerprint = digits(self.fingerprints.in_document(finding));
        let says = |entry: &Entry| entry.message == finding.message;
        let is_it = |entry: &Entry| entry.fingerprint.as_deref() == Some(&*fingerprint);
        let first = |matches: &dyn Fn(&Entry) -> bool| {
            let mut open =
                of_rule.iter().filter(|at| self.left.get(**at).is_some_and(|it| *it > 0));
            open.find(|at| self.baseline.entries.get(**at).is_some_and(matches)).copied()
        };
        let at = first(&|it| says(it) && is_it(it))
            .or_else(|| first(&says))
            .or_else(|| first(&is_it))?;
        let left = self.left.get_mut(at)?;
        *left = left.saturating_sub(1);
        self.baseline.entries.get(at)
    }
}

impl Entry {
    /// Whether it is not accepted any more on the day `today`. Dates of this form sort as texts.
    pub(crate) fn is_expired(&self, today: &str) -> bool {
        self.until.as_deref().is_some_and(|until| until < today)
    }

    /// Says at the finding that it was known once.
    fn remind(&self, ledger: &Ledger, finding: &mut Diagnostic) {
        let until = self.until.as_deref().unwrap_or("");
        let note = format!("`{}` accepted this until {until}", ledger.file);
        let help = finding.help.take();
        finding.help = Some(help.map_or_else(|| note.clone(), |help| format!("{help}; {note}")));
    }
}

impl Known {
    fn count_in(&mut self, entry: &Entry, today: &str) {
        self.count += 1;
        let days = entry.until.as_deref().and_then(|until| days_between(today, until));
        let Some(days) = days.filter(|days| *days <= SOON_DAYS) else { return };
        self.next = Some(match self.next {
            Some((next, count)) if next < days => (next, count),
            Some((next, count)) if next == days => (next, count + 1),
            _ => (days, 1),
        });
    }

    /// "3 findings of the baseline are left out (1 expires in 5 days)."
    pub(crate) fn sentence(&self) -> String {
        self.sentence_of(&FINDINGS)
    }

    /// "3 findings of the accepted drift are left out."
    pub(crate) fn drift_sentence(&self) -> String {
        self.sentence_of(&DRIFT)
    }

    fn sentence_of(&self, ledger: &Ledger) -> String {
        let left_out = match self.count {
            0 => return String::new(),
            1 => format!("1 finding of the {} is left out", ledger.noun),
            many => format!("{many} findings of the {} are left out", ledger.noun),
        };
        let Some((days, count)) = self.next else { return format!("{left_out}.\n") };
        let verb = if count == 1 { "expires" } else { "expire" };
        let when = match days {
            0 => "after today".to_owned(),
            1 => "in 1 day".to_owned(),
            many => format!("in {many} days"),
        };
        format!("{left_out} ({count} {verb} {when}).\n")
    }
}
