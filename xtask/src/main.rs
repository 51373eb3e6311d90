//! `cargo xtask`: what developers and CI run. Standard library only, so that it builds in a second.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for the terminal that starts other programs"
)]

mod accuracy;
mod bench;
mod derived;
mod judged;
mod program;
mod python;
mod servers;
mod test;

use std::process::ExitCode;

/// A subcommand: one entry of [`COMMANDS`].
struct Command {
    name: &'static str,
    summary: &'static str,
    run: fn(&[String]) -> ExitCode,
}

static COMMANDS: &[Command] = &[
    Command { name: "test", summary: "everything that CI checks", run: test::run },
    Command { name: "bench", summary: "the measured ratios", run: bench::run },
    Command { name: "accuracy", summary: "how well real documents are read", run: accuracy::run },
    Command {
        name: "judged",
        summary: "how true the findings on real documents are",
        run: judged::run,
    },
    Command {
        name: "derived",
        summary: "how many endpoints of real documents are derived",
        run: derived::run,
    },
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some((name, rest)) = args.split_first() else { return usage() };
    match COMMANDS.iter().find(|command| command.name == name) {
        Some(command) => (command.run)(rest),
        None => usage(),
    }
}

fn usage() -> ExitCode {
    eprintln!("usage: cargo xtask COMMAND\n");
    for command in COMMANDS {
        eprintln!("  {:<10}{}", command.name, command.summary);
    }
    ExitCode::from(2)
}
