//! Sections that must be there, and their order.

use groundplan_model::document::Section;

use super::{Page, SectionsDemand, plain};

pub(super) fn check(page: &mut Page<'_>, demand: &SectionsDemand) {
    let document = page.document;
    let named = |name: &String| {
        let wanted = plain(name);
        let is_it = |it: &&Section| plain(&it.title.text) == wanted;
        document.sections.iter().find(is_it)
    };
    let mut last: Option<&Section> = None;
    for name in &demand.required {
        let Some(section) = named(name) else {
            let help = "add it, with one sentence if that is all there is to say";
            page.report(page.top(), &format!("the section `{name}` is missing"), help);
            continue;
        };
        match last {
            Some(before) if demand.order && section.heading.start < before.heading.start => {
                misplaced(page, section, before);
            }
            _ => last = Some(section),
        }
    }
}

fn misplaced(page: &mut Page<'_>, section: &Section, before: &Section) {
    let (own, other) = (&section.title.text, &before.title.text);
    let path = page.document.source.path();
    let wrong = format!("the section `{own}` stands before `{other}`");
    let finding = page.report(section.heading, &wrong, "move it behind that section");
    finding.related(path, before.heading, "this one comes first");
}
