//! `image-not-pinned`: an image that changes under its name.

use groundplan_model::Severity;

use super::{Check, FixKind, Rule};
use crate::lines::{Line, block, is_code, lines, with_words};
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "image-not-pinned",
    group: "deployment",
    summary: "a service runs whatever image is the latest",
    page: include_str!("image_not_pinned.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    if !context.says(&[":latest"]) {
        return;
    }
    let document = context.document;
    for line in with_words(document, &[":latest"]) {
        let Some(image) = line.text.strip_prefix("image:").map(str::trim) else { continue };
        let image = image.split('#').next().unwrap_or("").trim().trim_matches(['"', '\'']);
        if !image.ends_with(":latest") || !is_code(document, line) {
            continue;
        }
        let is_service =
            |it: Line<'_>| it.text == "services:" || it.text.starts_with("depends_on:");
        if lines(document, block(document, line)).any(is_service) {
            findings
                .report(line.span, format!("`{image}` is another image every time"))
                .help("name a version or a digest");
        }
    }
}
