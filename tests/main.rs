//! All tests that look at more than one crate, in one binary: it links the service once.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    reason = "tests read files, start programs, and end with a panic where something is wrong"
)]

mod cases;
mod derive;
mod differential;
mod docs;
mod faults;
mod folder;
mod replicas;
mod robustness;
mod schema;
mod seeded;
mod sessions;
mod tidy;
mod verify;
