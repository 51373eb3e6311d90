//! How much of what is wanted is answered, and which policies are not kept.
//!
//! *Shallow* and *deep* are meant as OpenFastTrace means them: something below covers it, and the
//! way goes down to the end. *Stale* is Tracey's: the code knows another revision.

use std::collections::HashMap;

use groundplan_model::code::Outcome;
use groundplan_model::policy::{Level, Policy};

use super::{Cell, EdgeKind, ItemKind, Row, Trace};

/// What a policy may be about. `requirement` is everything that a document asks for.
pub const KINDS: [&str; 6] = ["requirement", "story", "criterion", "endpoint", "table", "task"];

/// How deep criteria may be nested in requirements.
const DEPTH: usize = 8;

/// What results of tests say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// No test covers it.
    None,
    /// No results hold any of its tests, or they were skipped.
    NotRun,
    /// Its tests passed.
    Passed,
    /// One of its tests failed.
    Failed,
}

impl Evidence {
    /// The evidence in a word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::NotRun => "not run",
            Self::Passed => "passed",
            Self::Failed => "failed",
        }
    }
}

/// How something that is wanted stands.
#[derive(Clone, Debug)]
pub struct Covered {
    /// The index of the item.
    pub item: usize,
    /// What answers it.
    pub row: Row,
    /// The levels at which it is covered: itself, all of its parts, or in documents what it is a
    /// part of.
    pub levels: Vec<Level>,
    /// Whether something answers it that no longer holds.
    pub is_stale: bool,
    /// What results of tests say.
    pub evidence: Evidence,
    /// Why it need not be covered.
    pub waived: Option<String>,
}

impl Covered {
    /// Whether anything below covers it.
    pub fn is_shallow(&self) -> bool {
        !self.levels.is_empty()
    }

    /// Whether it is covered down to code and a test.
    pub fn is_deep(&self) -> bool {
        [Level::Code, Level::Test].iter().all(|it| self.levels.contains(it))
    }
}

/// How many stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All of them.
    pub all: usize,
    /// Those that need not be covered.
    pub waived: usize,
    /// Those that something covers. This and what follows leaves out what is waived.
    pub shallow: usize,
    /// Those that are covered down to code and a test.
    pub deep: usize,
    /// Those that something answers that no longer holds.
    pub stale: usize,
    /// Those whose tests passed.
    pub passed: usize,
    /// Those with a test that failed.
    pub failed: usize,
    /// Those that are covered at each level of [`Level::ALL`].
    pub levels: [usize; 5],
}

impl Counts {
    /// How many have to be covered.
    pub fn due(&self) -> usize {
        self.all - self.waived
    }

    /// What percentage of those that are due `count` is, rounded down: 100 means all.
    pub fn percent(&self, count: usize) -> usize {
        (count * 100).checked_div(self.due()).unwrap_or(100)
    }

    fn add(&mut self, covered: &Covered) {
        self.all += 1;
        if covered.waived.is_some() {
            self.waived += 1;
            return;
        }
        self.shallow += usize::from(covered.is_shallow());
        self.deep += usize::from(covered.is_deep());
        self.stale += usize::from(covered.is_stale);
        self.passed += usize::from(covered.evidence == Evidence::Passed);
        self.failed += usize::from(covered.evidence == Evidence::Failed);
        for (count, level) in self.levels.iter_mut().zip(Level::ALL) {
            *count += usize::from(covered.levels.contains(&level));
        }
    }
}

/// Something that does not keep a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmet {
    /// The index of the item.
    pub item: usize,
    /// What is lacking; of each inner list one would be enough.
    pub lacking: Vec<Vec<Level>>,
    /// The day since which it is no longer waived.
    pub waived_until: Option<String>,
}

/// How everything stands.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    /// What is wanted, by chain and place.
    pub covered: Vec<Covered>,
    /// The chains that want something, by their indices; `None` is what belongs to no chain.
    pub chains: Vec<(Option<usize>, Counts)>,
    /// All together.
    pub whole: Counts,
    /// What does not keep a policy.
    pub unmet: Vec<Unmet>,
}

impl Coverage {
    /// How a graph stands on a day (`2026-01-31`).
    pub fn of(trace: &Trace, policies: &[Policy], today: &str) -> Self {
        let mut wanted: Vec<usize> = trace.wanted().collect();
        let place = |it: &usize| {
            let item = trace.items.get(*it);
            (item.map(|it| it.chain.unwrap_or(usize::MAX)), item.map(|it| it.at.clone()))
        };
        wanted.sort_by_cached_key(place);
        let standing = Standing::of(trace, &wanted);
        let mut found = Self::default();
        for item in wanted {
            let mut covered = standing.covered(trace, item);
            covered.waived = waiver(trace, item, policies, today);
            found.count(trace, &covered);
            found.covered.push(covered);
        }
        found.unmet = unmet(trace, &found.covered, policies, today);
        found
    }

    fn count(&mut self, trace: &Trace, covered: &Covered) {
        self.whole.add(covered);
        let chain = trace.items.get(covered.item).and_then(|it| it.chain);
        match self.chains.iter_mut().find(|it| it.0 == chain) {
            Some((_, counts)) => counts.add(covered),
            None => {
                let mut counts = Counts::default();
                counts.add(covered);
                self.chains.push((chain, counts));
            }
        }
    }
}

