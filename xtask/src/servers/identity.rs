//! The identity that servers of tests show by TLS: `localhost`, signed by itself.

use std::fs::copy;
use std::io::Result as IoResult;
use std::path::{Path, PathBuf};

use super::account::Account;
use crate::program::root;

/// Where the tests of the service keep it.
const PLACE: &str = "crates/groundplan-live/src/service/tls";

/// A certificate and its key, as files that only their server can read.
pub(super) struct Identity {
    pub(super) certificate: PathBuf,
    pub(super) key: PathBuf,
}

impl Identity {
    /// Copies it to `folder`, for the account.
    pub(super) fn copy(folder: &Path, account: Option<&Account>) -> Result<Self, String> {
        let place = |name: &str| -> Result<PathBuf, String> {
            let file = folder.join(name);
            copy(root().join(PLACE).join(name), &file)
                .and_then(|_| hide(&file))
                .map_err(|error| format!("cannot make {}: {error}", file.display()))?;
            account.map_or(Ok(()), |it| it.own(&file))?;
            Ok(file)
        };
        Ok(Self { certificate: place("certificate.pem")?, key: place("key.pem")? })
    }
}

/// Lets nobody but its owner read the file; servers insist on it.
#[cfg(unix)]
fn hide(file: &Path) -> IoResult<()> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
fn hide(_: &Path) -> IoResult<()> {
    Ok(())
}
