//! Environment variables: where programs read them, and where files set them.

#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::ops::Range;

use memchr::memmem;

use super::syntax::{Call, Lines, Syntax, Value, ident, last};
use super::{CodeFile, Language, Named, Reader};
use crate::Certainty;
use crate::lower::yaml;
use crate::paths;

/// One reader for all languages: calls by what they are named, members by how they are written.
pub(super) static READERS: &[Reader] = &[Reader {
    languages: &[
        Language::Rust,
        Language::Python,
        Language::JavaScript,
        Language::TypeScript,
        Language::Tsx,
        Language::Go,
        Language::Java,
    ],
    words: &["env", "Settings", "@Value", "Getenv", "config("],
    read,
}];

/// Functions that read a variable: what they are called on, their name, and how sure that is.
const CALLS: &[(&str, &str, Certainty)] = &[
    ("env", "var", Certainty::Stated),
    ("env", "var_os", Certainty::Stated),
    ("dotenvy", "var", Certainty::Stated),
    ("", "env", Certainty::Stated),
    ("", "option_env", Certainty::Stated),
    ("os", "getenv", Certainty::Stated),
    ("", "getenv", Certainty::Stated),
    ("environ", "get", Certainty::Stated),
    ("environ", "pop", Certainty::Stated),
    ("environ", "setdefault", Certainty::Stated),
    ("env", "str", Certainty::Inferred),
    ("env", "int", Certainty::Inferred),
    ("env", "bool", Certainty::Inferred),
    ("env", "get", Certainty::Inferred),
    ("", "config", Certainty::Inferred),
    ("configService", "get", Certainty::Inferred),
    ("configService", "getOrThrow", Certainty::Inferred),
    ("os", "Getenv", Certainty::Stated),
    ("os", "LookupEnv", Certainty::Stated),
    ("System", "getenv", Certainty::Stated),
];

/// What stands before a variable that is a member.
const MEMBERS: [&str; 5] =
    ["process.env.", "process.env[", "import.meta.env.", "os.environ[", "environ["];

/// What the build tool of a front end sets itself.
const BUILT_IN: [&str; 6] = ["MODE", "DEV", "PROD", "SSR", "BASE_URL", "CARGO_PKG_VERSION"];

fn read(syntax: &Syntax<'_>, file: &mut CodeFile) {
    let mut found = Vec::new();
    syntax.calls.iter().for_each(|call| called(syntax, call, &mut found));
    members(syntax, &mut found);
    fields(syntax, &mut found);
    settings(syntax, &mut found);
    let lines = Lines::of(syntax.text);
    file.env_vars.extend(unique(found, &lines));
}

/// A variable, where its name stands, and how sure it is.
type Found = (String, Range<usize>, Certainty);

fn unique(mut found: Vec<Found>, lines: &Lines) -> Vec<Named> {
    found.sort_by_key(|it| it.1.start);
    let mut known = HashSet::new();
    let fresh = found.into_iter().filter(|it| is_name(&it.0) && known.insert(it.0.clone()));
    let named =
        |(name, range, certainty): Found| Named { name, place: lines.place(&range), certainty };
    fresh.map(named).collect()
}

fn is_name(name: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    name.len() > 1
        && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(is_part)
        && !BUILT_IN.contains(&name)
}

fn is_capital(name: &str) -> bool {
    name.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit() || it == b'_')
}

fn called(syntax: &Syntax<'_>, call: &Call<'_>, found: &mut Vec<Found>) {
    let receiver = last(call.receiver_name());
    let known = CALLS.iter().find(|it| it.0 == receiver && it.1 == call.name);
    let Some((_, _, certainty)) = known else { return };
    let Some(argument) = call.arguments.first() else { return };
    let Some(name) = syntax.stated(&argument.value) else { return };
    if *certainty == Certainty::Stated || is_capital(&name) {
        found.push((name.into_owned(), argument.range.clone(), *certainty));
    }
}

/// `process.env.PORT`, `os.environ["PORT"]`, and names that are taken out of `process.env`.
fn members(syntax: &Syntax<'_>, found: &mut Vec<Found>) {
    for before in MEMBERS {
        for at in memmem::find_iter(syntax.text.as_bytes(), before.as_bytes()) {
            let start = at + before.len();
            let rest = syntax.slice(start..syntax.text.len());
            let bare = rest.trim_start_matches(['"', '\'', '`']);
            let is_text = bare.len() < rest.len();
            let name = ident(bare);
            let start = start + rest.len() - bare.len();
            let in_comment = syntax.comments.iter().any(|it| it.contains(&at));
            if before.ends_with('[') == is_text && !in_comment {
                found.push((name.to_owned(), start..start + name.len(), Certainty::Stated));
            }
        }
    }
    let taken = syntax.bindings.iter().filter(|it| it.value == Value::Name("process.env"));
    for binding in taken.filter(|it| it.name.starts_with('{')) {
        let names = binding.name.trim_matches(['{', '}']).split(',').map(|it| ident(it.trim()));
        let range = &binding.name_range;
        found.extend(names.map(|it| (it.to_owned(), range.clone(), Certainty::Stated)));
    }
}

