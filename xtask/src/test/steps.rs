//! The steps of `cargo xtask test`: one line each in [`STEPS`].

#[cfg(test)]
mod tests;

use crate::program::{cargo, in_root, run, run_lines, succeeds};

use super::contract;
use crate::servers;

/// One step.
pub(super) struct Step {
    pub(super) name: &'static str,
    pub(super) summary: &'static str,
    pub(super) run: fn() -> Outcome,
}

/// How a step ended.
pub(super) enum Outcome {
    /// With so many checks passed.
    Passed(usize),
    /// With so many passed and failed, and why.
    Failed { passed: usize, failed: usize, reason: String },
    /// It could not run here; the reason says how it could.
    Skipped { reason: String, is_bonus: bool },
}

pub(super) static STEPS: &[Step] = &[
    Step { name: "format", summary: "rustfmt agrees with every file", run: format },
    Step { name: "clippy", summary: "no lint fires", run: clippy },
    Step { name: "build", summary: "everything builds", run: build },
    Step { name: "fuzz", summary: "the fuzz targets compile", run: fuzz },
    Step { name: "servers", summary: "PostgreSQL and Redis for the tests", run: start_servers },
    Step { name: "tests", summary: "unit tests, cases and sessions", run: tests },
    Step { name: "docs", summary: "generated pages are what the program prints", run: docs },
    Step { name: "tidy", summary: "arrows, lengths, words and paths", run: tidy },
    Step { name: "deny", summary: "licences, bans and sources of dependencies", run: deny },
    Step { name: "contract", summary: "schemathesis against the examples", run: contract::run },
];

impl Outcome {
    pub(super) fn failed_with(reason: String) -> Self {
        Self::Failed { passed: 0, failed: 1, reason }
    }

    pub(super) fn passed(&self) -> usize {
        match self {
            Self::Passed(passed) | Self::Failed { passed, .. } => *passed,
            Self::Skipped { .. } => 0,
        }
    }

    pub(super) fn failed(&self) -> usize {
        if let Self::Failed { failed, .. } = self { *failed } else { 0 }
    }
}

impl From<Result<(), String>> for Outcome {
    fn from(result: Result<(), String>) -> Self {
        result.map_or_else(Self::failed_with, |()| Self::Passed(1))
    }
}

fn start_servers() -> Outcome {
    match servers::start() {
        Ok(()) => Outcome::Passed(1),
        Err(reason) => Outcome::Skipped { reason, is_bonus: false },
    }
}

fn format() -> Outcome {
    with_component("rustfmt", "fmt", &["--all", "--check"])
}

fn clippy() -> Outcome {
    let flags = ["--workspace", "--all-targets", "--locked", "--", "-D", "warnings"];
    with_component("clippy", "clippy", &flags)
}

/// Compiles the fuzz targets, which are a workspace of their own. To check them the library that
/// drives them is not needed, which alone would ask for a C++ compiler.
fn fuzz() -> Outcome {
    let flags = ["--all-targets", "--locked", "--manifest-path", "fuzz/Cargo.toml"];
    let target = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
    let mut check = cargo();
    check.arg("check").args(flags).arg("--target-dir").arg(target);
    run(check.env("CUSTOM_LIBFUZZER_PATH", "none/libfuzzer.a")).into()
}

/// Runs a part of Rust that a minimal toolchain comes without, after asking rustup for it.
fn with_component(component: &str, name: &str, flags: &[&str]) -> Outcome {
    let is_there = || succeeds(cargo().args([name, "--version"]));
    if !is_there() {
        println!("{component} is missing: asking rustup for it");
        let _ = run(in_root("rustup").args(["component", "add", component]));
    }
    if is_there() {
        return run(cargo().arg(name).args(flags)).into();
    }
    let reason = format!("`rustup component add {component}` brings what is missing");
    println!("!!! SKIPPED: {reason}");
    Outcome::Skipped { reason, is_bonus: false }
}

fn build() -> Outcome {
    run(cargo().args(["build", "--workspace", "--all-targets", "--locked"])).into()
}

fn tests() -> Outcome {
    let filters = ["--skip", "tidy::", "--skip", "docs::"];
    cargo_test(&["--no-fail-fast"], &filters, servers::environment())
}

fn docs() -> Outcome {
    cargo_test(&["--test", "groundplan-tests"], &["docs::"], Vec::new())
}

fn tidy() -> Outcome {
    cargo_test(&["--test", "groundplan-tests"], &["tidy::"], Vec::new())
}

// Always the whole workspace: a single package would unify features anew and build twice.
fn cargo_test(targets: &[&str], filters: &[&str], environment: Vec<(&str, String)>) -> Outcome {
    let (mut passed, mut failed) = (0, 0);
    let mut command = cargo();
    command.args(["test", "--workspace", "--locked"]).args(targets).arg("--").args(filters);
    command.envs(environment);
    let result = run_lines(&mut command, |line| {
        let (more_passed, more_failed) = counts(line).unwrap_or((0, 0));
        passed += more_passed;
        failed += more_failed;
    });
    match result {
        Ok(()) if passed == 0 => Outcome::failed_with("no test ran".to_owned()),
        Ok(()) => Outcome::Passed(passed),
        Err(reason) => Outcome::Failed { passed, failed: failed.max(1), reason },
    }
}

/// Passed and failed tests of `test result: ok. 12 passed; 0 failed; …`.
fn counts(line: &str) -> Option<(usize, usize)> {
    let rest = line.strip_prefix("test result: ")?.split_once(". ")?.1;
    let mut parts = rest.split("; ");
    let passed = parts.next()?.strip_suffix(" passed")?.parse().ok()?;
    let failed = parts.next()?.strip_suffix(" failed")?.parse().ok()?;
    Some((passed, failed))
}

fn deny() -> Outcome {
    if !succeeds(in_root("cargo").args(["deny", "--version"])) {
        let reason = "cargo-deny is not installed; `cargo install cargo-deny --locked` brings it";
        println!("!!! SKIPPED: {reason}");
        return Outcome::Skipped { reason: reason.to_owned(), is_bonus: true };
    }
    run(in_root("cargo").args([
        "deny",
        "check",
        "--hide-inclusion-graph",
        "licenses",
        "bans",
        "sources",
    ]))
    .into()
}
