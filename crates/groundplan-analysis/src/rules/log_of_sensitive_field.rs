//! `log-of-sensitive-field`: what is logged against what is not to be.

use groundplan_model::document::Section;
use groundplan_model::{Document, Severity};

use super::{Check, FixKind, Rule};
use crate::lines::{Line, any, item, with_words};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "log-of-sensitive-field",
    group: "security",
    summary: "a field is logged that another line keeps out of the logs",
    page: include_str!("log_of_sensitive_field.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    let is_about_logs = |it: &Section| any(&it.title.text, &["Log", "log"]);
    if !document.sections.iter().any(is_about_logs) {
        return;
    }
    let includes = labelled(document, &["Include", "Fields", "Logged"]);
    for include in includes {
        let Some(section) = document.section_at(include.span.start) else { continue };
        if !section.title.text.to_lowercase().contains("log") {
            continue;
        }
        let excludes = labelled(document, &["Exclude", "Never log", "Do not log", "Not logged"]);
        let mut here = excludes.into_iter().filter(|it| section.span.contains(it.span));
        let exclude = here.find(|it| any(&it.text.to_lowercase(), &["pii", "personal"]));
        if let Some((exclude, field)) = exclude.zip(personal(include.text)) {
            findings
                .report(
                    include.span,
                    format!("`{field}` is logged, and personal data is not to be"),
                )
                .related(exclude.span, "personal data is kept out here")
                .help("log a pseudonym, or say that this field is none of it");
        }
    }
}

/// Items that begin with one of these labels.
fn labelled<'a>(document: &'a Document, labels: &[&str]) -> Vec<Line<'a>> {
    let mut all = with_words(document, labels);
    all.retain(|line| {
        let text = item(line.text).unwrap_or(line.text).trim_start_matches('*');
        labels.iter().any(|it| text.starts_with(it)) && text.contains(':')
    });
    all
}

/// The first field of a list that tells who somebody is.
fn personal(line: &str) -> Option<&str> {
    const FIELDS: [&str; 10] = [
        "user id",
        "user_id",
        "userid",
        "email",
        "e-mail",
        "ip address",
        "username",
        "user name",
        "phone",
        "full name",
    ];
    const HIDDEN: [&str; 4] = ["hash", "mask", "pseudonym", "redact"];
    let fields = line.split_once(':')?.1.split([',', ';']).map(|it| it.trim().trim_matches('*'));
    let mut known = fields.filter(|it| {
        let lower = it.to_lowercase();
        any(&lower, &FIELDS) && !any(&lower, &HIDDEN)
    });
    known.next()
}
