//! What became of the tests, by results that a test runner wrote.

use std::collections::HashMap;

use groundplan_model::code::{Outcome, TestResult};

use super::add::Builder;
use super::known::last_name;
use super::{Item, ItemKind};

/// Gives every test its outcome.
pub(super) fn read(builder: &mut Builder<'_>) {
    let mut by_name: HashMap<&str, Vec<&TestResult>> = HashMap::new();
    for result in builder.sources.results {
        by_name.entry(last_part(plain_name(&result.name))).or_default().push(result);
    }
    if by_name.is_empty() {
        return;
    }
    for item in builder.trace.items.iter_mut().filter(|it| it.kind == ItemKind::Test) {
        item.outcome = if item.key.contains('#') {
            of_test(item, by_name.get(last_part(&item.id)).map(Vec::as_slice).unwrap_or_default())
        } else {
            together(builder.sources.results.iter().filter(|it| is_of_file(it, &item.at.path)))
        };
    }
}

/// The outcome of one test among the results of its name.
fn of_test(item: &Item, alike: &[&TestResult]) -> Option<Outcome> {
    let of_file = || alike.iter().copied().filter(|it| is_of_file(it, &item.at.path));
    // Many runners do not say which file a test is of.
    let is_told = of_file().next().is_some();
    if is_told { together(of_file()) } else { together(alike.iter().copied()) }
}

/// Whether a result is of a file: it names the file, or a module or class that is called so.
fn is_of_file(result: &TestResult, path: &str) -> bool {
    if !result.file.is_empty() {
        return path.ends_with(&result.file) || result.file.ends_with(path);
    }
    let stem = last_name(path).split('.').next().unwrap_or("");
    let is_part = |text: &str| text.split(['.', ':', '/', '\\']).any(|it| it == stem);
    is_part(&result.classname) || is_part(&result.suite) || is_part(&result.name)
}

/// Several results as one: what failed once failed.
fn together<'a>(results: impl Iterator<Item = &'a TestResult>) -> Option<Outcome> {
    let outcomes: Vec<Outcome> = results.map(|it| it.outcome).collect();
    let holds = |outcome| outcomes.contains(&outcome).then_some(outcome);
    holds(Outcome::Failed).or_else(|| holds(Outcome::Passed)).or_else(|| holds(Outcome::Skipped))
}

/// A name without the parameters of a case: `test_x[3-a]`, `retries(int)`.
fn plain_name(name: &str) -> &str {
    let end = name.find(['[', '(']).filter(|at| *at > 0).unwrap_or(name.len());
    name.get(..end).unwrap_or(name).trim_end()
}

/// `retries` of `limits::tests::retries`, `Cart.retries` and `cart > retries`.
fn last_part(name: &str) -> &str {
    if let Some((_, last)) = name.rsplit_once(" > ") {
        return last;
    }
    // A sentence is a name with full stops and blanks.
    if name.contains(' ') {
        return name;
    }
    name.rsplit(['.', ':']).next().unwrap_or(name)
}
