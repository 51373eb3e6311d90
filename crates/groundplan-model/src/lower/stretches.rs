//! Parts of the text that some sections hold: a reader looks at them and at nothing else.

use groundplan_syntax::Span;

use super::Reading;
use crate::document::Section;

impl Reading<'_> {
    /// The parts of the text whose innermost section is one for which `holds` says so; above the first
    /// there is none. In order, none beside another.
    pub(super) fn stretches(&self, holds: impl Fn(Option<(usize, &Section)>) -> bool) -> Vec<Span> {
        let sections = self.document.sections.iter().enumerate();
        let mut found: Vec<Span> = holds(None).then_some(Span::default()).into_iter().collect();
        let mut is_open = !found.is_empty();
        for (at, section) in sections {
            let start = section.heading.start;
            if let Some(last) = found.last_mut().filter(|_| is_open) {
                last.end = start;
            }
            let goes_on = is_open;
            is_open = holds(Some((at, section)));
            if is_open && !goes_on {
                found.push(Span::at(start as usize));
            }
        }
        let end = Span::at(self.text.len() + 1).start;
        if let Some(last) = found.last_mut().filter(|_| is_open) {
            last.end = end;
        }
        found
    }
}

/// Whether `offset` lies in one of `stretches`, which are in order.
pub(super) fn holds(stretches: &[Span], offset: u32) -> bool {
    let after = stretches.partition_point(|it| it.start <= offset);
    let last = after.checked_sub(1).and_then(|at| stretches.get(at));
    last.is_some_and(|it| offset < it.end)
}
