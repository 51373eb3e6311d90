//! How many endpoints of real documents are derived, by which rule, and why the others are not.
//!
//! Counted is every document that states endpoints where tables are stated as well: by itself, or by
//! another document of the product (the first folder below the corpus), as teams split them. It
//! counts with all its endpoints, also where they name none of those tables. Where no table is
//! stated there is nothing to derive a handler from. `cargo xtask derived` runs this.

mod count;
mod options;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use groundplan_model::case::{Cases, Seed};
use groundplan_model::{Document, ServicePlan, lower, plan_with};
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
    let documents: Vec<Read> = files.par_iter().filter_map(|path| read(&options, path)).collect();
    let outcomes: Vec<Outcome> = documents.par_iter().map(|it| outcome(it, &documents)).collect();
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

/// A document, and the folder of its product.
struct Read {
    document: Document,
    product: PathBuf,
}

fn read(options: &Options, path: &Path) -> Option<Read> {
    let bytes = fs::read(path).ok()?;
    let source = Source::from_bytes(&path.to_string_lossy(), bytes);
    let document = lower(&source, &parse(&source));
    let corpus = options.corpus.iter().find(|it| path.starts_with(it))?;
    let first = path.strip_prefix(corpus).ok()?.components().next()?;
    Some(Read { document, product: corpus.join(first) })
}

fn outcome(it: &Read, all: &[Read]) -> Outcome {
    match catch_unwind(AssertUnwindSafe(|| planned(it, all))) {
        Ok(Some(plan)) => Outcome::Planned(Box::new(plan)),
        Ok(None) => Outcome::Other,
        Err(_) => Outcome::Crashed(it.document.source.path().into()),
    }
}

/// The plan of a document that states endpoints, with its own tables and those of its product.
fn planned(it: &Read, all: &[Read]) -> Option<ServicePlan> {
    let beside = all.iter().filter(|other| other.product == it.product);
    let beside: Vec<&Document> = beside.map(|other| &other.document).collect();
    let plan = plan_with(&it.document, &beside)?;
    let has_tables =
        !plan.resources.is_empty() || beside.iter().any(|other| !other.schema.tables.is_empty());
    if plan.routes.is_empty() || !has_tables {
        return None;
    }
    // What a plan is for has to be possible for every plan.
    let seed = Seed { number: 1, tag: "derived".to_owned() };
    let _ = Cases::of(&plan, &seed);
    Some(plan)
}
