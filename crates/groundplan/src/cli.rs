//! The commands: one file each, and one line in [`ALL`].

mod approve;
mod baseline;
mod check;
mod config;
mod coverage;
mod diff;
mod drift;
mod explain;
mod fmt;
mod impact;
mod init;
mod inspect;
mod kinds;
mod log;
mod new;
mod plan;
pub(crate) mod reference;
mod rules;
mod run;
mod status;
mod tasks;
mod token;
mod trace;
mod up;
mod upgrade;
mod verify;

use std::ffi::OsString;
use std::io::ErrorKind;

use clap::{ArgMatches, CommandFactory, FromArgMatches};

pub(crate) use plan::plan_json;

use crate::exit::{EXIT_CODES, Exit, Failure, Outcome};
use crate::ui::Ui;

/// Every command, in the order of `--help`.
static ALL: &[Command] = &[
    Command::of::<up::Up>(),
    Command::of::<init::Init>(),
    Command::of::<new::New>(),
    Command::of::<upgrade::Upgrade>(),
    Command::of::<check::Check>(),
    Command::of::<fmt::Fmt>(),
    Command::of::<config::Config>(),
    Command::of::<baseline::BaselineCommand>(),
    Command::of::<drift::DriftCommand>(),
    Command::of::<explain::Explain>(),
    Command::of::<rules::Rules>(),
    Command::of::<inspect::Inspect>(),
    Command::of::<kinds::Kinds>(),
    Command::of::<status::Status>(),
    Command::of::<trace::TraceCommand>(),
    Command::of::<coverage::CoverageCommand>(),
    Command::of::<approve::Approve>(),
    Command::of::<log::Log>(),
    Command::of::<diff::Diff>(),
    Command::of::<impact::Impacts>(),
    Command::of::<plan::Plan>(),
    Command::of::<run::RunService>(),
    Command::of::<verify::Verify>(),
    Command::of::<tasks::Tasks>(),
    Command::of::<token::Token>(),
    Command::of::<reference::Reference>(),
];

/// A command: its arguments, and what it does with them.
pub(crate) struct Command {
    define: fn() -> clap::Command,
    run: fn(&ArgMatches, &mut Ui) -> Result<Outcome, clap::Error>,
}

/// The arguments of one command.
pub(crate) trait Run: CommandFactory + FromArgMatches {
    /// Examples for `--help`: what follows the program's name, and what it does.
    const EXAMPLES: &[(&str, &str)];

    /// Does it.
    fn run(self, ui: &mut Ui) -> Outcome;
}

impl Command {
    const fn of<A: Run>() -> Self {
        Self { define: define::<A>, run: run_command::<A> }
    }
}

fn define<A: Run>() -> clap::Command {
    A::command().after_long_help(format!("Examples:\n{}\n{EXIT_CODES}", examples(A::EXAMPLES)))
}

fn examples(examples: &[(&str, &str)]) -> String {
    let width = examples.iter().map(|it| it.0.len()).max().unwrap_or(0);
    let line =
        |(command, does): &(&str, &str)| format!("  groundplan {command:<width$}  # {does}\n");
    examples.iter().map(line).collect()
}

fn run_command<A: Run>(matches: &ArgMatches, ui: &mut Ui) -> Result<Outcome, clap::Error> {
    Ok(A::from_arg_matches(matches)?.run(ui))
}

/// A compiler for technical design documents.
///
/// Reads the Markdown that a team already writes, reports what contradicts itself, and runs,
/// verifies and documents the service that it describes.
#[derive(clap::Parser)]
#[command(name = "groundplan", version, subcommand_required = true, max_term_width = 100)]
#[command(arg_required_else_help = true, after_help = EXIT_CODES)]
struct Groundplan {
    /// When to colour; NO_COLOR and CLICOLOR_FORCE are honoured too
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: clap::ColorChoice,
}

/// The whole command line.
pub(crate) fn command() -> clap::Command {
    Groundplan::command().subcommands(ALL.iter().map(|command| (command.define)()))
}

/// Parses `args`, runs the command and says why where it could not.
pub(crate) fn run(args: impl IntoIterator<Item = OsString>, ui: &mut Ui) -> Exit {
    match dispatch(args, ui).and_then(|exit| ui.flush().map(|()| exit)) {
        Ok(exit) => exit,
        Err(Failure::Output(error)) if error.kind() == ErrorKind::BrokenPipe => Exit::Clean,
        Err(Failure::Output(error)) => {
            let reason = crate::exit::plain_reason(&error);
            ui.fail(&format!("cannot write the output: {reason}"), None);
            Exit::Failed
        }
        Err(Failure::Message { message, help }) => {
            ui.fail(&message, help.as_deref());
            Exit::Failed
        }
    }
}

fn dispatch(args: impl IntoIterator<Item = OsString>, ui: &mut Ui) -> Outcome {
    match parse_and_run(args, ui) {
        Ok(outcome) => outcome,
        Err(error) => {
            ui.clap(&error)?;
            Ok(if error.use_stderr() { Exit::Failed } else { Exit::Clean })
        }
    }
}

fn parse_and_run(
    args: impl IntoIterator<Item = OsString>,
    ui: &mut Ui,
) -> Result<Outcome, clap::Error> {
    let matches = command().try_get_matches_from(args)?;
    ui.set_color(color_of(&Groundplan::from_arg_matches(&matches)?));
    let Some((name, matches)) = matches.subcommand() else { return Ok(Ok(Exit::Clean)) };
    let is_it = |it: &&Command| (it.define)().get_name() == name;
    match ALL.iter().find(is_it) {
        Some(command) => (command.run)(matches, ui),
        None => Ok(Ok(Exit::Clean)),
    }
}

fn color_of(groundplan: &Groundplan) -> anstream::ColorChoice {
    match groundplan.color {
        clap::ColorChoice::Auto => anstream::ColorChoice::Auto,
        clap::ColorChoice::Always => anstream::ColorChoice::Always,
        clap::ColorChoice::Never => anstream::ColorChoice::Never,
    }
}
