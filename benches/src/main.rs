//! The measured ratios: Groundplan against the raw limit of the machine it runs on, in one run.
//!
//! A figure in seconds says something of a machine; a ratio of two programs that took turns says
//! something of the program. `cargo xtask bench` builds everything and runs this.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for the terminal that measures time and starts other programs"
)]

mod accuracy;
mod by_hand;
mod check;
mod corpus;
mod cpu;
mod derived;
mod documents;
mod folder;
mod judged;
mod load;
mod options;
mod random;
mod report;
mod rounds;
mod server;
mod service;
mod walk;

use std::process::ExitCode;

use anyhow::{Result, bail};

use options::Options;
use report::Report;

// As in `groundplan` itself: both sides of a ratio have the same allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A way to run this program: the benches start it as their other side.
struct Mode {
    name: &'static str,
    run: fn(&[String]) -> Result<()>,
}

static MODES: &[Mode] = &[
    Mode { name: "walk", run: walk::run },
    Mode { name: "by-hand", run: by_hand::run },
    Mode { name: "corpus", run: corpus::run },
    Mode { name: "accuracy", run: accuracy::run },
    Mode { name: "judged", run: judged::run },
    Mode { name: "derived", run: derived::run },
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(args: &[String]) -> Result<()> {
    if let Some((first, rest)) = args.split_first()
        && let Some(mode) = MODES.iter().find(|mode| mode.name == first)
    {
        return (mode.run)(rest);
    }
    if cfg!(debug_assertions) {
        bail!("a debug build measures nothing; run `cargo xtask bench`");
    }
    bench(&Options::parse(args)?)
}

fn bench(options: &Options) -> Result<()> {
    let mut report = Report::new();
    if options.runs("documents") {
        documents::bench(options, &mut report)?;
    }
    if options.runs("check") {
        check::bench(options, &mut report)?;
    }
    if options.runs("service") {
        service::bench(options, &mut report)?;
    }
    print!("{report}");
    match &options.json {
        Some(path) => report.write_json(path),
        None => Ok(()),
    }
}
