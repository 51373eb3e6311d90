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
    /// Whether rules that are still on trial are run too.
    pub preview: bool,
}

impl Selection {
    /// Whether `rule` is run. One that is on trial is run where it is named itself.
    pub fn includes(&self, rule: &Rule) -> bool {
        let is_named = |names: &[String]| names.iter().any(|it| it == rule.name);
        let is_meant = |names: &[String]| names.iter().any(|it| it == rule.group);
        let is_on = !rule.preview || self.preview;
        let is_selected = match self.select.is_empty() {
            true => is_on,
            false => is_named(&self.select) || (is_on && is_meant(&self.select)),
        };
        is_selected && !is_named(&self.ignore) && !is_meant(&self.ignore)
    }

    /// Names that are neither a rule nor a group.
    pub fn unknown(&self) -> Vec<&str> {
        let is_known = |name: &str| ALL.iter().any(|it| it.name == name || it.group == name);
        let names = self.select.iter().chain(&self.ignore).map(String::as_str);
        names.filter(|name| !is_known(name)).collect()
    }
}
