//! Every name of a finding of drift, for those who look one up or suppress it.
//!
//! They are no rules of the registry: `check` does not run them, and their severity is that of what a
//! document says of itself.

use std::fmt::Write as _;

/// The group of all of them, as comments name it.
pub const GROUP: &str = "drift";

/// A name of a finding of drift.
#[derive(Clone, Copy, Debug)]
pub struct DriftRule {
    /// The name: `drift/method-differs`.
    pub name: &'static str,
    /// What it finds, in a line.
    pub summary: &'static str,
    /// What to do about it.
    pub advice: &'static str,
}

/// All of them, in the order of what is compared.
#[rustfmt::skip]
pub static ALL: &[DriftRule] = &[
    named("drift/endpoint-not-in-code", "an endpoint that a document says is there has no route in the code", "Build it, or take it out of the document. Where the code lies elsewhere, name its folder with `--code` or as `root` under `[code]`."),
    named("drift/method-differs", "the code answers an endpoint's path to another method", "Write one method in both places."),
    named("drift/path-differs", "the code has a path that is nearly the endpoint's", "Write one path in both places."),
    named("drift/base-path-differs", "the code has a document's endpoints under another base path", "State the base path in the document: `Base path: /…`."),
    named("drift/route-not-in-document", "the code has a route that no document states", "Add it to the document that is about its resource, or take it out of the code."),
    named("drift/table-not-in-code", "a table of a document is made by no migration and no model", "Write the migration, or take the table out of the document."),
    named("drift/table-not-in-document", "the code has a table that no document defines", "Add it to the document that is about its neighbours."),
    named("drift/column-not-in-code", "a column of a document is not in the code's table", "Write the migration, or take the column out of the document."),
    named("drift/column-not-in-document", "the code's table has a column that the document leaves out", "Add it to the document's table."),
    named("drift/column-type-differs", "a column has another type in the code", "Write one type in both places."),
    named("drift/column-nullability-differs", "a column may be empty in one place and not in the other", "Say the same of it in both places."),
    named("drift/variable-not-in-code", "an environment variable of a document is read nowhere", "Read it, or take it out of the document."),
    named("drift/variable-not-in-document", "the code reads an environment variable that no document names", "Add it to the document's list of variables."),
    named("drift/endpoint-not-in-contract", "an OpenAPI file lacks an endpoint of a document that is about the same service", "Add it to the contract, or take it out of the document."),
    named("drift/contract-method-differs", "an OpenAPI file has an endpoint's path with another method", "Write one method in both places."),
    named("drift/contract-path-differs", "an OpenAPI file has a path that is nearly the endpoint's", "Write one path in both places."),
    named("drift/contract-base-path-differs", "an OpenAPI file has a document's endpoints under another base path", "State the base path in the document: `Base path: /…`."),
    named("drift/contract-status-differs", "an OpenAPI file names other answers of an endpoint than the document", "State the same answers in both places."),
    named("drift/operation-not-in-document", "an OpenAPI file has an operation that no document states", "Add it to the document that is about its resource."),
];

const fn named(name: &'static str, summary: &'static str, advice: &'static str) -> DriftRule {
    DriftRule { name, summary, advice }
}

/// The one of this name.
pub fn named_as(name: &str) -> Option<&'static DriftRule> {
    ALL.iter().find(|it| it.name == name)
}

impl DriftRule {
    /// Its page of the manual.
    pub fn page(&self) -> String {
        let Self { name, summary, advice } = self;
        let mut page = format!("# {name}\n\nFound by `groundplan drift`: {summary}.\n\n");
        page.push_str(include_str!("severity.md"));
        let _ = write!(page, "\n## What to do\n\n{advice}\n\n");
        page.push_str(include_str!("accepting.md"));
        page
    }
}
