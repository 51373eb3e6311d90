//! `cargo xtask derived`: how many endpoints of real documents are derived. Options are those of the
//! program.

use std::process::ExitCode;

use crate::program::{cargo, run as run_program};

pub(crate) fn run(args: &[String]) -> ExitCode {
    let mut command = cargo();
    command.args(["run", "--quiet", "--package", "groundplan-benches", "--", "derived"]);
    match run_program(command.args(args)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("error: {reason}");
            ExitCode::FAILURE
        }
    }
}
