//! Who asks? The command line: arguments, the disk, the terminal and exit codes.
//!
//! Nothing is decided here about documents: the crates below decide, this one reads files, calls
//! them and shows what they say. [`main_with`] is the whole program, [`capture`] the same with its
//! output kept for tests, and [`cli_reference`], [`rules_reference`], [`inspect_schema`] and
//! [`check_schema`] are generated pages, as are [`config_reference`] and [`config_schema`].

#![expect(
    clippy::disallowed_methods,
    reason = "the binary is where the disk, the clock and the environment are"
)]

mod cli;
mod config;
mod date;
mod diff;
mod disk;
mod exit;
mod findings;
mod fingerprint;
mod git;
mod in_order;
mod load;
mod progress;
mod render;
mod revisions;
mod serve;
mod service;
mod suggest;
mod ui;
mod units;
mod verdict;
mod weave;

use std::ffi::OsString;
use std::process::ExitCode;

use ui::Ui;

pub use cli::reference::{
    check_schema, cli_reference, config_reference, config_schema, inspect_schema, rules_reference,
};

/// Runs the program with `args`, the first of which is its own name.
pub fn main_with(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    ExitCode::from(cli::run(args, &mut Ui::terminal()).code())
}

/// What a run wrote, and its exit code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Captured {
    /// The exit code.
    pub code: u8,
    /// All of standard output.
    pub stdout: String,
    /// All of standard error.
    pub stderr: String,
}

/// As [`main_with`], in this process and without a terminal.
pub fn capture(args: impl IntoIterator<Item = impl Into<OsString>>) -> Captured {
    let mut ui = Ui::captured();
    let code = cli::run(args.into_iter().map(Into::into), &mut ui).code();
    let (stdout, stderr) = ui.into_captured();
    Captured { code, stdout, stderr }
}
