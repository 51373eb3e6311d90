//! `template-section-missing`: a section of its template that a document does not have.

use groundplan_model::Severity;
use groundplan_model::template::Part;
use groundplan_syntax::Span;

use super::{Check, FixKind, Rule};
use crate::templated::Templated;
use crate::text::shortened;
use crate::{Context, Findings};

pub(super) static RULE: Rule = Rule {
    name: "template-section-missing",
    group: "templates",
    summary: "a section that the document's template asks for is missing",
    page: include_str!("template_section_missing.md"),
    severity: Severity::Error,
    by_status: true,
    fix: FixKind::None,
    since: "0.1.0",
    preview: false,
    check: Check::Document(check),
};

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(templated) = context.templated() else { return };
    for (index, part) in templated.form.parts.iter().enumerate() {
        let Some(place) = missing_below(templated, index, part) else { continue };
        let (title, name) = (shortened(&part.title), &templated.template.name);
        findings.report(place, format!("the section `{title}` is missing")).help(format!(
            "add it, with one sentence if that is all; the template `{name}` has it"
        ));
    }
}

/// The heading below which a section is missing; `None` where it is there, need not be, or the
/// section around it is missing itself.
fn missing_below(templated: &Templated<'_>, index: usize, part: &Part) -> Option<Span> {
    let Templated { form, shape, .. } = templated;
    let may_lack = |it: &Part| it.optional || it.repeats;
    if part.level < 2 || may_lack(part) || shape.find(part, form).is_some() {
        return None;
    }
    let title = shape.parts.first().map_or(Span::default(), |it| it.heading);
    match form.above(index).next() {
        Some(above) if above.level > 1 => {
            let own = shape.find(above, form)?;
            shape.parts.get(own).map(|it| it.heading)
        }
        _ => Some(title),
    }
}
