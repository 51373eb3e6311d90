//! Requirement policies: where requirements of one sort must be covered, and which are let off.
//!
//! Only what a team settled; who judges it by the documents, the code and the tests is elsewhere.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::profile::Pattern;

/// Where something may be covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// In a technical design.
    Design,
    /// In an implementation document.
    Implementation,
    /// By a task.
    Task,
    /// In the code.
    Code,
    /// By a test.
    Test,
}

impl Level {
    /// Every level, from the requirement downwards.
    pub const ALL: [Self; 5] =
        [Self::Design, Self::Implementation, Self::Task, Self::Code, Self::Test];

    /// The level's name in settings and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Design => "design",
            Self::Implementation => "implementation",
            Self::Task => "task",
            Self::Code => "code",
            Self::Test => "test",
        }
    }

    /// The level of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == name)
    }
}

/// One policy.
#[derive(Clone, Debug)]
pub struct Policy {
    /// What it is about: `requirement`, `criterion`, …
    pub kind: String,
    /// The ids that it is about.
    pub ids: Pattern,
    /// Where each must be covered: all of these, each by at least one of its levels.
    pub requires: Vec<Vec<Level>>,
    /// Ids that need not be covered, with the reasons.
    pub waived: BTreeMap<String, String>,
    /// The last day on which the waivers count, as `2027-01-31`.
    pub until: Option<String>,
}

impl Policy {
    /// Whether it says something about this id.
    pub fn concerns(&self, id: &str) -> bool {
        self.ids.matches(id)
    }

    /// Why an id need not be covered on this day (`2026-01-31`); `None` where it must.
    pub fn waiver(&self, id: &str, today: &str) -> Option<&str> {
        // Days that are written alike compare as texts do.
        let is_over = self.until.as_deref().is_some_and(|until| until < today);
        if is_over { None } else { self.waived.get(id).map(String::as_str) }
    }

    /// What is lacking for something that is covered at `levels`: of each inner list one is enough.
    pub fn lacking(&self, levels: &[Level]) -> Vec<&[Level]> {
        let is_met = |any: &&Vec<Level>| any.iter().any(|it| levels.contains(it));
        self.requires.iter().filter(|any| !is_met(any)).map(Vec::as_slice).collect()
    }
}
