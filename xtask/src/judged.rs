//! `cargo xtask judged`: how true the findings on real documents are. Builds the program that is
//! asked; options are those of the benches.

use std::process::ExitCode;

use crate::program::{cargo, run as run_program};

pub(crate) fn run(args: &[String]) -> ExitCode {
    match build().and_then(|()| judge(args)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("error: {reason}");
            ExitCode::FAILURE
        }
    }
}

/// `groundplan` must lie beside the benches.
fn build() -> Result<(), String> {
    run_program(cargo().args(["build", "--quiet", "--package", "groundplan"]))
}

fn judge(args: &[String]) -> Result<(), String> {
    let mut command = cargo();
    command.args(["run", "--quiet", "--package", "groundplan-benches", "--", "judged"]);
    run_program(command.args(args))
}
