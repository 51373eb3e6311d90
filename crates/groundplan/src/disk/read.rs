//! Reading one document, and files of the workspace's own.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use groundplan_syntax::Source;

use super::{Place, is_stdin, printed};
use crate::exit::Failure;

/// The largest document that is read. The largest real one known to us has 0.5 MB.
const LIMIT_BYTES: u64 = 16 * 1024 * 1024;

/// Reads a document whatever its bytes are.
pub(crate) fn read(place: &Place) -> Result<Source, Failure> {
    let name = &place.name;
    let bytes = match is_stdin(&place.path) {
        true => at_most(std::io::stdin().lock(), 0),
        false => File::open(&place.path).and_then(|file| {
            let length = file.metadata()?.len();
            at_most(file, length)
        }),
    };
    let bytes = bytes.map_err(|error| {
        Failure::io(format!("cannot read `{name}`"), &error, "make it readable, or leave it out")
    })?;
    match bytes.len() as u64 > LIMIT_BYTES {
        true => Err(too_large(name)),
        false => Ok(Source::from_bytes(name, bytes)),
    }
}

/// All bytes, and one more than the limit where there are too many: a device or a growing file may
/// hold more than it said.
fn at_most(from: impl Read, length: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(usize::try_from(length.min(LIMIT_BYTES)).unwrap_or(0));
    from.take(LIMIT_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn too_large(name: &str) -> Failure {
    Failure::new(
        format!("`{name}` is larger than {} MB, too large for a document", LIMIT_BYTES >> 20),
        "split it, or name it in `.groundplanignore`",
    )
}

/// The text of a file of the workspace's own, `what` it is called in a message; `None` where it is
/// not there.
pub(crate) fn read_if_there(
    path: &Path,
    what: &str,
    help: &str,
) -> Result<Option<String>, Failure> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => {
            let doing = format!("cannot read the {what} `{}`", printed(path));
            Err(Failure::io(doing, &error, help))
        }
    }
}