/// Fields that a library fills: `#[arg(env = "PORT")]`, `` Port int `env:"PORT"` ``,
/// `@Value("${PORT:80}")`.
fn fields(syntax: &Syntax<'_>, found: &mut Vec<Found>) {
    for binding in &syntax.bindings {
        for call in binding.decorators.iter().filter_map(|it| syntax.call(*it)) {
            let Some(argument) = call.keyed("env") else { continue };
            if let Some(name) = syntax.stated(&argument.value) {
                found.push((name.into_owned(), argument.range.clone(), Certainty::Stated));
            }
        }
        for key in ["env:\"", "envconfig:\""] {
            if let Some((_, rest)) = binding.tag.split_once(key) {
                let name = ident(rest).to_owned();
                found.push((name, binding.name_range.clone(), Certainty::Stated));
            }
        }
    }
    for call in syntax.calls.iter().filter(|it| it.name == "Value") {
        let Some(argument) = call.arguments.first() else { continue };
        let text = syntax.stated(&argument.value).unwrap_or_default();
        let name = text.strip_prefix("${").map_or("", ident);
        if is_capital(name) {
            found.push((name.to_owned(), argument.range.clone(), Certainty::Inferred));
        }
    }
}

/// Fields of pydantic's settings: each is a variable of its name, behind the class's prefix.
fn settings(syntax: &Syntax<'_>, found: &mut Vec<Found>) {
    for (index, class) in syntax.items.iter().enumerate() {
        if !class.head.contains("BaseSettings") {
            continue;
        }
        let own = |scope: Option<usize>| {
            let around = scope.and_then(|it| syntax.items.get(it)).and_then(|it| it.parent);
            scope == Some(index) || around == Some(index) && scope.is_some()
        };
        let inside = syntax.bindings.iter().filter(|it| own(it.scope));
        let prefix = inside.clone().find_map(|it| match it.name {
            "env_prefix" => syntax.stated(&it.value),
            "model_config" => {
                let call = syntax.as_call(&it.value)?.1;
                syntax.stated(&call.keyed("env_prefix")?.value)
            }
            _ => None,
        });
        let prefix = prefix.unwrap_or_default();
        for field in inside.filter(|it| it.scope == Some(index) && !it.ty.is_empty()) {
            let stated = syntax.as_call(&field.value).and_then(|(_, call)| {
                let keys = ["validation_alias", "alias", "env"];
                let argument = keys.iter().find_map(|key| call.keyed(key))?;
                syntax.stated(&argument.value)
            });
            let made = || format!("{prefix}{}", field.name).to_ascii_uppercase();
            let name = stated.map_or_else(made, |it| it.to_ascii_uppercase());
            if field.name != "model_config" && !field.ty.contains("ClassVar") {
                found.push((name, field.name_range.clone(), Certainty::Inferred));
            }
        }
    }
}

/// An example of a file of variables: `NAME=value`, and `# NAME=value` for what may be set.
pub(super) fn read_env(file: &mut CodeFile, text: &str) {
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_start();
        let start = at + line.len() - body.len();
        at += line.len();
        let (body, certainty) = match body.strip_prefix('#') {
            Some(rest) => (rest.trim_start(), Certainty::Inferred),
            None => (body, Certainty::Stated),
        };
        let body = body.strip_prefix("export ").unwrap_or(body);
        let Some((name, _)) = body.split_once('=').filter(|(name, _)| is_capital(name)) else {
            continue;
        };
        found.push((name.to_owned(), start..start + line.trim().len(), certainty));
    }
    file.env_vars.extend(unique(found, &Lines::of(text)));
}

/// The variables that a Compose file sets for its services.
pub(super) fn read_compose(file: &mut CodeFile, text: &str) {
    if !paths::file_name(&file.path).contains("compose") || !super::openapi::is_small(text) {
        return;
    }
    let Some(root) = yaml::parse(text) else { return };
    let mut found = Vec::new();
    for (_, service) in yaml::get(&root, "services").into_iter().flat_map(yaml::pairs) {
        let Some(set) = yaml::get(service, "environment") else { continue };
        for (key, _) in yaml::pairs(set) {
            let span = yaml::span(key, text, 0);
            let name = yaml::scalar(key).unwrap_or_default().into_owned();
            found.push((name, span.range(), Certainty::Stated));
        }
        for entry in yaml::items(set) {
            let span = yaml::span(entry, text, 0);
            let written = yaml::scalar(entry).unwrap_or_default();
            let name = written.split('=').next().unwrap_or("").to_owned();
            found.push((name, span.range(), Certainty::Stated));
        }
    }
    file.env_vars.extend(unique(found, &Lines::of(text)));
}