/// Rows, and which item is a part of which.
struct Standing {
    rows: HashMap<usize, Row>,
    parts: HashMap<usize, Vec<usize>>,
    wholes: HashMap<usize, usize>,
}

impl Standing {
    fn of(trace: &Trace, wanted: &[usize]) -> Self {
        let rows = wanted.iter().map(|it| (*it, trace.row(*it))).collect();
        let mut parts: HashMap<usize, Vec<usize>> = HashMap::new();
        let mut wholes = HashMap::new();
        for edge in trace.edges.iter().filter(|it| it.kind == EdgeKind::PartOf) {
            parts.entry(edge.to).or_default().push(edge.from);
            wholes.insert(edge.from, edge.to);
        }
        Self { rows, parts, wholes }
    }

    fn covered(&self, trace: &Trace, item: usize) -> Covered {
        let row = self.rows.get(&item).cloned().unwrap_or(Row { item, cells: Vec::new() });
        let is_covered = |level: &Level| {
            self.is_covered(item, *level, DEPTH) || self.is_covered_above(item, *level)
        };
        let levels = Level::ALL.into_iter().filter(is_covered).collect();
        let is_stale = |it: &Cell| it.stale.is_some() && it.certainty > super::Certainty::Guessed;
        let is_stale = row.cells.iter().any(is_stale);
        let evidence = self.evidence(trace, item, DEPTH);
        Covered { item, row, levels, is_stale, evidence, waived: None }
    }

    /// Whether it is covered itself, or all of its parts are.
    fn is_covered(&self, item: usize, level: Level, depth: usize) -> bool {
        if self.rows.get(&item).is_some_and(|it| it.is_covered_at(level)) {
            return true;
        }
        let parts = self.parts.get(&item).filter(|_| depth > 0);
        parts.is_some_and(|all| all.iter().all(|it| self.is_covered(*it, level, depth - 1)))
    }

    /// Whether what it is a part of is covered. Documents that name a requirement mean all of its
    /// criteria; code and tests do not.
    fn is_covered_above(&self, item: usize, level: Level) -> bool {
        let wholes = std::iter::successors(self.wholes.get(&item), |it| self.wholes.get(*it));
        let mut rows = wholes.take(DEPTH).filter_map(|it| self.rows.get(it));
        level <= Level::Task && rows.any(|it| it.is_covered_at(level))
    }

    /// What the tests of an item and of its parts say.
    fn evidence(&self, trace: &Trace, item: usize, depth: usize) -> Evidence {
        let tests = self.rows.get(&item).into_iter().flat_map(|it| it.at(Level::Test));
        let own = tests.filter(|it| it.covers()).map(|it| {
            match trace.items.get(it.item).and_then(|it| it.outcome) {
                Some(Outcome::Passed) => Evidence::Passed,
                Some(Outcome::Failed) => Evidence::Failed,
                Some(Outcome::Skipped) | None => Evidence::NotRun,
            }
        });
        let parts = self.parts.get(&item).filter(|_| depth > 0).into_iter().flatten();
        let parts = parts.map(|it| self.evidence(trace, *it, depth - 1));
        own.chain(parts).max().unwrap_or(Evidence::None)
    }
}

/// Whether a policy is about an item.
fn concerns(policy: &Policy, trace: &Trace, item: usize) -> bool {
    let Some(item) = trace.items.get(item) else { return false };
    let is_kind = policy.kind == item.kind.as_str()
        || policy.kind == ItemKind::Requirement.as_str() && item.kind.is_wanted();
    is_kind && policy.concerns(&item.id)
}

fn waiver(trace: &Trace, item: usize, policies: &[Policy], today: &str) -> Option<String> {
    let id = &trace.items.get(item)?.id;
    let own = policies.iter().filter(|it| concerns(it, trace, item));
    own.filter_map(|it| it.waiver(id, today)).next().map(str::to_owned)
}

/// Everything that does not keep a policy, by policy.
fn unmet(trace: &Trace, covered: &[Covered], policies: &[Policy], today: &str) -> Vec<Unmet> {
    let mut found = Vec::new();
    for policy in policies {
        let wanted = covered.iter().map(|it| (it.item, it.levels.clone()));
        let others = trace.items.iter().enumerate().filter(|(_, it)| !it.kind.is_wanted());
        let others = others.map(|it| it.0).filter(|it| concerns(policy, trace, *it));
        let others = others.map(|it| (it, levels(&trace.row(it))));
        for (item, levels) in wanted.filter(|it| concerns(policy, trace, it.0)).chain(others) {
            let Some(id) = trace.items.get(item).map(|it| it.id.as_str()) else { continue };
            let lacking = policy.lacking(&levels);
            if lacking.is_empty() || policy.waiver(id, today).is_some() {
                continue;
            }
            let lacking = lacking.into_iter().map(<[Level]>::to_vec).collect();
            let was_waived = policy.waived.contains_key(id);
            let waived_until = policy.until.clone().filter(|_| was_waived);
            found.push(Unmet { item, lacking, waived_until });
        }
    }
    found
}

fn levels(row: &Row) -> Vec<Level> {
    Level::ALL.into_iter().filter(|it| row.is_covered_at(*it)).collect()
}
