//! Debian's packages: root can bring what is missing.

use crate::program::{in_root, run, succeeds};

/// Installs a package; whether that went well. Its service is not started.
pub(super) fn install(name: &str) -> bool {
    if !succeeds(in_root("apt-get").arg("--version")) {
        return false;
    }
    if !is_known(name) {
        let _ = run(in_root("apt-get").args(["update", "--quiet"]));
    }
    is_known(name) && try_install(name)
}

fn is_known(name: &str) -> bool {
    succeeds(in_root("apt-cache").args(["show", name]))
}

fn try_install(name: &str) -> bool {
    let mut install = in_root("apt-get");
    install.args(["install", "--yes", "--no-install-recommends", name]);
    // Run level 1 keeps the package from starting a server that nobody asked for.
    install.env("DEBIAN_FRONTEND", "noninteractive").env("RUNLEVEL", "1");
    run(&mut install).map_err(|reason| println!("{reason}")).is_ok()
}
