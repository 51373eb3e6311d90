//! Under which account a server runs: PostgreSQL refuses root.

use std::path::Path;
use std::process::Command;

use crate::program::output;

/// Another account than ours.
pub(super) struct Account {
    user: u32,
    group: u32,
}

impl Account {
    /// The account for PostgreSQL; `None` where ours will do.
    pub(super) fn for_postgres() -> Result<Option<Self>, String> {
        if id(&["-u"])? != 0 {
            return Ok(None);
        }
        let user = id(&["-u", "postgres"])?;
        Ok(Some(Self { user, group: id(&["-g", "postgres"])? }))
    }

    /// Makes `command` run under this account.
    #[cfg(unix)]
    pub(super) fn run(&self, command: &mut Command) {
        use std::os::unix::process::CommandExt as _;
        command.uid(self.user).gid(self.group);
    }

    /// Makes `path` this account's.
    #[cfg(unix)]
    pub(super) fn own(&self, path: &Path) -> Result<(), String> {
        std::os::unix::fs::chown(path, Some(self.user), Some(self.group))
            .map_err(|error| format!("cannot give {} away: {error}", path.display()))
    }

    #[cfg(not(unix))]
    pub(super) fn run(&self, _: &mut Command) {}

    #[cfg(not(unix))]
    pub(super) fn own(&self, _: &Path) -> Result<(), String> {
        Err("accounts are a matter of Unix".to_owned())
    }
}

fn id(args: &[&str]) -> Result<u32, String> {
    let text = output(Command::new("id").args(args))?;
    text.parse().map_err(|_| format!("`id` says {text:?}, which is no number"))
}
