//! Which rules are run.

use crate::Rule;
use crate::rules::ALL;

/// Names of rules or groups; what is ignored wins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// What is run; empty for every rule.
    pub select: Vec<String>,
    /// What is not run.
    pub ignore: Vec<String>,
}

impl Selection {
    /// Whether `rule` is run.
    pub fn includes(&self, rule: &Rule) -> bool {
        let named = |names: &[String]| names.iter().any(|it| *it == rule.name || *it == rule.group);
        (self.select.is_empty() || named(&self.select)) && !named(&self.ignore)
    }

    /// Names that are neither a rule nor a group.
    pub fn unknown(&self) -> Vec<&str> {
        let is_known = |name: &str| ALL.iter().any(|it| it.name == name || it.group == name);
        let names = self.select.iter().chain(&self.ignore).map(String::as_str);
        names.filter(|name| !is_known(name)).collect()
    }
}
