//! `header-footer-conflict`: the end of a document says another status, version or date than its
//! header.

use groundplan_model::Severity;
use groundplan_model::document::{HeaderField, State};

use super::{Check, FixKind, Rule};
use crate::text::shortened;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "header-footer-conflict",
    group: "documents",
    summary: "the end of the document repeats a field of the header with another value",
    page: include_str!("header_footer_conflict.md"),
    severity: Severity::Warning,
    by_status: false,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

const STATUS: [&str; 2] = ["status", "document status"];
const VERSION: [&str; 2] = ["version", "document version"];
const UPDATED: [&str; 3] = ["last updated", "updated", "last modified"];

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let document = context.document;
    if document.footer.is_empty() || context.is_template() {
        return;
    }
    pair(context, &STATUS, are_other_states, findings);
    pair(context, &VERSION, are_other_versions, findings);
    pair(context, &UPDATED, are_other_days, findings);
}

/// Reports the field of the header and the one of the footer that both have one of `keys`, where
/// `differ` says that one of them is wrong.
fn pair(
    context: &Context<'_>,
    keys: &[&str],
    differ: fn(&str, &str) -> bool,
    findings: &mut Findings<'_>,
) {
    let find = |fields: &[HeaderField]| -> Option<HeaderField> {
        let is_one = |it: &&HeaderField| keys.iter().any(|key| it.key.eq_ignore_ascii_case(key));
        fields.iter().find(is_one).cloned()
    };
    let document = context.document;
    let (Some(header), Some(footer)) = (find(&document.header), find(&document.footer)) else {
        return;
    };
    // What stands deeper in a list is about its item.
    let line = document.source.line_of(footer.span.start as usize);
    if document.source.slice(line).starts_with([' ', '\t']) {
        return;
    }
    if !differ(&header.value.text, &footer.value.text) {
        return;
    }
    let (above, here) = (shortened(&header.value.text), shortened(&footer.value.text));
    let key = header.key.to_lowercase();
    findings
        .report(
            footer.value.span,
            format!("the {key} is `{here}` here, but `{above}` in the header"),
        )
        .related(header.value.span, "the header's own")
        .help("keep one of them: what stands twice is mended once");
}

/// Whether two texts tell states that no document is in at once. "Planned" and "Ready" may be: both
/// are before the work.
fn are_other_states(header: &str, footer: &str) -> bool {
    let (Some(one), Some(other)) = (State::of(header), State::of(footer)) else { return false };
    let are_both_ticked = header.contains('✅') && footer.contains('✅');
    !are_both_ticked && stage(one) != stage(other)
        // "Closed" is said of what was built and of what was given up.
        && !(is_over(one) && is_over(other))
}

fn stage(state: State) -> u8 {
    match state {
        State::Draft | State::Planned | State::Review | State::Approved => 0,
        State::InProgress => 1,
        State::Implemented => 2,
        State::Superseded => 3,
    }
}

fn is_over(state: State) -> bool {
    matches!(state, State::Implemented | State::Superseded)
}

fn are_other_versions(header: &str, footer: &str) -> bool {
    let numbers = |text: &str| {
        let text = text.trim().trim_start_matches(['v', 'V']);
        let word = text.split_whitespace().next().unwrap_or("");
        word.contains('.').then(|| word.trim_end_matches(".0").to_owned())
    };
    let (one, other) = (numbers(header), numbers(footer));
    one.is_some() && other.is_some() && one != other
}

fn are_other_days(header: &str, footer: &str) -> bool {
    let (one, other) = (day(header), day(footer));
    one.is_some() && other.is_some() && one != other
}

/// The date that a text begins with, as text.
fn day(text: &str) -> Option<&str> {
    let date = text.trim().get(..10)?;
    let fits =
        |(at, c): (usize, char)| if at == 4 || at == 7 { c == '-' } else { c.is_ascii_digit() };
    date.chars().enumerate().all(fits).then_some(date)
}
