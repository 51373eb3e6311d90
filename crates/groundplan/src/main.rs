//! The program `groundplan`: arguments in, exit code out.

use std::process::ExitCode;

// Many small strings and vectors live as long as the run: measured faster than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    groundplan::main_with(std::env::args_os())
}
