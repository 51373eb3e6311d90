//! Documents beside code, each pair as small as shows it.

mod endpoints;
mod variables_and_tables;

use groundplan_model::code::{CodeFile, read_code};
use groundplan_model::{FileSet, Workspace, lower};
use groundplan_syntax::{Source, parse};

use super::*;

struct Nothing;

impl FileSet for Nothing {
    fn exists(&self, _: &str) -> bool {
        true
    }
}

#[test]
fn every_name_is_in_the_table_and_every_entry_of_the_table_is_a_name() {
    let sources = [
        include_str!("routes.rs"),
        include_str!("contracts.rs"),
        include_str!("tables.rs"),
        include_str!("tables/columns.rs"),
        include_str!("variables.rs"),
    ];
    let literals =
        sources.iter().flat_map(|it| it.split('"')).filter(|it| it.starts_with("drift/"));
    let mut used: Vec<&str> = literals.collect();
    let mut known: Vec<&str> = super::names::ALL.iter().map(|it| it.name).collect();
    used.sort_unstable();
    known.sort_unstable();
    assert_eq!(used, known);
}

fn drift_of(texts: &[(&str, &str)], code: &[(&str, &str)]) -> Drift {
    let documents = texts.iter().map(|(path, text)| {
        let source = Source::new(path, text);
        lower(&source, &parse(&source))
    });
    let workspace = Workspace::new(documents.collect(), &Nothing);
    let files: Vec<CodeFile> =
        code.iter().filter_map(|(path, text)| read_code(path, text)).collect();
    drift(&workspace.link(), &files, &Topic::ALL)
}

/// "severity rule path:line message" of every finding, in order.
fn found(texts: &[(&str, &str)], code: &[(&str, &str)]) -> Vec<String> {
    let line = |path: &str, at: u32| {
        let all = texts.iter().chain(code);
        let text = all.filter(|it| it.0 == path).map(|it| it.1).next().unwrap_or("");
        Source::new(path, text).line(at as usize)
    };
    let mut findings: Vec<Diagnostic> =
        drift_of(texts, code).documents.into_iter().flat_map(|it| it.findings).collect();
    crate::sort(&mut findings);
    let shown = |it: &Diagnostic| {
        let rule = it.rule.trim_start_matches("drift/");
        let at = line(&it.path, it.span.start);
        format!("{} {rule} {}:{at} {}", it.severity.as_str(), it.path, it.message)
    };
    findings.iter().map(shown).collect()
}

fn check(texts: &[(&str, &str)], code: &[(&str, &str)], expected: &[&str]) {
    assert_eq!(found(texts, code), expected);
}

/// A design that is built, with a table of endpoints.
fn design(status: &str, endpoints: &[&str]) -> String {
    let rows = endpoints.iter().map(|it| {
        let (method, path) = it.split_once(' ').unwrap_or(("GET", it));
        format!("| {method} | {path} | something |\n")
    });
    let rows: String = rows.collect();
    format!(
        "# Design\n\n**Status:** {status}\n\n| Method | Path | Purpose |\n|---|---|---|\n{rows}"
    )
}

/// A FastAPI application with these routes, all of them on the application itself.
fn app(routes: &[&str]) -> String {
    let route = |(at, it): (usize, &&str)| {
        let (method, path) = it.split_once(' ').unwrap_or(("GET", it));
        let method = method.to_lowercase();
        format!("\n@app.{method}(\"{path}\")\ndef handler{at}():\n    pass\n")
    };
    let routes: String = routes.iter().enumerate().map(route).collect();
    format!("from fastapi import FastAPI\n\napp = FastAPI()\n{routes}")
}
