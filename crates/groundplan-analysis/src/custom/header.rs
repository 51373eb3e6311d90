//! Keys of the header, and what they may say.

use groundplan_model::document::HeaderField;

use super::{HeaderDemand, Page, is_empty, quoted};

pub(super) fn check(page: &mut Page<'_>, demand: &HeaderDemand) {
    for key in &demand.required {
        match page.document.field(key) {
            None => {
                let help = format!("add it below the title, as in `**{key}**: …`");
                page.report(page.top(), &format!("the header has no `{key}`"), &help);
            }
            Some(field) if is_open(page, field) => {
                let wrong = format!("the header's `{key}` says nothing");
                page.report(field.span, &wrong, "fill it in");
            }
            Some(_) => {}
        }
    }
    for (key, values) in &demand.one_of {
        one_of(page, key, values);
    }
    for (key, pattern) in &demand.pattern {
        let Some(field) = stated(page, key) else { continue };
        if !pattern.matches(field.value.text.trim()) {
            let wrong = format!("the header's `{key}` is `{}`", field.value.text.trim());
            let help = format!("write it as `{}` asks for", pattern.text());
            page.report(field.value.span, &wrong, &help);
        }
    }
}

fn one_of(page: &mut Page<'_>, key: &str, values: &[String]) {
    let Some(field) = stated(page, key) else { return };
    let own = field.value.text.trim();
    if !values.iter().any(|it| it.eq_ignore_ascii_case(own)) {
        let wrong = format!("the header's `{key}` is `{own}`");
        page.report(field.value.span, &wrong, &format!("take one of {}", quoted(values)));
    }
}

/// The field of a key, where it says something.
fn stated<'a>(page: &Page<'a>, key: &str) -> Option<&'a HeaderField> {
    page.document.field(key).filter(|field| !is_open(page, field))
}

/// Whether nobody filled in a value.
fn is_open(page: &Page<'_>, field: &HeaderField) -> bool {
    let is_in = |span| field.span.contains(span);
    is_empty(&field.value.text) || page.document.placeholders.iter().any(|it| is_in(it.text.span))
}
