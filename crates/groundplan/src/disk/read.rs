//! Reading one document.

use std::fs::File;
use std::io::Read;

use groundplan_syntax::Source;

use super::Place;
use crate::exit::Failure;

/// The largest document that is read. The largest real one known to us has 0.5 MB.
const LIMIT_BYTES: u64 = 16 * 1024 * 1024;

/// Reads a document whatever its bytes are.
pub(crate) fn read(place: &Place) -> Result<Source, Failure> {
    let name = &place.name;
    let failed = |error: std::io::Error| {
        Failure::io(format!("cannot read `{name}`"), &error, "make it readable, or leave it out")
    };
    let file = File::open(&place.path).map_err(failed)?;
    let length = file.metadata().map_err(failed)?.len();
    let mut bytes = Vec::with_capacity(usize::try_from(length.min(LIMIT_BYTES)).unwrap_or(0));
    // A device or a growing file may hold more than it said.
    file.take(LIMIT_BYTES + 1).read_to_end(&mut bytes).map_err(failed)?;
    if length > LIMIT_BYTES || bytes.len() as u64 > LIMIT_BYTES {
        return Err(too_large(name));
    }
    Ok(Source::from_bytes(name, &bytes))
}

fn too_large(name: &str) -> Failure {
    Failure::new(
        format!("`{name}` is larger than {} MB, too large for a document", LIMIT_BYTES >> 20),
        "split it, or name it in `.groundplanignore`",
    )
}
