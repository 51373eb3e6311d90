//! `cargo xtask bench`: builds Groundplan and its benches for release, and measures. Options are
//! those of the benches: `cargo xtask bench --help` lists them.

use std::process::ExitCode;

use crate::program::{cargo, run as run_program};

pub(crate) fn run(args: &[String]) -> ExitCode {
    match build().and_then(|()| measure(args)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("error: {reason}");
            ExitCode::FAILURE
        }
    }
}

/// The benches start the `groundplan` that lies beside them.
fn build() -> Result<(), String> {
    let packages = ["--package", "groundplan", "--package", "groundplan-benches"];
    run_program(cargo().args(["build", "--release"]).args(packages))
}

fn measure(args: &[String]) -> Result<(), String> {
    let program = ["run", "--release", "--quiet", "--package", "groundplan-benches", "--"];
    run_program(cargo().args(program).args(args))
}
