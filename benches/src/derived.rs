//! How many endpoints of real documents are derived, by which rule, and why the others are not.
//!
//! Counted are documents that state both endpoints and tables: where no table is stated there is
//! nothing to derive a handler from. `cargo xtask derived` runs this.

mod count;
mod options;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use groundplan_model::case::{Cases, Seed};
use groundplan_model::{ServicePlan, lower, plan};
use groundplan_syntax::{Source, parse};
use rayon::prelude::*;

use crate::walk::markdown_files;
use count::Count;
use options::Options;

/// What became of a document.
enum Outcome {
    /// It states no endpoint, or no table.
    Other,
    /// A plan was made.
    Planned(Box<ServicePlan>),
    /// Making the plan or its cases panicked.
    Crashed(PathBuf),
}

/// `derived --corpus FOLDER`
pub(crate) fn run(args: &[String]) -> Result<()> {
    let options = Options::parse(args)?;
    let files: Vec<PathBuf> =
        options.corpus.iter().flat_map(|folder| markdown_files(folder)).collect();
    let outcomes: Vec<Outcome> = files.par_iter().map(|path| outcome(path)).collect();
    let mut count = Count::default();
    let mut crashed = Vec::new();
    for outcome in &outcomes {
        match outcome {
            Outcome::Other => {}
            Outcome::Planned(plan) => count.add(plan),
            Outcome::Crashed(path) => crashed.push(path.display().to_string()),
        }
    }
    println!("{} documents read", files.len());
    print!("{count}");
    if options.details {
        print!("{}", count.details());
    }
    match crashed.is_empty() {
        true => Ok(()),
        false => bail!("no plan could be made of:\n{}", crashed.join("\n")),
    }
}

fn outcome(path: &Path) -> Outcome {
    match catch_unwind(AssertUnwindSafe(|| planned(path))) {
        Ok(Some(plan)) => Outcome::Planned(Box::new(plan)),
        Ok(None) => Outcome::Other,
        Err(_) => Outcome::Crashed(path.to_owned()),
    }
}

/// The plan of a document that states endpoints and tables.
fn planned(path: &Path) -> Option<ServicePlan> {
    let bytes = fs::read(path).ok()?;
    let source = Source::from_bytes(&path.to_string_lossy(), &bytes);
    let document = lower(&source, &parse(&source));
    if document.schema.tables.is_empty() {
        return None;
    }
    let plan = plan(&document).filter(|plan| !plan.routes.is_empty())?;
    // What a plan is for has to be possible for every plan.
    let seed = Seed { number: 1, tag: "derived".to_owned() };
    let _ = Cases::of(&plan, &seed);
    Some(plan)
}
