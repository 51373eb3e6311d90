//! A template's file to a [`Template`]: the comment at its top, and the document below it.

use super::{Template, TemplateError};
use crate::profile::Kind;
use crate::provenance::Digest;

/// The first line of a template that says more than its file's name does.
const OPEN: &str = "<!-- groundplan-template";
const CLOSE: &str = "-->";

/// The largest template that is read.
const LIMIT_BYTES: usize = 1 << 20;

pub(super) fn template(file_stem: &str, text: &str) -> Result<Template, TemplateError> {
    if text.len() > LIMIT_BYTES {
        return Err(fault("it is larger than 1 MB"));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let mut template = plain(file_stem, &text);
    if let Some(rest) = text.strip_prefix(OPEN) {
        let (head, body) =
            rest.split_once(CLOSE).ok_or_else(|| fault("no `-->` ends its header"))?;
        template.body = body.trim_start_matches(['\n', ' ']).to_owned();
        for line in head.lines().map(str::trim).filter(|line| !line.is_empty()) {
            take(&mut template, line)?;
        }
    }
    if template.body.trim().is_empty() {
        return Err(fault("there is no document in it"));
    }
    Ok(template)
}

/// A template of which nothing is known but its file.
fn plain(file_stem: &str, text: &str) -> Template {
    let heading = text.lines().find_map(|line| line.strip_prefix("# "));
    let title = heading.unwrap_or(file_stem).trim().to_owned();
    Template {
        name: file_stem.to_owned(),
        version: 1,
        kind: Kind::Other,
        about: title.clone(),
        title,
        file: format!("docs/{{nnn}}_{}-{{name}}.md", file_stem.to_uppercase().replace('-', "_")),
        also: Vec::new(),
        body: text.to_owned(),
        text: text.to_owned(),
        digest: Digest::of(text),
    }
}

fn take(template: &mut Template, line: &str) -> Result<(), TemplateError> {
    let (key, value) =
        line.split_once(':').ok_or_else(|| fault(&format!("`{line}` is no `key: value`")))?;
    let value = value.trim().to_owned();
    match key.trim() {
        "name" => template.name = name(value)?,
        "version" => {
            let version = value.parse().ok().filter(|version| *version > 0);
            template.version = version.ok_or_else(|| fault("`version` is a number from 1"))?;
        }
        "kind" => {
            let kind = Kind::ALL.into_iter().find(|kind| kind.as_str() == value);
            template.kind = kind.ok_or_else(|| fault(&format!("no kind is named `{value}`")))?;
        }
        "title" => template.title = value,
        "about" => template.about = value,
        "file" => template.file = value,
        "also" => template.also = value.split(',').map(|it| it.trim().to_owned()).collect(),
        other => {
            let known = "name, version, kind, title, about, file, also";
            return Err(fault(&format!("`{other}` is not a key here; known: {known}")));
        }
    }
    Ok(())
}

/// Names are written on the command line and in documents.
fn name(value: String) -> Result<String, TemplateError> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    match !value.is_empty() && value.chars().all(is_part) {
        true => Ok(value),
        false => Err(fault("`name` is made of letters, digits, `-` and `_`")),
    }
}

fn fault(message: &str) -> TemplateError {
    TemplateError { message: message.to_owned() }
}
