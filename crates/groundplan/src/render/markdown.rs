//! A comment for a pull request: how many findings there are, a table by document, and the findings
//! of each document folded.

use std::fmt::Write;

use groundplan_model::{Diagnostic, Severity};

use super::{Report, counted, plural};

/// A comment on GitHub may have 65,536 characters, and a workflow puts its own words around it.
const MAX_CHARS: usize = 60_000;

/// What is kept for the sentence about findings that are left out.
const RESERVED_CHARS: usize = 200;

/// By this line a workflow finds its own comment again.
const MARKER: &str = "<!-- groundplan-check -->";

/// The comment.
pub(super) fn render(report: &Report<'_>) -> String {
    let documents: Vec<&[Diagnostic]> =
        report.findings.chunk_by(|one, other| one.path == other.path).collect();
    let mut page = Page::default();
    page.add(&format!("{MARKER}\n{}\n", title(report.findings, documents.len())), 0);
    if documents.is_empty() {
        return page.text;
    }
    page.add("\n| document | errors | warnings | for information |\n|---|---:|---:|---:|\n", 0);
    documents.iter().for_each(|it| page.add(&row(it), 0));
    for findings in &documents {
        page.add(&details(findings, report), findings.len());
    }
    page.finish()
}

/// A text that stops growing at the limit.
#[derive(Default)]
struct Page {
    text: String,
    chars: usize,
    left_out: usize,
    is_full: bool,
}

impl Page {
    /// Adds a part about this many findings, where it fits.
    fn add(&mut self, part: &str, findings: usize) {
        let chars = part.chars().count();
        self.is_full |= self.chars + chars > MAX_CHARS - RESERVED_CHARS;
        if self.is_full {
            self.left_out += findings;
            return;
        }
        self.chars += chars;
        self.text.push_str(part);
    }

    fn finish(mut self) -> String {
        if self.is_full {
            let count = plural(self.left_out, "finding");
            let _ = writeln!(
                self.text,
                "\n{count} had no room here: `groundplan check` shows all of them."
            );
        }
        self.text
    }
}

fn title(findings: &[Diagnostic], documents: usize) -> String {
    match findings.is_empty() {
        true => "### Groundplan: nothing to report".to_owned(),
        false => {
            format!("### Groundplan: {} in {}", counted(findings), plural(documents, "document"))
        }
    }
}

fn row(findings: &[Diagnostic]) -> String {
    let path = findings.first().map_or("", |it| &it.path);
    let count = |severity| findings.iter().filter(|it| it.severity == severity).count();
    let [errors, warnings, infos] = [Severity::Error, Severity::Warning, Severity::Info].map(count);
    format!("| {} | {errors} | {warnings} | {infos} |\n", escaped(path))
}

fn details(findings: &[Diagnostic], report: &Report<'_>) -> String {
    let path = findings.first().map_or("", |it| &it.path);
    let count = plural(findings.len(), "finding");
    let mut text = format!("\n<details><summary>{}: {count}</summary>\n\n", as_html(path));
    findings.iter().for_each(|it| item(&mut text, it, report));
    text.push_str("\n</details>\n");
    text
}

fn item(text: &mut String, finding: &Diagnostic, report: &Report<'_>) {
    let line = |path: &str, at| report.sources.position(path, at).line;
    let (severity, rule) = (finding.severity.as_str(), &finding.rule);
    let at = line(&finding.path, finding.span.start);
    let message = prose(&finding.message);
    let _ = writeln!(text, "* **{severity}** in line {at}: {message} (`{rule}`)");
    for label in &finding.related {
        let at = line(&label.path, label.span.start);
        let (path, message) = (escaped(&label.path), prose(&label.message));
        let _ = writeln!(text, "  * {path}, line {at}: {message}");
    }
    if let Some(help) = &finding.help {
        let _ = writeln!(text, "  * help: {}", prose(&help.replace('\n', " ")));
    }
}

/// A message of ours: what stands between backticks is code already, the rest is escaped. One with a
/// backtick too many is escaped throughout.
fn prose(message: &str) -> String {
    let parts: Vec<&str> = message.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return escaped(message);
    }
    let part = |(index, part): (usize, &&str)| match index % 2 {
        0 => escaped(part),
        _ => format!(
            "`{}`",
            part.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>()
        ),
    };
    parts.iter().enumerate().map(part).collect()
}

/// `text` as itself: no markup, no mention of a person or an issue.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '@' => escaped.push_str("&#64;"),
            '#' => escaped.push_str("&#35;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '!' => escaped.extend(['\\', c]),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

fn as_html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
