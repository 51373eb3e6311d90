//! The file of approvals: one table a document, one entry a section, one line an approval, sorted,
//! so that a review shows what was approved and two branches rarely touch the same lines.

use std::fmt::Write;

use toml::Value;

use super::{Approval, Approvals, SectionApprovals};

/// What the file begins with.
const HEAD: &str = "# Approvals of documents, section by section; `groundplan approve` writes this \
    file. An edit voids the\n# approval of its section: `groundplan approve --check` says which.\n";

/// Why a file of approvals cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApprovalsError {
    /// What is wrong, and where.
    pub message: String,
}

impl ApprovalsError {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into() }
    }
}

pub(super) fn text(approvals: &Approvals) -> String {
    let mut text = HEAD.to_owned();
    for (path, sections) in &approvals.documents {
        let _ = writeln!(text, "\n[{}]", quoted(path));
        for (anchor, approvals) in sections {
            let _ = writeln!(text, "{} = [", key(anchor));
            approvals.iter().for_each(|it| text.push_str(&line(it)));
            text.push_str("]\n");
        }
    }
    text
}

fn line(approval: &Approval) -> String {
    let Approval { by, date, digest, note } = approval;
    let (by, date) = (quoted(by), quoted(date));
    let note = note.as_ref().map_or_else(String::new, |it| format!(", note = {}", quoted(it)));
    format!("  {{ by = {by}, date = {date}, digest = \"{digest}\"{note} }},\n")
}

/// A key: bare where TOML allows it.
fn key(text: &str) -> String {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let plain = !text.is_empty() && text.chars().all(is_bare);
    if plain { text.to_owned() } else { quoted(text) }
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

pub(super) fn parse(text: &str) -> Result<Approvals, ApprovalsError> {
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        let at = error.span().map_or(0, |span| span.start);
        let line = text.get(..at).unwrap_or("").matches('\n').count() + 1;
        ApprovalsError::new(format!("line {line}: {}", error.message()))
    })?;
    let mut approvals = Approvals::default();
    for (path, value) in table {
        let sections =
            document(&value).map_err(|it| ApprovalsError::new(format!("`{path}`: {it}")));
        approvals.documents.insert(path, sections?);
    }
    Ok(approvals)
}

fn document(value: &Value) -> Result<SectionApprovals, String> {
    let table = value.as_table().ok_or("a document is a table of sections")?;
    let section = |(anchor, value): (&String, &Value)| {
        let list = value.as_array().ok_or_else(|| format!("`{anchor}` is no list of approvals"))?;
        let approvals = list.iter().map(approval).collect::<Result<Vec<_>, _>>();
        Ok((anchor.clone(), approvals.map_err(|it| format!("`{anchor}`: {it}"))?))
    };
    table.iter().map(section).collect()
}

fn approval(value: &Value) -> Result<Approval, String> {
    let member = |name: &str| {
        let text = value.get(name).and_then(Value::as_str).map(str::to_owned);
        text.ok_or_else(|| format!("an approval lacks the text `{name}`"))
    };
    let digest = member("digest")?.parse().map_err(|it| format!("`digest`: {it}"))?;
    Ok(Approval { by: member("by")?, date: member("date")?, digest, note: member("note").ok() })
}
