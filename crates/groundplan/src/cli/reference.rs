//! `docs/cli.md`, `docs/rules.md`, `docs/config.md` and the schemas, made from the program's own
//! tables.

use std::fmt::Write;

use clap::Arg;

use super::{Outcome, Run, Ui};
use crate::exit::{EXIT_CODES, Exit};
use crate::render::json::printed;

/// Print a generated page of the manual
#[derive(clap::Parser)]
#[command(name = "reference", hide = true)]
pub(crate) struct Reference {
    /// Which page
    page: Page,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Page {
    Cli,
    Rules,
    InspectSchema,
    Config,
    ConfigSchema,
    CheckSchema,
}

impl Run for Reference {
    const EXAMPLES: &[(&str, &str)] =
        &[("reference cli > docs/cli.md", "after a change of an option")];

    fn run(self, ui: &mut Ui) -> Outcome {
        ui.print(&match self.page {
            Page::Cli => cli_reference(),
            Page::Rules => rules_reference(),
            Page::InspectSchema => inspect_schema(),
            Page::Config => config_reference(),
            Page::ConfigSchema => config_schema(),
            Page::CheckSchema => check_schema(),
        })?;
        Ok(Exit::Clean)
    }
}

/// The text of `docs/rules.md`.
pub fn rules_reference() -> String {
    groundplan_analysis::manual()
}

/// The text of `docs/inspect.schema.json`.
pub fn inspect_schema() -> String {
    super::inspect::schema()
}

/// The text of `docs/config.md`.
pub fn config_reference() -> String {
    crate::config::manual()
}

/// The text of `docs/groundplan.schema.json`.
pub fn config_schema() -> String {
    printed(&crate::config::schema())
}

/// The text of `docs/check.schema.json`.
pub fn check_schema() -> String {
    printed(&crate::render::json::schema())
}

/// The text of `docs/cli.md`.
pub fn cli_reference() -> String {
    let mut command = super::command();
    command.build();
    let mut text = String::from("# Command line\n\nMade by `groundplan reference cli`.\n");
    let _ = write!(text, "\n{}\n\n", about(&command));
    for it in command.get_subcommands().filter(|it| is_shown(it)) {
        let _ =
            writeln!(text, "* [`groundplan {0}`](#groundplan-{0}): {1}", it.get_name(), brief(it));
    }
    let _ = write!(text, "\n## Everywhere\n\n");
    options(&mut text, &command, |arg| arg.get_id() == "color");
    let _ = write!(text, "\n```text\n{EXIT_CODES}\n```\n");
    for it in command.get_subcommands_mut().filter(|it| is_shown(it)) {
        section(&mut text, it);
    }
    text
}

fn is_shown(command: &clap::Command) -> bool {
    !command.is_hide_set() && command.get_name() != "help"
}

fn section(text: &mut String, command: &mut clap::Command) {
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").trim();
    let _ = write!(text, "\n## groundplan {}\n\n{}\n\n", command.get_name(), about(command));
    let _ = write!(text, "```text\n{usage}\n```\n\n");
    options(text, command, |arg| !arg.is_hide_set() && !arg.is_global_set());
    for it in command.get_subcommands().filter(|it| is_shown(it)) {
        let name = format!("{} {}", command.get_name(), it.get_name());
        let _ = write!(text, "\n### groundplan {name}\n\n{}\n\n", about(it));
        options(text, it, |arg| !arg.is_hide_set() && !arg.is_global_set());
    }
    if let Some(after) = command.get_after_long_help() {
        let after = after.to_string();
        let examples = after.split("\n\nExit codes").next().unwrap_or("");
        let examples = examples.trim_start_matches("Examples:\n");
        let _ = write!(text, "\n```console\n{}\n```\n", unindented(examples));
    }
}

fn about(command: &clap::Command) -> String {
    let about = command.get_long_about().or_else(|| command.get_about());
    about.map(ToString::to_string).unwrap_or_default()
}

fn brief(command: &clap::Command) -> String {
    command.get_about().map(ToString::to_string).unwrap_or_default()
}

fn options(text: &mut String, command: &clap::Command, is_wanted: impl Fn(&Arg) -> bool) {
    let is_own = |arg: &&Arg| !matches!(arg.get_id().as_str(), "help" | "version");
    for arg in command.get_arguments().filter(is_own).filter(|arg| is_wanted(arg)) {
        let help = arg.get_long_help().or_else(|| arg.get_help());
        let help = help.map(|it| it.to_string().replace("\n\n", " ")).unwrap_or_default();
        let _ = write!(text, "* `{}`: {}", usage_of(arg), help.trim_end_matches('.'));
        let _ = writeln!(text, "{}{}.", values_of(arg), default_of(arg));
    }
}

fn usage_of(arg: &Arg) -> String {
    let text = arg.to_string();
    match arg.get_short() {
        Some(short) if !arg.is_positional() => format!("-{short}, {text}"),
        _ => text,
    }
}

fn values_of(arg: &Arg) -> String {
    let values = arg.get_possible_values();
    if values.is_empty() || !arg.get_action().takes_values() {
        return String::new();
    }
    let names: Vec<String> = values.iter().map(|it| format!("`{}`", it.get_name())).collect();
    format!(" ({})", names.join(", "))
}

fn default_of(arg: &Arg) -> String {
    let values: Vec<String> =
        arg.get_default_values().iter().map(|it| it.to_string_lossy().into_owned()).collect();
    if values.is_empty() || !arg.get_action().takes_values() {
        return String::new();
    }
    format!(". Default: `{}`", values.join(" "))
}

fn unindented(text: &str) -> String {
    let lines: Vec<&str> =
        text.lines().map(|line| line.strip_prefix("  ").unwrap_or(line)).collect();
    lines.join("\n")
}
