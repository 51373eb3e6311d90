//! `groundplan explain`: the page of a rule.

use groundplan_analysis::drift::names::{self as drift, named_as};
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
        ("explain drift/method-differs", "a finding of `groundplan drift`"),
    ];

    fn run(self, ui: &mut Ui) -> Outcome {
        let Some(name) = self.rule else {
            return Err(Failure::new(
                format!("no rule is named\n\n{}", names()),
                "name one of them, as in `groundplan explain broken-link`",
            ));
        };
        let text = match (rule(name.trim()), named_as(name.trim())) {
            (Some(rule), _) => page(rule.page, ui.styled()),
            (None, Some(found)) => page(&found.page(), ui.styled()),
            (None, None) => return Err(unknown_rule(&name)),
        };
        ui.print(&text)?;
        Ok(Exit::Clean)
    }
}

/// The failure of a name that is neither a rule nor a group.
pub(super) fn unknown_rule(name: &str) -> Failure {
    let names = ALL.iter().flat_map(|rule| [rule.name, rule.group]);
    let names = names.chain(drift::ALL.iter().map(|it| it.name));
    let help = match closest(name, names) {
        Some(close) => format!("did you mean `{close}`? `groundplan rules` lists all"),
        None => "`groundplan rules` lists all".to_owned(),
    };
    Failure::new(format!("there is no rule or group `{name}`"), help)
}

fn names() -> String {
    let names = ALL.iter().map(|it: &&Rule| it.name).chain(drift::ALL.iter().map(|it| it.name));
    names.map(|it| format!("  {it}")).collect::<Vec<_>>().join("\n")
}
