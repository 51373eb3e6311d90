//! `cargo xtask bench`: builds Groundplan and its benches for release, and measures. Options are
//! those of the benches: `cargo xtask bench --help` lists them.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::program::{cargo, in_root, run as run_program};
use crate::{python, servers};

pub(crate) fn run(args: &[String]) -> ExitCode {
    match build().and_then(|()| measure(args)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("error: {reason}");
            ExitCode::FAILURE
        }
    }
}

/// Both in one build: the benches start the `groundplan` that lies beside them.
fn build() -> Result<(), String> {
    let packages = ["--package", "groundplan", "--package", "groundplan-benches"];
    run_program(cargo().args(["build", "--release"]).args(packages))
}

// Not `cargo run`: for one package alone it would choose other features, and build all of it again.
fn measure(args: &[String]) -> Result<(), String> {
    let _servers = servers::StopAtEnd;
    let mut benches = in_root(release()?.join("groundplan-benches"));
    if compares_services(args) {
        benches.envs(servers::environment());
        match python::environment(python::STACK) {
            Ok(bin) => drop(benches.env("GROUNDPLAN_BENCH_PYTHON", bin.join("python"))),
            Err(reason) => println!("!!! SKIPPED, the stack that designs name: {reason}"),
        }
    }
    run_program(benches.args(args))
}

/// Whether a bench will ask for servers.
fn compares_services(args: &[String]) -> bool {
    let only = args.iter().skip_while(|it| *it != "--only").nth(1);
    only.is_none_or(|only| only == "service")
}

/// The folder of release builds, beside the one that this program lies in.
fn release() -> Result<PathBuf, String> {
    let own = std::env::current_exe().map_err(|error| format!("where am I? {error}"))?;
    let target = own.parent().and_then(|folder| folder.parent());
    target.map(|target| target.join("release")).ok_or_else(|| "this program lies nowhere".into())
}
