//! Which rules are run, and how much their findings matter to a team.

use std::sync::Arc;

use groundplan_model::{Diagnostic, Severity};

use crate::Rule;
use crate::custom::{GROUP, TeamRule};
use crate::rules::ALL;

/// Names of rules or groups; what is ignored wins.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// What is run; empty for every rule.
    pub select: Vec<String>,
    /// What is run besides.
    pub extend_select: Vec<String>,
    /// What is not run.
    pub ignore: Vec<String>,
    /// Whether rules that are still on trial are run too.
    pub preview: bool,
    /// How much findings of a rule or a group matter, whatever the rule says; `None` for off. A rule
    /// comes before its group, and of two entries the later one counts.
    pub severity: Vec<(String, Option<Severity>)>,
    /// Whether a comment that suppresses findings must say why.
    pub require_reasons: bool,
    /// The team's own rules.
    pub team: Vec<Arc<TeamRule>>,
}

/// The rule that runs where reasons are required.
const OF_REASONS: &str = "suppression-without-reason";

impl Selection {
    /// Whether `rule` is run. One that is off by itself is run where it is named.
    pub fn includes(&self, rule: &Rule) -> bool {
        let is_on = match rule.name {
            OF_REASONS => self.require_reasons,
            _ => !rule.preview || self.preview,
        };
        self.takes(rule.name, rule.group, is_on)
    }

    /// Whether a rule of the team's own is run.
    pub fn includes_team(&self, rule: &TeamRule) -> bool {
        self.takes(&rule.name, GROUP, true)
    }

    fn takes(&self, name: &str, group: &str, is_on: bool) -> bool {
        let is_named = |names: &[String]| names.iter().any(|it| it == name);
        let is_meant = |names: &[String]| names.iter().any(|it| it == group);
        let is_in = |names: &[String]| is_named(names) || (is_on && is_meant(names));
        let is_selected = match self.select.is_empty() {
            true => is_on,
            false => is_in(&self.select),
        };
        (is_selected || is_in(&self.extend_select))
            && !is_named(&self.ignore)
            && !is_meant(&self.ignore)
            && self.settled(name, group) != Some(None)
    }

    /// What was settled about a rule: nothing, that it is off, or how much it matters.
    fn settled(&self, name: &str, group: &str) -> Option<Option<Severity>> {
        let last = |wanted: &str| self.severity.iter().rev().find(|(it, _)| it == wanted);
        last(name).or_else(|| last(group)).map(|(_, severity)| *severity)
    }

    /// Gives findings of a rule the severity that was settled for it.
    pub(crate) fn weigh(&self, name: &str, group: &str, found: &mut [Diagnostic]) {
        let Some(Some(severity)) = self.settled(name, group) else { return };
        found.iter_mut().for_each(|it| it.severity = severity);
    }

    /// Names that are neither a rule nor a group.
    pub fn unknown(&self) -> Vec<&str> {
        let names = [&self.select, &self.extend_select, &self.ignore].into_iter().flatten();
        let names = names.map(String::as_str).chain(self.severity.iter().map(|it| &*it.0));
        names.filter(|name| !self.knows(name)).collect()
    }

    /// Whether a rule or a group has this name.
    fn knows(&self, name: &str) -> bool {
        ALL.iter().any(|it| it.name == name || it.group == name)
            || name == GROUP
            || self.team.iter().any(|it| it.name == name)
    }
}
