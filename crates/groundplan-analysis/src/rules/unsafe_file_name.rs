//! `unsafe-file-name`: a name of a file that a shell or Windows cannot take.

use groundplan_model::document::Form;
use groundplan_model::{Document, Severity};
use groundplan_syntax::Span;
use memchr::memmem;

use super::{Check, FixKind, Rule};
use crate::text::{counted, shortened};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "unsafe-file-name",
    group: "documents",
    summary: "a file is named with a character that Windows refuses and shells read as their own",
    page: include_str!("unsafe_file_name.md"),
    severity: Severity::Info,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

const SHOWN: usize = 2;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let text = document.source.text();
    let names = memmem::find_iter(text.as_bytes(), ".md").filter_map(|at| name(text, at));
    let found: Vec<Span> = names.filter(|span| is_unsafe(document, *span)).collect();
    let Some((first, rest)) = found.split_first() else { return };
    let name = shortened(document.source.slice(*first));
    let more = match rest.len() {
        0 => String::new(),
        more => format!(", and so {}", counted(more, "more does", "more do")),
    };
    let message = format!("the file name `{name}` holds `|`{more}");
    let mut finding = findings.report(*first, message);
    for span in rest.iter().take(SHOWN) {
        finding = finding.related(*span, "another one");
    }
    finding
        .help("write `-` or `_` instead: Windows has no such files, and a shell runs what follows");
}

/// The name that ends at `at`: up to white space, a backtick or a bracket of a link.
fn name(text: &str, at: usize) -> Option<Span> {
    let end = at + ".md".len();
    let ends = text.get(end..)?.chars().next().is_none_or(|c| !c.is_alphanumeric() && c != '(');
    let before = text.get(..at)?;
    let start = before.rfind(|c: char| c.is_whitespace() || "`\"'(<".contains(c));
    let start = start.map_or(0, |it| it + 1);
    let name = before.get(start..)?.trim_start_matches('|');
    (ends && name.contains('|')).then(|| Span::new(at - name.len(), end))
}

fn is_unsafe(document: &Document, span: Span) -> bool {
    let name = document.source.slice(span);
    let form = document.form_of(span);
    // In a table a bar ends the cell, unless a backslash stands before it; in code it may be a pipe.
    let is_cell = form == Form::Table && !name.contains("\\|");
    let is_pipe = form == Form::Fence && !name.split('|').next().unwrap_or("").contains('/');
    !is_cell && !is_pipe && !name.contains("||") && !name.contains("](")
}
