//! What more than one test needs: the repository's files, databases, and numbers that look random.

#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    reason = "tests read the repository and the environment, and end with a panic where they fail"
)]

mod gate;
mod meddler;
mod random;
mod recorder;
mod repository;
mod servers;

pub use gate::{Gate, Spread};
pub use meddler::Meddler;
pub use random::Random;
pub use recorder::{Exchange, Recorder};
pub use repository::{File, cargo, files, read, root};
pub use servers::{Lock, TestDatabase, postgres, redis, redis_by_tls};
