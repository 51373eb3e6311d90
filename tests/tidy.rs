//! What the compiler does not refuse and we do: arrows, lengths, words, loose ends.

mod arrows;
mod code;
mod dependencies;
mod files;
mod functions;
mod lengths;
mod modules;

/// Fails with one line a fault.
#[track_caller]
fn none_of(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}
