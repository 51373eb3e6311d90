//! What more than one test needs: the repository's files, and numbers that look random.

#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    reason = "tests read the repository and end with a panic where it is not readable"
)]

mod random;
mod repository;

pub use random::Random;
pub use repository::{File, files, read, root};
