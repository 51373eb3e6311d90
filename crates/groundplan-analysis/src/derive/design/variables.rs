//! Environment variables with the values that the design gives them.

use groundplan_model::document::Text;
use groundplan_syntax::{Kind, Span};

use super::Design;

/// An environment variable.
#[derive(Clone, Debug)]
pub(crate) struct Variable {
    pub(crate) name: String,
    pub(crate) span: Span,
    /// What stands above the block that sets it, and the value there.
    pub(crate) values: Vec<(Option<String>, String)>,
    pub(crate) default: Option<String>,
    pub(crate) purpose: Option<String>,
    /// Whether its value must stand in no file.
    pub(crate) is_secret: bool,
}

impl Variable {
    /// The type that code reads it as, told by its values and its name.
    pub(crate) fn ty(&self) -> Ty {
        let own = self.values.iter().map(|(_, value)| value.as_str());
        let default = self.default.as_deref().filter(|_| self.values.is_empty());
        let values: Vec<&str> = own.chain(default.map(|it| it.trim_matches('`'))).collect();
        let all = |test: fn(&str) -> bool| !values.is_empty() && values.iter().all(|it| test(it));
        let ends = ["_SECONDS", "_MS", "_SIZE", "_PORT", "_MINUTES", "_DAYS", "_LIMIT", "_COUNT"];
        if all(|it| ["true", "false"].contains(&it.to_lowercase().as_str())) {
            Ty::Boolean
        } else if all(|it| it.parse::<i64>().is_ok())
            || values.is_empty() && ends.iter().any(|end| self.name.ends_with(end))
        {
            Ty::Integer
        } else {
            Ty::Text
        }
    }
}

/// What a setting holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ty {
    Text,
    Integer,
    Boolean,
}

/// Every variable that the design names.
pub(crate) fn variables(design: &Design<'_>) -> Vec<Variable> {
    let settings = assignments(design);
    let mut names: Vec<Text> = design.document.env_vars.clone();
    names.extend(beside(design));
    let of = |name: &Text| {
        let own = settings.iter().filter(|(variable, ..)| *variable == name.text);
        let mut values: Vec<(Option<String>, String)> =
            own.map(|(_, label, value)| (label.clone(), value.clone())).collect();
        values.dedup();
        values.retain(|(_, value)| !is_dummy(value));
        let cell = |title: &str| row_of(design, &name.text, title);
        Variable {
            default: cell("default"),
            purpose: cell("purpose").or_else(|| cell("description")),
            is_secret: values.is_empty() && is_secret(design, name),
            name: name.text.clone(),
            span: name.span,
            values,
        }
    };
    names.iter().map(of).collect()
}

/// Names in backticks on a line that names two known variables: they are variables as well.
fn beside(design: &Design<'_>) -> Vec<Text> {
    let known = |name: &str| design.document.env_vars.iter().any(|it| it.text == name);
    let mut codes: Vec<(usize, Text)> = Vec::new();
    for node in design.tree.descendants(design.tree.root()) {
        let Kind::Code(content) = design.tree.kind(node) else { continue };
        let text = design.document.source.slice(content).to_owned();
        if is_name(&text) && text.contains('_') {
            let line = design.document.source.line(content.start as usize);
            codes.push((line, Text { text, span: content }));
        }
    }
    let is_listed =
        |line: usize| codes.iter().filter(|(own, it)| *own == line && known(&it.text)).count() >= 2;
    let mut found: Vec<Text> = Vec::new();
    for (line, text) in &codes {
        let is_new = !known(&text.text) && !found.iter().any(|it| it.text == text.text);
        if is_new && is_listed(*line) {
            found.push(text.clone());
        }
    }
    found
}

/// Whether a name, or the sentence that it is listed in, tells of a secret.
fn is_secret(design: &Design<'_>, name: &Text) -> bool {
    let line = design.document.source.line_of(name.span.start as usize);
    let listed = design.document.source.slice(line).to_lowercase().contains("secret store");
    listed || is_secret_name(&name.text)
}

/// A value that only shows where one stands.
fn is_dummy(value: &str) -> bool {
    let lower = value.to_lowercase();
    let signs = ["...", "…", "xxx", "changeme", "change-me"];
    signs.iter().any(|it| lower.contains(it))
        || lower.starts_with(['<', '['])
        || lower.starts_with("your")
}

fn is_secret_name(name: &str) -> bool {
    const ENDS: [&str; 9] =
        ["KEY", "SECRET", "PASSWORD", "TOKEN", "PASSWD", "PASS", "CREDENTIALS", "DSN", "PRIVATE"];
    name.split('_').any(|word| ENDS.contains(&word)) && !name.ends_with("_TTL")
}

/// `NAME=value` in code, with what stands above the block.
fn assignments(design: &Design<'_>) -> Vec<(String, Option<String>, String)> {
    let mut label = None;
    let mut found = Vec::new();
    for node in design.tree.children(design.tree.root()) {
        match design.tree.kind(node) {
            Kind::Heading(_) | Kind::Paragraph => {
                label = Some(design.plain(node).trim_end_matches(':').to_owned());
            }
            Kind::Fence { content, .. } => {
                let named = label.clone().filter(|it| it.len() < 40);
                for line in design.document.source.slice(content).lines() {
                    let line = line.trim().trim_start_matches("export ");
                    let Some((name, value)) = line.split_once('=') else { continue };
                    let value = value.split(" #").next().unwrap_or("").trim();
                    let value = value.trim_matches(['"', '\'']);
                    if !value.is_empty() && is_name(name) {
                        found.push((name.to_owned(), named.clone(), value.to_owned()));
                    }
                }
            }
            _ => {}
        }
    }
    found
}

fn is_name(name: &str) -> bool {
    let is_part = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    name.len() > 2 && name.chars().all(is_part)
}

/// The cell of the row whose first cell is `name`.
fn row_of(design: &Design<'_>, name: &str, title: &str) -> Option<String> {
    design.tables(&[title]).find_map(|table| {
        let first = table.titles.first()?;
        let named = |row: &usize| {
            let cell = design.cell(table, *row, first);
            cell.is_some_and(|it| it.trim_matches(['`', '*', ' ']) == name)
        };
        (0..table.view.rows.len()).find(named).and_then(|row| design.cell(table, row, title))
    })
}
