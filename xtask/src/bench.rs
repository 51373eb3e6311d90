//! `cargo xtask bench`: the benches in release mode.

use std::process::ExitCode;

use crate::program::{cargo, run as run_program};

pub(crate) fn run(args: &[String]) -> ExitCode {
    let mut command = cargo();
    command.args(["run", "--release", "--quiet", "--package", "groundplan-benches", "--"]);
    match run_program(command.args(args)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("error: {reason}");
            ExitCode::FAILURE
        }
    }
}
