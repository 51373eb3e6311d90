//! `groundplan explain`: the page of a rule.

use groundplan_analysis::{ALL, Rule, rule};

use super::{Outcome, Run, Ui};
use crate::exit::{Exit, Failure};
use crate::render::page;
use crate::suggest::closest;

/// Show what a rule finds, why, and what to do about it
///
/// The name stands in brackets behind `error` or `warning` in a finding.
#[derive(clap::Parser)]
#[command(name = "explain")]
pub(crate) struct Explain {
    /// The rule's name; `groundplan rules` lists them
    #[arg(value_name = "RULE")]
    rule: Option<String>,
}

impl Run for Explain {
    const EXAMPLES: &[(&str, &str)] = &[
        ("explain broken-link", "what it finds and why"),
        ("explain type-conflict-api-sql | less", "page by page"),
    ];

    fn run(self, ui: &mut Ui) -> Outcome {
        let Some(name) = self.rule else {
            return Err(Failure::new(
                format!("no rule is named\n\n{}", names()),
                "name one of them, as in `groundplan explain broken-link`",
            ));
        };
        let rule = rule(name.trim()).ok_or_else(|| unknown_rule(&name))?;
        ui.print(&page(rule.page, ui.styled()))?;
        Ok(Exit::Clean)
    }
}

/// The failure of a name that is neither a rule nor a group.
pub(super) fn unknown_rule(name: &str) -> Failure {
    let names = ALL.iter().flat_map(|rule| [rule.name, rule.group]);
    let help = match closest(name, names) {
        Some(close) => format!("did you mean `{close}`? `groundplan rules` lists all"),
        None => "`groundplan rules` lists all".to_owned(),
    };
    Failure::new(format!("there is no rule or group `{name}`"), help)
}

fn names() -> String {
    let names: Vec<String> = ALL.iter().map(|it: &&Rule| format!("  {}", it.name)).collect();
    names.join("\n")
}
