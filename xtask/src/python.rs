//! Python environments under `target/`, each with the packages that a list pins.

use std::path::PathBuf;

use crate::program::{in_root, root, run, succeeds};

/// An environment: its folder under `target/`, and the list of its packages.
#[derive(Clone, Copy)]
pub(crate) struct Environment {
    folder: &'static str,
    list: &'static str,
}

/// For the contract test.
pub(crate) const SCHEMATHESIS: Environment =
    Environment { folder: "target/contract/venv", list: "xtask/schemathesis.txt" };

/// For the service that the benches compare with.
pub(crate) const STACK: Environment =
    Environment { folder: "target/bench/venv", list: "benches/stack/requirements.txt" };

const HELP: &str = "install Python 3.10 or later with venv and pip \
    (`apt-get install python3-venv`), and let pip reach a package index";

/// The `bin` folder of the environment, made where it is missing or its list has changed.
pub(crate) fn environment(of: Environment) -> Result<PathBuf, String> {
    let folder = root().join(of.folder);
    let list = std::fs::read_to_string(root().join(of.list))
        .map_err(|error| format!("cannot read {}: {error}", of.list))?;
    let stamp = folder.join("packages.txt");
    if std::fs::read_to_string(&stamp).is_ok_and(|text| text == list) {
        return Ok(folder.join("bin"));
    }
    make(of).map_err(|error| format!("no environment of {}: {error}; {HELP}", of.list))?;
    std::fs::write(&stamp, list).map_err(|error| format!("cannot write a stamp: {error}"))?;
    Ok(folder.join("bin"))
}

fn make(of: Environment) -> Result<(), String> {
    let folder = root().join(of.folder);
    let venv = || {
        let mut command = in_root("python3");
        command.args(["-m", "venv", "--clear"]).arg(&folder);
        command
    };
    if !succeeds(&mut venv()) {
        install_python();
        run(&mut venv())?;
    }
    let mut pip = in_root(folder.join("bin/python"));
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]);
    run(pip.arg(root().join(of.list)))
}

/// Debian's Python comes without `venv`; root can bring it. What fails here shows in the next try.
fn install_python() {
    if !succeeds(in_root("apt-get").arg("--version")) {
        return;
    }
    println!("python3 with venv is missing: asking apt-get for it");
    let mut update = in_root("apt-get");
    let mut install = in_root("apt-get");
    install.args(["install", "--yes", "--no-install-recommends", "python3-venv"]);
    for command in [update.args(["update", "--quiet"]), &mut install] {
        if let Err(reason) = run(command.env("DEBIAN_FRONTEND", "noninteractive")) {
            println!("{reason}");
        }
    }
}
