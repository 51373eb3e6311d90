//! `env-var-renamed`: one variable of the environment, with a word more in another document.

use groundplan_model::document::Text;
use groundplan_model::{Certainty, Outline, Severity};

use super::{Check, FixKind, Rule};
use crate::{Findings, LinkedContext, mates};

pub(super) static RULE: Rule = Rule {
    name: "env-var-renamed",
    group: "configuration",
    summary: "two documents of one chain name an environment variable almost alike",
    page: include_str!("env_var_renamed.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Linked(check),
};

fn check(context: &LinkedContext<'_>, findings: &mut Findings<'_>) {
    let outline = context.outline;
    if outline.env_vars.is_empty() || outline.is_template {
        return;
    }
    let ahead = mates::main(context).filter(|it| mates::place(it) < mates::place(outline));
    let ahead: Vec<&Outline> = ahead.filter(|it| !it.env_vars.is_empty()).collect();
    for own in &outline.env_vars {
        let found = ahead.iter().find_map(|it| Some((*it, nearly(it, outline, &own.text)?)));
        let Some((other, there)) = found.filter(|(other, _)| !is_named(other, &own.text)) else {
            continue;
        };
        let name = mates::name(other, outline);
        findings
            .report_as(
                Certainty::Inferred,
                own.span,
                format!("the variable `{}` is `{}` in `{name}`", own.text, there.text),
            )
            .related_in(&other.path, there.span, "the other name")
            .help("use one name, or name both in both documents where they are two");
    }
}

fn is_named(outline: &Outline, name: &str) -> bool {
    outline.env_vars.iter().any(|it| it.text == name)
}

/// The variable of `other` that differs from `name` by words in its middle, and that `outline` does
/// not name itself.
fn nearly<'a>(other: &'a Outline, outline: &Outline, name: &str) -> Option<&'a Text> {
    let is_meant = |it: &&Text| is_longer(&it.text, name) || is_longer(name, &it.text);
    other.env_vars.iter().filter(is_meant).find(|it| !is_named(outline, &it.text))
}

/// Whether `long` has all words of `short` in their order, and more between the first and the last.
fn is_longer(long: &str, short: &str) -> bool {
    let words: Vec<&str> = short.split('_').collect();
    let mut rest = long.split('_');
    let has_all = words.iter().all(|word| rest.any(|it| it == *word));
    let ends = |text: &str| {
        (text.split('_').next() == words.first().copied())
            && text.split('_').next_back() == words.last().copied()
    };
    words.len() > 2 && long.len() > short.len() && has_all && ends(long)
}
