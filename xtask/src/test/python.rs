//! A Python environment under `target/` with the packages that `xtask/schemathesis.txt` pins.

use std::path::{Path, PathBuf};

use crate::program::{in_root, root, run, succeeds};

/// Every package with its version; the environment is made anew when this changes.
const PACKAGES: &str = include_str!("../../schemathesis.txt");

const HELP: &str = "install Python 3.10 or later with venv and pip \
    (`apt-get install python3-venv`), and let pip reach a package index";

/// The `bin` folder of the environment, made where it is missing.
pub(super) fn environment() -> Result<PathBuf, String> {
    let folder = root().join("target/contract/venv");
    let stamp = folder.join("packages.txt");
    if std::fs::read_to_string(&stamp).is_ok_and(|text| text == PACKAGES) {
        return Ok(folder.join("bin"));
    }
    make(&folder).map_err(|error| format!("no schemathesis: {error}; {HELP}"))?;
    std::fs::write(&stamp, PACKAGES).map_err(|error| format!("cannot write a stamp: {error}"))?;
    Ok(folder.join("bin"))
}

fn make(folder: &Path) -> Result<(), String> {
    let venv = |folder: &Path| {
        let mut command = in_root("python3");
        command.args(["-m", "venv", "--clear"]).arg(folder);
        command
    };
    if !succeeds(&mut venv(folder)) {
        install_python();
        run(&mut venv(folder))?;
    }
    let mut pip = in_root(folder.join("bin/python"));
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]);
    run(pip.arg(root().join("xtask/schemathesis.txt")))
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
