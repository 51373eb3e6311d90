//! Routes of every framework, alone and across files.

mod go_java;
mod python;
mod rust;
mod scripts;

use crate::Certainty;
use crate::code::{link_routes, read_code};

/// Reads files and compares their routes, sorted: `GET /items list`, with `?` behind what is
/// inferred and `??` behind what is guessed.
#[track_caller]
fn check(files: &[(&str, &str)], expected: &[&str]) {
    let read = files.iter().map(|(path, text)| read_code(path, text).expect("a file of code"));
    let files: Vec<_> = read.collect();
    let mut found: Vec<String> = link_routes(&files)
        .iter()
        .map(|it| {
            let method = it.method.map_or("ANY", |it| it.as_str());
            let mark = match it.certainty {
                Certainty::Stated => "",
                Certainty::Inferred => " ?",
                Certainty::Guessed => " ??",
            };
            format!("{method} {} {}{mark}", it.path, it.handler)
        })
        .collect();
    found.sort();
    let mut expected = expected.to_vec();
    expected.sort_unstable();
    assert_eq!(found, expected, "{files:#?}");
}
